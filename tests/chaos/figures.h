// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a run has to tell, kept in a file so that a long run can be interrupted and go on.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/chaos/ledger.h"
#include "tests/chaos/memory_trend.h"

namespace copydesk::chaos {

/// Of all faults of one kind.
struct KindFigures {
  int faults = 0;
  std::int64_t duplicated = 0;     ///< records that came twice between such a fault and the next one
  double longest_stall_s = 0;      ///< of a partition, likewise
  std::vector<double> recovery_s;  ///< from the end of each fault until all that had been fed by then was out
};

struct Figures {
  // What the run is; a file of another one is not gone on with.
  std::uint64_t seed = 0;
  std::string guarantee;
  std::string kinds;

  int faults = 0;
  double hours = 0;
  Counts counts;
  std::int64_t commits = 0;
  std::int64_t offset_regressions = 0;
  std::int64_t uncommitted = 0;  ///< articles whose offset is not committed though all workers have stopped
  std::int64_t lag_left = 0;     ///< that workers went on telling when everything had been read and committed
  int unasked_ends = 0;
  int unclean_stops = 0;
  MemoryTrend memory;
  std::map<std::string, KindFigures> by_kind;

  [[nodiscard]] double longest_stall_s() const;
  /// What breaks the promise, in words; empty where it was kept.
  [[nodiscard]] std::string violations() const;
  /// One line with everything.
  [[nodiscard]] std::string closing_line() const;
  /// A Markdown table of the kinds.
  [[nodiscard]] std::string table() const;
};

/// Nothing where there is no such file. Throws std::runtime_error where it cannot be read, or is of a version of this
/// suite with other faults or figures.
std::optional<Figures> load_figures(const std::filesystem::path& file);
void save_figures(const Figures& figures, const std::filesystem::path& file);

/// The value that a share of the sorted values does not exceed (nearest rank); 0 of none.
double percentile(std::vector<double> values, double share);

}  // namespace copydesk::chaos
