// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads the topic in which Kafka keeps every offset that a group ever committed, so that no commit is missed.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copydesk::chaos {

/// One record of `__consumer_offsets`.
struct CommittedOffset {
  std::string group;
  std::string topic;
  std::int32_t partition = 0;
  std::optional<std::int64_t> offset;  ///< nothing: Kafka has deleted it, as it does when the topic is deleted
  friend bool operator==(const CommittedOffset&, const CommittedOffset&) = default;
};

/// Nothing where the record is of another kind (members of a group). The format is Kafka's
/// `OffsetCommitKey.json` (versions 0 and 1) and `OffsetCommitValue.json` (0 to 4).
std::optional<CommittedOffset> parse_committed_offset(std::optional<std::string_view> key,
                                                      std::optional<std::string_view> value);

/// Whether a group's offsets ever go back, and whether they reach what the topic holds.
/// All calls may come from any thread.
class OffsetHistory {
 public:
  OffsetHistory(std::string group, std::string topic) : group_(std::move(group)), topic_(std::move(topic)) {}
  /// In the order in which they stand in Kafka's topic.
  void committed(const CommittedOffset& commit);
  /// A record that readers see stands there. In the order of a partition's records.
  void holds(std::int32_t partition, std::int64_t offset);

  /// The topic is about to be deleted: each of its offsets may be deleted once. Until that is seen, a partition's
  /// commits are still compared with those before.
  void expect_deletion();
  /// Whether every deletion that was expected has been seen.
  [[nodiscard]] bool deletion_is_complete() const;
  /// The topic of that name is another one now, without records.
  void begin_new_topic();

  [[nodiscard]] std::int64_t commits() const;
  /// Commits lower than the one before, and deletions that nobody expected.
  [[nodiscard]] std::int64_t regressions() const;
  /// "partition 2 went back from 40 to 30"; at most ten.
  [[nodiscard]] std::vector<std::string> words() const;
  /// How many of the topic's records stand at or behind the last committed offset of their partition.
  [[nodiscard]] std::int64_t uncommitted() const;
  /// How many partitions have an offset committed that is past their end. `ends`: the offset after the last record of
  /// each partition, markers of transactions included.
  [[nodiscard]] std::int64_t past_the_end(const std::map<std::int32_t, std::int64_t>& ends) const;

 private:
  void regression(std::string words);

  const std::string group_;
  const std::string topic_;
  mutable std::mutex mutex_;
  std::map<std::int32_t, std::int64_t> last_;
  std::map<std::int32_t, std::vector<std::int64_t>> records_;  // offsets, which grow
  std::set<std::int32_t> to_be_deleted_;
  std::int64_t commits_ = 0;
  std::int64_t regressions_ = 0;
  std::vector<std::string> words_;
};

}  // namespace copydesk::chaos
