// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <vector>

#include "pipeline/commands/command.h"
#include "pipeline/settings/settings.h"

namespace copydesk::commands {

struct EnrichOptions {
  settings::Settings settings;                        ///< stages, limits, output format, threads
  std::vector<std::filesystem::path> inputs;          ///< empty = standard input
  std::optional<std::filesystem::path> dead_letters;  ///< bad input is appended here, one JSON object a line
  std::optional<std::filesystem::path> trace;         ///< Chrome trace of every stage run
  bool explain = false;  ///< in place of records: phrases, clauses, and why each quote has its speaker, for people
};

/// `copydesk enrich`: the stages without Kafka. Writes one record per article to `out`, in input order; bad input is a
/// line on `err`. Returns kExitOk, or kExitFailure where any article failed. Throws std::runtime_error for files and
/// models that cannot be read.
[[nodiscard]] int enrich(const EnrichOptions& options, std::istream& in, std::ostream& out, std::ostream& err);

/// The command's options, help and work.
Command add_enrich(CLI::App& app);

}  // namespace copydesk::commands
