// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"

namespace copydesk::engine {

/// A Kafka header; a header may stand several times and may have a null value.
struct Header {
  std::string name;
  std::optional<std::string> value;
};

/// Owned bytes followed by Payload::kPadding readable ones: the one copy that is made of a record's value.
class PaddedBytes {
 public:
  PaddedBytes() = default;
  explicit PaddedBytes(std::string_view bytes)
      : size_(bytes.size()), data_(std::make_unique_for_overwrite<char[]>(bytes.size() + parse::Payload::kPadding)) {
    if (!bytes.empty()) std::memcpy(data_.get(), bytes.data(), bytes.size());
    std::memset(data_.get() + size_, 0, parse::Payload::kPadding);
  }
  [[nodiscard]] std::string_view view() const noexcept { return {data_.get(), size_}; }

 private:
  std::size_t size_ = 0;
  std::unique_ptr<char[]> data_;
};

struct TopicPartition {
  std::string topic;
  std::int32_t partition = 0;
  friend auto operator<=>(const TopicPartition&, const TopicPartition&) = default;
};

/// One record as it came from a source. Owns its bytes.
struct InputRecord {
  TopicPartition origin;
  std::int64_t offset = 0;
  std::int64_t timestamp_ms = -1;  ///< Unix time of the record; -1 = none
  std::optional<std::string> key;
  std::optional<PaddedBytes> value;  ///< nullopt = tombstone
  std::vector<Header> headers;

  /// What the record counts for in `limits.inflight_bytes`.
  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t total = sizeof(InputRecord) + (key ? key->size() : 0) + (value ? value->view().size() : 0);
    for (const Header& header : headers) total += header.name.size() + (header.value ? header.value->size() : 0);
    return total;
  }
};

}  // namespace copydesk::engine
