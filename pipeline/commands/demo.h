// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/commands/command.h"
#include "pipeline/delivery/io.h"
#include "pipeline/settings/settings.h"

namespace copydesk::commands {

struct DemoOptions {
  settings::Settings settings;                        ///< brokers, topics and group are set by the demo itself
  std::vector<std::filesystem::path> inputs;          ///< what to feed; empty = the sample wire
  double rate = 5;                                    ///< articles a second
  std::optional<std::chrono::milliseconds> duration;  ///< how long to feed; none = until stopped
  bool terminal = false;  ///< `out` is a terminal: colours, and a line that changes in place
};

/// `copydesk demo`: a private Kafka, the articles fed at a steady rate, a worker, one enriched article shown, and the
/// live page; everything ends with it. Ends after `duration` or when `stop` is set (then notify `wakeup`). kExitOk
/// where every article fed came out, enriched or as a dead letter. Throws std::runtime_error where it cannot start.
[[nodiscard]] int demo(DemoOptions options, std::ostream& out, const delivery::Wakeup& wakeup,
                       const std::atomic<bool>& stop);

/// The command's options, help and work.
Command add_demo(CLI::App& app);

}  // namespace copydesk::commands
