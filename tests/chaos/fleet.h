// SPDX-License-Identifier: Apache-2.0
#pragma once

// The workers of one group, kept running as an orchestrator does: one that ends without being asked to is started
// again.

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/chaos/memory_trend.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::chaos {

/// Used by one thread, which must live as long as the workers shall.
class Fleet {
 public:
  using Environment = std::map<std::string, std::string>;
  /// Their logs go into `folder`. Memory counts once a worker has run for `warm_up`: models are read, pools and caches
  /// filled; what grows after that is looked at.
  Fleet(std::filesystem::path settings_file, std::filesystem::path folder, std::chrono::seconds warm_up);

  /// Adds a worker's place and starts it; the number of the place.
  int add();
  void start(int place, const Environment& environment = {});
  void kill(int place);
  /// SIGTERM, and waits for the end; another is not started by itself. True where it ended with exit code 0.
  bool stop(int place);
  void signal(int place, int number);
  /// Stops the last worker and gives its place up.
  bool remove_last();
  [[nodiscard]] int places() const noexcept { return static_cast<int>(places_.size()); }
  void await_ready();

  /// What the workers' metrics say now, summed over all of them.
  struct Lag {
    int partitions = 0;        ///< that are assigned to a worker
    int series = 0;            ///< partitions whose lag a worker tells
    std::int64_t records = 0;  ///< copydesk_consumer_lag
  };
  /// Nothing where a worker does not tell.
  [[nodiscard]] std::optional<Lag> lag();

  /// To be called often: starts again what has ended by itself, and looks at everybody's memory.
  void look_after();

  /// Ends that nobody asked for, and orders to stop that did not end with exit code 0.
  [[nodiscard]] int unasked_ends() const noexcept { return unasked_ends_; }
  [[nodiscard]] int unclean_stops() const noexcept { return unclean_stops_; }
  [[nodiscard]] MemoryTrend memory() const;
  /// The last lines of every worker's log.
  [[nodiscard]] std::string last_words() const;

 private:
  struct Place {
    std::unique_ptr<delivery::WorkerProcess> worker;
    std::filesystem::path log;
    std::chrono::steady_clock::time_point started;
    MemoryTrend::Life life;
    bool wanted = false;                                            // shall run
    std::optional<std::chrono::steady_clock::time_point> again_at;  // it has ended by itself
    bool frozen = false;
  };
  void bury(Place& place);

  const std::filesystem::path settings_file_;
  const std::filesystem::path folder_;
  const std::chrono::seconds warm_up_;
  std::vector<std::unique_ptr<Place>> places_;
  std::chrono::steady_clock::time_point next_sample_{};
  int started_ = 0;
  int unasked_ends_ = 0;
  int unclean_stops_ = 0;
  MemoryTrend memory_;
};

}  // namespace copydesk::chaos
