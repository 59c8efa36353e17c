#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

#include "pipeline/metrics.h"

namespace copydesk {

/// The worker's figures of the last hour, for the charts of the live page: of the last ten minutes every one, before
/// that one in fifteen seconds. Bounded: at most kFine + kCoarse samples of six numbers. Used by one thread at a time.
class FiguresHistory {
 public:
  static constexpr std::size_t kFine = 600;
  static constexpr std::size_t kCoarse = 200;
  static constexpr std::chrono::milliseconds kCoarseStep{15'000};
  /// Quantiles of a sample are those of the articles within this time before it.
  static constexpr std::chrono::milliseconds kQuantilesOver{30'000};

  /// `at`: Unix time in milliseconds, rising.
  void add(const Metrics::Figures& figures, std::int64_t at);

  /// [Unix time in ms, articles, words, dead letters, lag, median and 95th percentile of the end-to-end latency in
  /// seconds, null where no article came]; the first three counts are totals since the start of the worker. "null"
  /// before the first.
  [[nodiscard]] const std::string& newest() const noexcept;

  /// All samples as one array, the oldest first.
  [[nodiscard]] std::string json() const;

 private:
  struct Sample {
    std::int64_t at = 0;
    std::string json;
  };
  struct Latency {
    std::int64_t at = 0;
    HistogramBuckets buckets;
  };
  std::deque<Sample> coarse_;
  std::deque<Sample> fine_;
  std::deque<Latency> latencies_;  ///< of the last kQuantilesOver
};

}  // namespace copydesk
