// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/utf8_check.h"

#include <simdjson.h>

#include <string>

namespace copydesk::parse {
namespace {

[[nodiscard]] bool is_continuation(std::string_view bytes, std::size_t at) noexcept {
  return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;
}

/// Bytes of the well-formed sequence at `at`, or 0 (Unicode 15, table 3-7).
[[nodiscard]] std::size_t sequence_length(std::string_view bytes, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (!is_continuation(bytes, at + 1)) return 0;
  if (lead < 0xE0) return 2;
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  if (!is_continuation(bytes, at + 2)) return 0;
  if (lead < 0xF0) return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ? 0 : 3;
  if (!is_continuation(bytes, at + 3)) return 0;
  return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) ? 0 : 4;
}

}  // namespace

std::string_view without_byte_order_mark(std::string_view bytes) noexcept {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return bytes.starts_with(kMark) ? bytes.substr(kMark.size()) : bytes;
}

std::size_t first_invalid_utf8(std::string_view bytes) noexcept {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::optional<Error> check_utf8(std::string_view bytes, std::size_t before) {
  if (simdjson::validate_utf8(bytes)) return std::nullopt;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Error{ErrorCode::kInvalidUtf8, "the value begins with a UTF-16 byte order mark; send UTF-8"};
  }
  return Error{ErrorCode::kInvalidUtf8, "byte " + std::to_string(before + first_invalid_utf8(bytes)) +
                                            " is not UTF-8; convert the value to UTF-8 before sending it"};
}

}  // namespace copydesk::parse
