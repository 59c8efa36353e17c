// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/json_string.h"

#include <array>
#include <cstring>

namespace copydesk::parse {
namespace {

constexpr std::uint32_t kBadHex = 0xFFFFFFFF;
constexpr std::size_t kEscapeLength = 6;  // \uXXXX

[[nodiscard]] std::uint32_t hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return kBadHex;
}

/// The code unit of a \uXXXX escape at `at`, or kBadHex where there is none.
[[nodiscard]] std::uint32_t code_unit(std::string_view bytes, std::size_t at) noexcept {
  if (at + kEscapeLength > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u') return kBadHex;
  std::uint32_t unit = 0;
  for (std::size_t i = at + 2; i < at + kEscapeLength; ++i) {
    const std::uint32_t digit = hex_digit(bytes[i]);
    if (digit == kBadHex) return kBadHex;
    unit = unit << 4U | digit;
  }
  return unit;
}

[[nodiscard]] constexpr bool is_high(std::uint32_t unit) noexcept {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
[[nodiscard]] constexpr bool is_low(std::uint32_t unit) noexcept {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// What the one-letter escape `c` stands for, or 0.
[[nodiscard]] constexpr char simple_escape(char c) noexcept {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

char* append_utf8(char* out, std::uint32_t code_point) noexcept {
  const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18U);
    put(0x80U | (code_point >> 12U & 0x3FU));
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
  return out;
}

}  // namespace

EscapeCheck check_escapes(std::string_view bytes) noexcept {
  EscapeCheck check;
  for (std::size_t at = bytes.find('\\'); at != std::string_view::npos; at = bytes.find('\\', at)) {
    check.escaped = true;
    check.offset = at;
    if (at + 1 < bytes.size() && simple_escape(bytes[at + 1]) != 0) {
      at += 2;
      continue;
    }
    const std::uint32_t unit = code_unit(bytes, at);
    if (unit == kBadHex) {
      check.fault = EscapeFault::kBadEscape;
      return check;
    }
    at += kEscapeLength;
    if (is_low(unit) || (is_high(unit) && !is_low(code_unit(bytes, at)))) {
      check.fault = EscapeFault::kLoneSurrogate;
      return check;
    }
    if (is_high(unit)) at += kEscapeLength;
  }
  return check;
}

std::string_view unescape(RawString string, Arena& arena) {
  if (!string.escaped) return string.bytes;
  const std::string_view bytes = string.bytes;
  const std::span<char> room = arena.make_array<char>(bytes.size());  // an escape is longer than what it stands for
  char* out = room.data();
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t escape = bytes.find('\\', at);
    if (escape == std::string_view::npos) escape = bytes.size();
    std::memcpy(out, bytes.data() + at, escape - at);
    out += escape - at;
    at = escape;
    if (at == bytes.size()) break;
    if (const char plain = simple_escape(bytes[at + 1]); plain != 0) {
      *out++ = plain;
      at += 2;
      continue;
    }
    std::uint32_t code_point = code_unit(bytes, at);
    at += kEscapeLength;
    if (is_high(code_point)) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (code_unit(bytes, at) - 0xDC00);
      at += kEscapeLength;
    }
    out = append_utf8(out, code_point);
  }
  return {room.data(), static_cast<std::size_t>(out - room.data())};
}

}  // namespace copydesk::parse
