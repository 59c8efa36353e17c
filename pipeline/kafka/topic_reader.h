// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// Reads what a topic holds, from here to there, outside any consumer group: nothing is committed, nobody's partitions
/// move. Only records of committed transactions count, unless the properties say otherwise. Used by one thread.
class TopicReader {
 public:
  static constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
  struct Range {
    std::int32_t partition = 0;
    std::int64_t begin = 0;  ///< the first offset; what is no longer there is passed over
    std::int64_t end = 0;    ///< the first offset that is not wanted; kNoEnd: go on with what will come
  };
  /// Properties of a consumer; those of groups are left out. Throws std::runtime_error for what librdkafka refuses.
  TopicReader(Properties properties, std::string topic);
  ~TopicReader();
  TopicReader(const TopicReader&) = delete;
  TopicReader& operator=(const TopicReader&) = delete;

  /// What each partition holds now: the whole topic. Throws std::runtime_error where the brokers do not say in time.
  [[nodiscard]] std::vector<Range> whole(std::chrono::milliseconds timeout);
  /// The same ranges, each from the first record at or after that time (Unix, in milliseconds).
  [[nodiscard]] std::vector<Range> since(std::vector<Range> ranges, std::int64_t time_ms,
                                         std::chrono::milliseconds timeout);

  /// The same ranges without what is no longer there; those of which the brokers do not say are left as they are.
  [[nodiscard]] std::vector<Range> that_are_left(std::vector<Range> ranges, std::chrono::milliseconds timeout);

  /// Begins to read these ranges, in place of any before. `wakeup`, which outlives the reader, is notified where there
  /// is something to read.
  void start(std::span<const Range> ranges, const delivery::Wakeup* wakeup = nullptr);
  /// The next record of the ranges, each partition's in their order; nothing where none came within `timeout`. Throws
  /// std::runtime_error where the brokers refuse.
  [[nodiscard]] std::optional<engine::InputRecord> next(std::chrono::milliseconds timeout);
  /// Every record of the ranges has been given out.
  [[nodiscard]] bool finished() const noexcept;

  /// Hands over every record of the ranges. True where all of it was read; false where `go_on` (asked at least every
  /// 100 ms) said no. Throws std::runtime_error where the brokers refuse.
  bool read(std::span<const Range> ranges, const std::function<void(engine::InputRecord)>& take,
            const std::function<bool()>& go_on);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::kafka
