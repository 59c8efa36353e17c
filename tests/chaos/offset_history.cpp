#include "tests/chaos/offset_history.h"

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
  if (!key || !value) return std::nullopt;
  Fields names(*key);
  const auto kind = names.integer(2);
  if (!kind || (*kind != 0 && *kind != 1)) return std::nullopt;
  const auto group = names.string();
  const auto topic = names.string();
  const auto partition = names.integer(4);
  Fields fields(*value);
  const auto version = fields.integer(2);
  const auto offset = fields.integer(8);
  if (!group || !topic || !partition || !version || !offset) return std::nullopt;
  return CommittedOffset{*group, *topic, static_cast<std::int32_t>(*partition), *offset};
}

void OffsetHistory::committed(const CommittedOffset& commit) {
  if (commit.group != group_ || commit.topic != topic_) return;
  const std::lock_guard lock(mutex_);
  ++commits_;
  const auto [last, first] = last_.try_emplace(commit.partition, commit.offset);
  if (commit.offset < last->second) {
    ++regressions_;
    if (words_.size() < 10) {
      words_.push_back("partition " + std::to_string(commit.partition) + " went back from " +
                       std::to_string(last->second) + " to " + std::to_string(commit.offset));
    }
  }
  last->second = commit.offset;
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

std::int64_t OffsetHistory::total() const {
  const std::lock_guard lock(mutex_);
  std::int64_t total = 0;
  for (const auto& [partition, offset] : last_) total += offset;
  return total;
}

}  // namespace copydesk::chaos
