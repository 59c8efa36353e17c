// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// What kind of character a code point is, as far as tokens care. Source: Unicode's general category.
enum class CodePointKind : std::uint8_t {
  kLetter,  ///< without case; also marks, joiners, variation selectors, and what Unicode has not assigned
  kLower,
  kUpper,  ///< upper or title case
  kNumber,
  kSpace,  ///< white space, controls, zero-width spaces
  kPunct,
  kSymbol,  ///< currency, arithmetic, arrows, emoji
};

[[nodiscard]] CodePointKind kind_of(char32_t code_point) noexcept;

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;  ///< bytes
};

/// The code point that starts at `text[at]`; `text` is valid UTF-8 and `at` one of its boundaries.
[[nodiscard]] inline CodePoint code_point_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) -> char32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const char32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1FU) << 6U | (byte(at + 1) & 0x3FU), 2};
  if (lead < 0xF0) return {(lead & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU), 3};
  return {(lead & 0x07U) << 18U | (byte(at + 1) & 0x3FU) << 12U | (byte(at + 2) & 0x3FU) << 6U | (byte(at + 3) & 0x3FU),
          4};
}

}  // namespace copydesk::tokenize
