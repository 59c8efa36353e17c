// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// Knows what librdkafka does not tell of a consumer, from the requests that pass: whether it is joining its group at
/// this moment, and when it last asked for metadata, which it does when a partition does not answer as before.
///
/// In a cooperative rebalance a consumer keeps partitions while it joins. A commit that it sends meanwhile reaches the
/// broker behind the request to join, when the group's generation has changed; it is refused (ILLEGAL_GENERATION), and
/// librdkafka then takes all partitions away as lost (https://github.com/confluentinc/librdkafka/issues/4059, mended by
/// its pull request 4908). So no commit may be sent meanwhile.
class JoinWatch {
 public:
  /// Before the client is made; this outlives it.
  void attach(rd_kafka_conf_t* conf);
  /// Partitions are given back, after which the consumer joins again.
  void expect_join() noexcept;
  /// From the request to join on until the answer with the assignment, a minute at most; and for a moment after each
  /// heartbeat, whose answer may be that the consumer has to join.
  [[nodiscard]] bool joining() const noexcept;
  /// When the client last asked for metadata, by the steady clock; the clock's zero where it has not.
  [[nodiscard]] std::chrono::steady_clock::time_point metadata_asked() const noexcept;

 private:
  std::atomic<std::int64_t> since_ms_{0};      ///< of the steady clock; 0: not joining
  std::atomic<std::int64_t> heartbeat_ms_{0};  ///< when the last one was answered
  std::atomic<std::int64_t> metadata_ms_{0};   ///< when it was last asked for
};

}  // namespace copydesk::kafka
