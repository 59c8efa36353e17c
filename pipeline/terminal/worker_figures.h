// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "stages/result.h"

namespace copydesk::terminal {

/// A Prometheus histogram: cumulative counts by upper bound, the last of them infinity.
struct Histogram {
  std::map<double, double> buckets{};
  double count = 0;
  double sum = 0;

  void add(const Histogram& other);
  /// What came between `earlier` and this one, of the same series. All of it, where the counter started anew in
  /// between.
  [[nodiscard]] Histogram since(const Histogram& earlier) const;
  [[nodiscard]] double mean() const { return count > 0 ? sum / count : 0; }
  /// As Prometheus' histogram_quantile: linear within a bucket; infinity in the last one; negative where it is empty.
  [[nodiscard]] double quantile(double share) const;
};

/// What one worker tells at /metrics (docs/metrics.md): totals since its start, and what is now.
struct WorkerFigures {
  std::string version{};
  double consumed = 0;  ///< records; the next two likewise
  double published = 0;
  double dead_letters = 0;
  double words = 0;
  double bytes_in = 0;
  double bytes_out = 0;
  double cpu_seconds = 0;
  double expired = 0;  ///< records that retention deleted before they were read; a total in rates, too
  Histogram latency;   ///< broker to broker, in seconds
  std::map<std::string, Histogram, std::less<>> stages;  ///< seconds per article
  // Now.
  std::map<std::pair<std::string, int>, double> lag;  ///< records, by topic and partition
  double inflight = 0;
  double resident_bytes = 0;
  double busy_ratio = 0;
  double assigned_partitions = 0;
  bool paused = false;

  /// Adds up, also `busy_ratio`, which is then the number of busy workers.
  void add(const WorkerFigures& other);
  [[nodiscard]] double total_lag() const;
};

/// Reads what /metrics answered. An error where it is no exposition, or not that of a Copydesk worker.
[[nodiscard]] Result<WorkerFigures> read_figures(std::string_view exposition);

/// What happened in the last seconds, per second. The parts of WorkerFigures that are of now are as they are.
struct WorkerRates {
  WorkerFigures per_second;  ///< of `latency` and `stages` all that came, not per second
  double seconds = 0;        ///< over which
};

/// The last looks at one worker.
class WorkerHistory {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kWindow{10};

  void add(Clock::time_point when, WorkerFigures figures);
  [[nodiscard]] bool empty() const { return looks_.empty(); }
  /// Over at most kWindow; all zero but what is of now where there is only one look. At least one look.
  [[nodiscard]] WorkerRates rates() const;

 private:
  std::deque<std::pair<Clock::time_point, WorkerFigures>> looks_;
};

}  // namespace copydesk::terminal
