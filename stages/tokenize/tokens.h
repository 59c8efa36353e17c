// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/span.h"

namespace copydesk::tokenize {

/// Facts about a token's form, computed once. A bit set.
enum TokenFlag : std::uint16_t {
  kInitialUpper = 1 << 0,  ///< the first letter is upper-case
  kAllUpper = 1 << 1,      ///< has a letter, and no lower-case one ("U.S.", "NATO", "I")
  kHasLower = 1 << 2,      ///< has a lower-case letter
  kHasDigit = 1 << 3,
  kNumeric = 1 << 4,      ///< digits with separators only: "1,200.50", "2026"
  kPunctuation = 1 << 5,  ///< no letter and no digit
  kOpenQuote = 1 << 6,    ///< a quotation mark that opens, or could
  kCloseQuote = 1 << 7,   ///< a quotation mark that closes, or could (a straight one may have both bits)
  kSpaceBefore = 1 << 8,  ///< white space, or the start of the text, stands before it
  kSentenceStart = 1 << 9,
  kParagraphStart = 1 << 10,  ///< first token after a line break that ends a paragraph, or of the text
  kNonAscii = 1 << 11,
  kClitic = 1 << 12,  ///< split off its word without a space: "n't", "'s", "’re"
};

/// The flag where the condition holds, else nothing: for putting flags together.
[[nodiscard]] constexpr std::uint32_t flag_if(bool condition, TokenFlag flag) noexcept {
  return condition ? std::uint32_t{flag} : 0U;
}

/// The layer made by `tokenize`: words and sentences as columns. UD-style words: clitics are tokens of their own.
/// Tokens are in text order, do not overlap, and hold no white space.
struct Tokens {
  std::span<const Span> spans;
  std::span<const std::uint16_t> flags;         ///< of TokenFlag
  std::span<const std::uint64_t> lower_hashes;  ///< `hash_lower()` of the token's bytes
  std::span<const TokenRange> sentences;        ///< in order, covering every token

  [[nodiscard]] std::size_t size() const noexcept { return spans.size(); }
  [[nodiscard]] std::string_view text(std::string_view article_text, std::size_t token) const noexcept {
    return spans[token].of(article_text);
  }
  /// Bytes from the first token of `range` to the end of its last one. `range` is not empty.
  [[nodiscard]] Span span_of(TokenRange range) const noexcept {
    return {spans[range.begin].begin, spans[range.end - 1].end};
  }
  [[nodiscard]] bool has(std::size_t token, TokenFlag flag) const noexcept { return (flags[token] & flag) != 0; }
};

}  // namespace copydesk::tokenize
