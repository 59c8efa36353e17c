// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk {

/// Half-open range of BYTES of the article's text. Converted to code points once, in the encoder.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const noexcept { return end - begin; }
  [[nodiscard]] constexpr bool empty() const noexcept { return end <= begin; }
  [[nodiscard]] constexpr bool contains(Span other) const noexcept { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(Span other) const noexcept { return begin < other.end && other.begin < end; }
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const noexcept {
    return text.substr(begin, end - begin);
  }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

/// Half-open range of token indices into `Tokens`.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const noexcept { return end - begin; }
  [[nodiscard]] constexpr bool empty() const noexcept { return end <= begin; }
  [[nodiscard]] constexpr bool contains(std::uint32_t token) const noexcept { return begin <= token && token < end; }
  [[nodiscard]] constexpr bool overlaps(TokenRange other) const noexcept {
    return begin < other.end && other.begin < end;
  }
  friend constexpr bool operator==(const TokenRange&, const TokenRange&) = default;
};

}  // namespace copydesk
