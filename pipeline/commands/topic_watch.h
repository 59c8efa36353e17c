// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the demo tells of a stream, it has learnt as any reader of the topics would: by reading them.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/settings/settings.h"
#include "pipeline/terminal/enriched_record.h"

namespace copydesk::commands {

/// Reads input, output and dead letters from their beginning, on a thread of its own. Thread-safe.
class TopicWatch {
 public:
  struct Counts {
    std::uint64_t fed = 0;
    std::uint64_t enriched = 0;
    std::uint64_t dead_lettered = 0;
    std::uint64_t missing = 0;                       ///< fed, and not come out so far
    std::uint64_t repeated = 0;                      ///< came out more often than fed
    std::map<std::string, std::uint64_t> reasons{};  ///< of the dead letters
    /// Seconds from an article's entry into the input topic until a reader of the output topic had its record; of the
    /// latest kMostLatencies articles.
    std::vector<double> latencies{};
  };
  static constexpr std::size_t kMostLatencies = 100'000;

  /// `settings` names brokers and topics. Throws std::runtime_error.
  explicit TopicWatch(const settings::Settings& settings);
  ~TopicWatch();
  TopicWatch(const TopicWatch&) = delete;
  TopicWatch& operator=(const TopicWatch&) = delete;

  [[nodiscard]] Counts counts() const;
  /// The record with the most to see since the last call, by card_interest(); nothing where none has any.
  [[nodiscard]] std::optional<terminal::EnrichedRecord> take_best_record();
  /// Why reading ended early; empty where it did not.
  [[nodiscard]] std::string failure() const;

 private:
  using Clock = std::chrono::system_clock;
  /// Articles of one key come out in the order they went in, so the n-th end belongs to the n-th begin. Kafka shows
  /// them to this reader in any order.
  struct Matching {
    std::deque<Clock::time_point> begun;
    std::deque<Clock::time_point> ended;
  };
  void read();
  void match(Matching& matching);

  const settings::Settings settings_;
  mutable std::mutex mutex_;
  Counts counts_;
  std::deque<double> latencies_;
  std::map<std::string, Matching> unmatched_;
  terminal::EnrichedRecord best_record_;
  std::size_t best_interest_ = 0;
  std::string failure_;

  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace copydesk::commands
