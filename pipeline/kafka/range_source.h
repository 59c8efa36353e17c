// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/topic_reader.h"

namespace copydesk::kafka {

/// Half-open, as Unix time in milliseconds, which is what records carry.
struct TimeRange {
  std::int64_t from_ms = 0;
  std::optional<std::int64_t> until_ms = {};  ///< nothing: no bound

  [[nodiscard]] bool contains(std::int64_t time_ms) const noexcept {
    return time_ms >= from_ms && (!until_ms || time_ms < *until_ms);
  }
};

/// The records of a topic whose time is in a range, of those that it holds when this is made. Joins no group and
/// commits nothing: where a group stands is left as it is.
///
/// Records need not be in the order of their times, so each partition is read from its first record at or after the
/// begin of the range to its end, and what is outside is passed over. So is a record without a timestamp, which is in
/// no range; they are counted, and the log says how many there were. A partition that begins with such records is read
/// from its beginning, so that they are.
class RangeSource final : public delivery::Source {
 public:
  /// `properties` as a Consumer's; the listener and the wakeup outlive the source. Throws std::runtime_error where the
  /// brokers do not say what the topic holds.
  RangeSource(const Properties& properties, const std::string& topic, const TimeRange& range, Listener& listener,
              const delivery::Wakeup& wakeup);

  std::optional<engine::InputRecord> poll(std::chrono::milliseconds timeout) override;
  void pause(bool paused) override { paused_ = paused; }
  void commit_async(std::span<const delivery::CommitOffset> offsets) override;
  bool commit_sync(std::span<const delivery::CommitOffset> offsets, std::chrono::milliseconds timeout) override;
  /// Unknown: there is no lag behind a range that does not grow.
  [[nodiscard]] Watermarks watermarks(const engine::TopicPartition&) override { return {}; }
  /// Where each partition begins.
  [[nodiscard]] std::vector<std::int64_t> committed(std::span<const engine::TopicPartition> partitions) override;
  [[nodiscard]] std::string membership() override { return {}; }
  [[nodiscard]] bool exhausted() const noexcept override { return reader_.finished(); }
  void close() override;

 private:
  void report(std::chrono::steady_clock::time_point now);

  const std::string topic_;
  const TimeRange range_;
  Listener& listener_;
  const delivery::Wakeup& wakeup_;
  TopicReader reader_;
  std::map<std::int32_t, std::int64_t> begins_;  ///< of the partitions that have something to read
  std::int64_t to_read_ = 0;                     ///< offsets; compacted ones and transaction markers count
  std::int64_t taken_ = 0;                       ///< records; the next likewise
  std::int64_t passed_over_ = 0;
  std::int64_t without_timestamp_ = 0;  ///< of those
  bool told_ = false;
  bool paused_ = false;
  std::vector<delivery::CommitOffset> finished_;  ///< to be told to the listener
  std::chrono::steady_clock::time_point next_report_;
};

}  // namespace copydesk::kafka
