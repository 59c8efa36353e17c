// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/json_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace copydesk::encode {
namespace {

[[nodiscard]] constexpr bool needs_escape(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == '"' || byte == '\\';
}

/// Number of bytes at the front of `text` that stand in a JSON string as they are. The inner loop has no exit, so that
/// compilers turn it into vector compares.
[[nodiscard]] std::size_t plain_prefix(std::string_view text) noexcept {
  constexpr std::size_t kBlock = 32;
  std::size_t at = 0;
  while (at + kBlock <= text.size()) {
    std::uint8_t found = 0;
    for (std::size_t i = 0; i < kBlock; ++i) found |= static_cast<std::uint8_t>(needs_escape(text[at + i]));
    if (found != 0) break;
    at += kBlock;
  }
  while (at < text.size() && !needs_escape(text[at])) ++at;
  return at;
}

}  // namespace

void JsonWriter::start(std::size_t bytes) {
  // A rare giant article must not stay in memory.
  constexpr std::size_t kKeptCapacity = std::size_t{8} << 20U;
  size_ = 0;
  if (capacity_ > kKeptCapacity && bytes < kKeptCapacity) {
    buffer_.reset();
    capacity_ = 0;
  }
  reserve(bytes);
}

void JsonWriter::grow(std::size_t more) {
  const std::size_t wanted = std::max(size_ + more, capacity_ * 2);
  auto larger = std::make_unique_for_overwrite<char[]>(wanted);
  if (size_ > 0) std::memcpy(larger.get(), buffer_.get(), size_);
  buffer_ = std::move(larger);
  capacity_ = wanted;
}

void JsonWriter::raw_on_one_line(std::string_view json) {
  while (!json.empty()) {
    const std::size_t line = std::min(json.find_first_of("\r\n"), json.size());
    raw(json.substr(0, line));
    json.remove_prefix(std::min(line + 1, json.size()));
  }
}

void JsonWriter::string(std::string_view text) {
  constexpr std::size_t kLongestEscape = 6;
  constexpr std::array<char, 16> kHex{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  raw('"');
  while (true) {
    const std::size_t plain = plain_prefix(text);
    raw(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    reserve(kLongestEscape);
    const char c = text.front();
    text.remove_prefix(1);
    switch (c) {
      case '"': raw("\\\""); break;
      case '\\': raw("\\\\"); break;
      case '\n': raw("\\n"); break;
      case '\r': raw("\\r"); break;
      case '\t': raw("\\t"); break;
      default:
        raw("\\u00");
        raw(kHex[static_cast<unsigned char>(c) >> 4U]);
        raw(kHex[static_cast<unsigned char>(c) & 0xFU]);
    }
  }
  raw('"');
}

}  // namespace copydesk::encode
