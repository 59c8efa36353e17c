// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/offset_history.h"

#include <algorithm>

namespace copydesk::chaos {
namespace {

/// Kafka's numbers are big-endian; a string is its length in 16 bits and its bytes.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::int64_t> integer(std::size_t size) {
    if (bytes_.size() < size) return std::nullopt;
    std::uint64_t value = static_cast<signed char>(bytes_[0]) < 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes_[i]);
    bytes_.remove_prefix(size);
    return static_cast<std::int64_t>(value);
  }
  std::optional<std::string> string() {
    const auto size = integer(2);
    if (!size || *size < 0 || bytes_.size() < static_cast<std::size_t>(*size)) return std::nullopt;
    std::string result(bytes_.substr(0, static_cast<std::size_t>(*size)));
    bytes_.remove_prefix(static_cast<std::size_t>(*size));
    return result;
  }

 private:
  std::string_view bytes_;
};

}  // namespace

std::optional<CommittedOffset> parse_committed_offset(std::optional<std::string_view> key,
                                                      std::optional<std::string_view> value) {
  if (!key) return std::nullopt;
  Fields names(*key);
  const auto kind = names.integer(2);
  if (!kind || (*kind != 0 && *kind != 1)) return std::nullopt;
  const auto group = names.string();
  const auto topic = names.string();
  const auto partition = names.integer(4);
  if (!group || !topic || !partition) return std::nullopt;
  CommittedOffset commit{*group, *topic, static_cast<std::int32_t>(*partition), std::nullopt};
  if (!value) return commit;
  Fields fields(*value);
  const auto version = fields.integer(2);
  const auto offset = fields.integer(8);
  if (!version || !offset) return std::nullopt;
  commit.offset = *offset;
  return commit;
}

void OffsetHistory::committed(const CommittedOffset& commit) {
  if (commit.group != group_ || commit.topic != topic_) return;
  const std::lock_guard lock(mutex_);
  const std::string partition = "partition " + std::to_string(commit.partition);
  const auto last = last_.find(commit.partition);
  if (!commit.offset) {
    if (last == last_.end()) return;
    if (to_be_deleted_.erase(commit.partition) == 0) {
      regression(partition + " lost its offset " + std::to_string(last->second));
    }
    last_.erase(last);
    return;
  }
  ++commits_;
  if (last != last_.end() && *commit.offset < last->second) {
    regression(partition + " went back from " + std::to_string(last->second) + " to " + std::to_string(*commit.offset));
  }
  last_[commit.partition] = *commit.offset;
}

void OffsetHistory::regression(std::string words) {
  ++regressions_;
  if (words_.size() < 10) words_.push_back(std::move(words));
}

void OffsetHistory::holds(std::int32_t partition, std::int64_t offset) {
  const std::lock_guard lock(mutex_);
  records_[partition].push_back(offset);
}

void OffsetHistory::expect_deletion() {
  const std::lock_guard lock(mutex_);
  for (const auto& [partition, offset] : last_) to_be_deleted_.insert(partition);
}

bool OffsetHistory::deletion_is_complete() const {
  const std::lock_guard lock(mutex_);
  return to_be_deleted_.empty();
}

void OffsetHistory::begin_new_topic() {
  const std::lock_guard lock(mutex_);
  records_.clear();
  to_be_deleted_.clear();
}

std::int64_t OffsetHistory::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

std::int64_t OffsetHistory::regressions() const {
  const std::lock_guard lock(mutex_);
  return regressions_;
}

std::vector<std::string> OffsetHistory::words() const {
  const std::lock_guard lock(mutex_);
  return words_;
}

std::int64_t OffsetHistory::uncommitted() const {
  const std::lock_guard lock(mutex_);
  std::int64_t count = 0;
  for (const auto& [partition, offsets] : records_) {
    const auto last = last_.find(partition);
    const auto done =
        last == last_.end() ? offsets.begin() : std::lower_bound(offsets.begin(), offsets.end(), last->second);
    count += offsets.end() - done;
  }
  return count;
}

std::int64_t OffsetHistory::past_the_end(const std::map<std::int32_t, std::int64_t>& ends) const {
  const std::lock_guard lock(mutex_);
  return std::count_if(last_.begin(), last_.end(), [&](const auto& last) {
    const auto end = ends.find(last.first);
    return end == ends.end() || last.second > end->second;
  });
}

}  // namespace copydesk::chaos
