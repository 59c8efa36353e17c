#pragma once

// Reads the topic in which Kafka keeps every offset that a group ever committed, so that no commit is missed.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
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
  std::int64_t offset = 0;
  friend bool operator==(const CommittedOffset&, const CommittedOffset&) = default;
};

/// Nothing where the record is of another kind (members of a group, a deletion). The format is Kafka's
/// `OffsetCommitKey.json` (versions 0 and 1) and `OffsetCommitValue.json` (0 to 4).
std::optional<CommittedOffset> parse_committed_offset(std::optional<std::string_view> key,
                                                      std::optional<std::string_view> value);

/// Whether a group's offsets ever go back.
class OffsetHistory {
 public:
  OffsetHistory(std::string group, std::string topic) : group_(std::move(group)), topic_(std::move(topic)) {}
  void committed(const CommittedOffset& commit);

  [[nodiscard]] std::int64_t commits() const;
  [[nodiscard]] std::int64_t regressions() const;
  /// "partition 2 went back from 40 to 30"; at most ten.
  [[nodiscard]] std::vector<std::string> words() const;
  /// The sum of the last committed offsets over all partitions.
  [[nodiscard]] std::int64_t total() const;

 private:
  const std::string group_;
  const std::string topic_;
  mutable std::mutex mutex_;
  std::map<std::int32_t, std::int64_t> last_;
  std::int64_t commits_ = 0;
  std::int64_t regressions_ = 0;
  std::vector<std::string> words_;
};

}  // namespace copydesk::chaos
