// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace copydesk::chaos {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Counts, in, out, dead_lettered, lost, duplicated, reordered, unknown, wrong_exit,
                                   aborted_seen, without_value, wrong_timestamp, restamped)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MemoryTrend, tt, ty, hours)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KindFigures, faults, duplicated, longest_stall_s, recovery_s)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Figures, seed, guarantee, kinds, faults, hours, counts, commits, offset_regressions,
                                   uncommitted, lag_left, unasked_ends, unclean_stops, memory, by_kind)

namespace {

/// Counts up when the kinds of faults or the figures change: a run cannot go on with others.
constexpr int kVersion = 2;

}  // namespace

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double Figures::longest_stall_s() const {
  double longest = 0;
  for (const auto& [name, kind] : by_kind) longest = std::max(longest, kind.longest_stall_s);
  return longest;
}

std::string Figures::violations() const {
  std::string words;
  const auto check = [&words](std::int64_t count, const char* what) {
    if (count != 0) words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, what);
  };
  check(counts.lost, "lost");
  check(counts.reordered, "reordered");
  check(offset_regressions, "offset regressions");
  check(uncommitted, "uncommitted");
  check(counts.unknown, "that nobody fed");
  check(counts.wrong_exit, "in the wrong topic");
  check(counts.aborted_seen, "of aborted transactions");
  check(counts.without_value, "without their value");
  check(counts.wrong_timestamp, "with a wrong timestamp");
  check(lag_left, "of lag though nothing waits");
  if (guarantee == "exactly_once") check(counts.duplicated, "duplicated");
  return words;
}

std::string Figures::closing_line() const {
  std::vector<double> recovery;
  for (const auto& [name, kind] : by_kind) {
    recovery.insert(recovery.end(), kind.recovery_s.begin(), kind.recovery_s.end());
  }
  // A slope through less than ten minutes is noise.
  const std::string memory_slope = memory.hours < 1.0 / 6 ? "n/a" : fmt::format("{:+.1f}MiB/h", memory.slope());
  return fmt::format(
      "chaos: guarantee={} seed={} faults={} hours={:.2f} in={} out={} dead_lettered={} lost={} duplicated={} "
      "reordered={} offset_regressions={} commits={} uncommitted={} unknown={} wrong_topic={} aborted_seen={} "
      "without_value={} wrong_timestamp={} restamped={} lag_left={} longest_stall={:.1f}s "
      "recovery_median={:.1f}s recovery_max={:.1f}s memory_slope={} worker_hours={:.2f} unasked_ends={} "
      "unclean_stops={} verdict={}",
      guarantee, seed, faults, hours, counts.in, counts.out, counts.dead_lettered, counts.lost, counts.duplicated,
      counts.reordered, offset_regressions, commits, uncommitted, counts.unknown, counts.wrong_exit,
      counts.aborted_seen, counts.without_value, counts.wrong_timestamp, counts.restamped, lag_left, longest_stall_s(),
      percentile(recovery, 0.5), percentile(recovery, 1), memory_slope, memory.hours, unasked_ends, unclean_stops,
      violations().empty() ? "kept" : "BROKEN");
}

std::string Figures::table() const {
  std::string table =
      "| fault | times | duplicated | longest stall, s | recovery, s: median | longest |\n|---|---|---|---|---|---|\n";
  for (const auto& [name, kind] : by_kind) {
    table += fmt::format("| `{}` | {} | {} | {:.1f} | {:.1f} | {:.1f} |\n", name, kind.faults, kind.duplicated,
                         kind.longest_stall_s, percentile(kind.recovery_s, 0.5), percentile(kind.recovery_s, 1));
  }
  return table;
}

std::optional<Figures> load_figures(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return std::nullopt;
  try {
    const auto kept = nlohmann::json::parse(stream);
    if (kept.is_object() && kept.value("version", 1) != kVersion) {
      throw std::runtime_error(file.string() +
                               " is of another version of this suite, with other kinds of faults and other figures. "
                               "Delete it, or name another file");
    }
    return kept.get<Figures>();
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(file.string() + " holds no figures of a run (" + error.what() +
                             "). Delete it to begin anew");
  }
}

void save_figures(const Figures& figures, const std::filesystem::path& file) {
  const std::filesystem::path fresh = file.string() + ".new";
  std::ofstream stream(fresh);
  nlohmann::json kept = figures;
  kept["version"] = kVersion;
  stream << kept.dump(1) << '\n' << std::flush;
  if (!stream) throw std::runtime_error("cannot write " + fresh.string());
  std::filesystem::rename(fresh, file);
}

}  // namespace copydesk::chaos
