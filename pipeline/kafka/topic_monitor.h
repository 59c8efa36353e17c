// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/topic_limits.h"

namespace copydesk::kafka {

/// Looks at a worker's topics again and again while it runs, on a thread and connections of its own: what the output
/// and the dead-letter topic take, and whether the input topic is still there. Thread-safe.
class TopicMonitor {
 public:
  struct Options {
    Properties common;  ///< brokers, security and so on
    std::string input;
    std::string output;
    std::string dead_letters;
    std::chrono::milliseconds interval{10'000};
    /// How long the input topic may be missing: it may be made anew.
    std::chrono::milliseconds grace{60'000};
  };
  /// Learns the limits before it returns, and says in the log what they mean. The wakeup, which outlives this, is
  /// notified when something has changed.
  TopicMonitor(Options options, const delivery::Wakeup& wakeup);
  ~TopicMonitor();
  TopicMonitor(const TopicMonitor&) = delete;
  TopicMonitor& operator=(const TopicMonitor&) = delete;

  [[nodiscard]] const LearntLimits& limits() const noexcept { return limits_; }
  /// Looks at once instead of at the end of the interval.
  void look_now();
  [[nodiscard]] bool input_missing() const noexcept { return missing_since_ms_ != 0; }
  /// Of the input topic when it was last seen; 0 before.
  [[nodiscard]] int input_partitions() const noexcept { return input_partitions_; }
  /// Throws FatalDeliveryError where the input topic has been missing for longer than the grace.
  void require_input() const;

 private:
  void watch(const std::stop_token& stop);
  void learn_limits(bool first);
  void look_for_input();

  const Options options_;
  const delivery::Wakeup& wakeup_;
  Handle client_;
  LearntLimits limits_;
  std::atomic<std::int64_t> missing_since_ms_{0};  ///< of the steady clock; 0: it is there
  std::atomic<int> input_partitions_{0};
  std::mutex mutex_;
  std::condition_variable_any due_;
  bool look_now_ = false;
  std::jthread thread_;  ///< last: it uses the others
};

}  // namespace copydesk::kafka
