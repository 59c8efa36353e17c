// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

#include "pipeline/observe/metrics.h"

namespace copydesk::live_page {

/// The worker's figures of the last hour, for the charts of the live page: of the last ten minutes every one, before
/// that one in fifteen seconds, with the highest lag of that time. Bounded: at most kFine + kCoarse samples of seven
/// numbers. Used by one thread at a time.
class FiguresHistory {
 public:
  static constexpr std::size_t kFine = 600;
  static constexpr std::size_t kCoarse = 200;
  static constexpr std::chrono::milliseconds kCoarseStep{15'000};
  /// Quantiles of a sample are those of the articles within this time before it.
  static constexpr std::chrono::milliseconds kQuantilesOver{30'000};

  /// `at`: Unix time in milliseconds, rising.
  void add(const observe::Metrics::Figures& figures, std::int64_t at);

  /// [Unix time in ms, articles, words, dead letters, lag, median and 95th percentile of the end-to-end latency in
  /// seconds, null where no article came]; the first three counts are totals since the start of the worker. "null"
  /// before the first.
  [[nodiscard]] std::string newest() const;

  /// All samples as one array, the oldest first.
  [[nodiscard]] std::string json() const;

 private:
  struct Sample {
    std::int64_t at = 0;
    double published = 0;
    double words = 0;
    double dead_letters = 0;
    double lag = 0;
    double median = 0;  ///< NaN = unknown, the next likewise
    double most = 0;
  };
  struct Latency {
    std::int64_t at = 0;
    observe::HistogramBuckets buckets;
  };
  std::deque<Sample> coarse_;
  std::deque<Sample> fine_;
  double highest_lag_ = 0;         ///< of the samples since the last coarse one
  std::deque<Latency> latencies_;  ///< of the last kQuantilesOver

  static void append_json(std::string& text, const Sample& sample);
};

}  // namespace copydesk::live_page
