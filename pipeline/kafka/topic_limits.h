// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// What a topic's settings allow of a record. The defaults are Kafka's own.
struct TopicLimits {
  static constexpr std::int64_t kUnbounded = std::numeric_limits<std::int64_t>::max();

  std::int64_t max_message_bytes = 1'048'588;     ///< of a batch, compressed; also of one that holds one record
  std::int64_t timestamp_before_ms = kUnbounded;  ///< a record may be so much older than the broker's clock
  std::int64_t timestamp_after_ms = kUnbounded;   ///< or ahead of it
  bool compacted = false;                         ///< every record needs a key
  bool known = false;                             ///< the brokers have told; else these are guesses

  /// "batches of at most 1048588 bytes, records at most 1h ahead of the clock".
  [[nodiscard]] std::string words() const;
  friend bool operator==(const TopicLimits&, const TopicLimits&) = default;
};

/// From the settings of a topic by their names (`max.message.bytes`, …); what is missing keeps its default.
[[nodiscard]] TopicLimits limits_of(const std::map<std::string, std::string, std::less<>>& topic_settings);

/// Asks the brokers for the limits of these topics, at most for `timeout`. A topic of which they do not tell, because
/// a right is missing (DescribeConfigs) or it does not exist, is left out.
[[nodiscard]] std::map<std::string, TopicLimits, std::less<>> describe_limits(rd_kafka_t* client,
                                                                              std::span<const std::string> topics,
                                                                              std::chrono::milliseconds timeout);

/// The limits as they were last learnt. Thread-safe.
class LearntLimits {
 public:
  using Topics = std::map<std::string, TopicLimits, std::less<>>;
  explicit LearntLimits(Topics topics = {}) : topics_(std::move(topics)) {}

  void learn(std::string_view topic, const TopicLimits& limits);
  /// Defaults where nothing was learnt.
  [[nodiscard]] TopicLimits of(std::string_view topic) const;
  /// The largest batch, before compression, that every topic learnt takes; nothing where none was learnt.
  [[nodiscard]] std::optional<std::int64_t> smallest_batch() const;

 private:
  mutable std::mutex mutex_;
  Topics topics_;
};

}  // namespace copydesk::kafka
