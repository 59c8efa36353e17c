// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/engine/executor.h"
#include "pipeline/engine/records.h"
#include "pipeline/observe/histogram_quantile.h"
#include "stages/encode/digest.h"

namespace copydesk::observe {

/// Every series that the worker exposes, under the prefix `copydesk_`; docs/metrics.md lists them. Thread-safe.
/// No label holds an article's id, source or speaker; series of a partition go when it is revoked. A `code` is Kafka's
/// name of an error (ILLEGAL_GENERATION, …); a text that has not the form of a name becomes UNKNOWN.
class Metrics final : public engine::Executor::Observer {
 public:
  Metrics(std::string_view version, std::string_view librdkafka_version);
  ~Metrics() override;

  void stage_ran(const engine::StageRun& run) noexcept override;

  /// The series of these topics start at zero now, so that an increase is seen from the first record on.
  void expect_topics(std::string_view input, std::string_view output, std::string_view dead_letters);
  void consumed(std::string_view topic, std::size_t bytes);
  void published(std::string_view topic, std::size_t bytes, const encode::ArticleCounts& counts);
  void dead_lettered(std::string_view reason);
  /// Records of the input that retention had deleted before this worker could read them.
  void expired(std::string_view topic, std::uint64_t records);
  /// One record that the broker refused while it takes others, by Kafka's error code (MSG_SIZE_TOO_LARGE, …): it became
  /// a dead letter, or was sent in another form. `topic` is the one that refused it.
  void refused(std::string_view topic, std::string_view code);
  /// Seconds from arrival to acknowledgement, and from the Kafka timestamp (negative = unknown).
  void latency(double article_seconds, double end_to_end_seconds);
  void inflight(std::size_t records, std::size_t bytes);
  void busy_ratio(double ratio);
  void lag(const engine::TopicPartition& partition, std::int64_t records);
  void forget(const engine::TopicPartition& partition);
  void assigned_partitions(std::size_t count);
  void rebalance(std::string_view type);  ///< "assign", "revoke" or "lost"
  void revoke_drain(double seconds);
  void input_paused(bool paused);
  void commit_failed(std::string_view code);
  void delivery_failed(std::string_view code);

  /// In Prometheus' text format.
  [[nodiscard]] std::string scrape() const;
  struct Figures {
    /// Every series as one JSON object without line breaks: {"NAME": [{"labels": {…}, "value": 1} or
    /// {"labels": {…}, "count": 2, "sum": 0.1, "buckets": [[0.005, 1], …, [null, 2]]}, …], …}. Buckets are cumulative.
    std::string json;
    double published = 0;  ///< articles since the start; the next two likewise
    double words = 0;
    double dead_letters = 0;
    double lag = 0;  ///< now, of all partitions held
    /// copydesk_end_to_end_latency_seconds since the start: [bound in seconds, articles within it], the last bound
    /// infinite.
    HistogramBuckets end_to_end;
  };
  /// For the live page.
  [[nodiscard]] Figures figures() const;

 private:
  struct Series;
  std::unique_ptr<Series> series_;
};

}  // namespace copydesk::observe
