// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/tokenize/tokens.h"
#include "stages/values/lexicon.h"

namespace copydesk::values {

/// One sentence as the rules see it: each token's text and its word of the lexicon. Outside the sentence every token
/// is empty and no word, so that rules may look a few tokens ahead and back without asking.
class Words {
 public:
  /// `entries` has the lexicon's index of every token of the article.
  Words(std::string_view text, const tokenize::Tokens& tokens, std::span<const std::uint16_t> entries,
        TokenRange sentence)
      : text_(text), tokens_(tokens), entries_(entries), sentence_(sentence) {}

  [[nodiscard]] bool inside(std::uint32_t i) const noexcept { return sentence_.contains(i); }
  [[nodiscard]] TokenRange sentence() const noexcept { return sentence_; }
  [[nodiscard]] const Word& word(std::uint32_t i) const noexcept {
    return Lexicon::english().word(inside(i) ? entries_[i] : std::uint16_t{0});
  }
  [[nodiscard]] bool is(std::uint32_t i, std::uint64_t roles) const noexcept { return (word(i).roles & roles) != 0; }
  [[nodiscard]] std::string_view text(std::uint32_t i) const noexcept {
    return inside(i) ? tokens_.text(text_, i) : std::string_view{};
  }
  /// Whether the token is `lower`, which has no upper-case letter; ASCII letters of either case match.
  [[nodiscard]] bool says(std::uint32_t i, std::string_view lower) const noexcept {
    const std::string_view token = text(i);
    if (token.size() != lower.size()) return false;
    for (std::size_t k = 0; k < token.size(); ++k) {
      const char c = token[k] >= 'A' && token[k] <= 'Z' ? static_cast<char>(token[k] + 32) : token[k];
      if (c != lower[k]) return false;
    }
    return true;
  }
  [[nodiscard]] bool has(std::uint32_t i, tokenize::TokenFlag flag) const noexcept {
    return inside(i) && tokens_.has(i, flag);
  }
  /// Whether no white space stands before the token, inside the sentence.
  [[nodiscard]] bool glued(std::uint32_t i) const noexcept {
    return inside(i) && i != sentence_.begin && !tokens_.has(i, tokenize::kSpaceBefore);
  }
  [[nodiscard]] bool hyphen(std::uint32_t i) const noexcept { return text(i) == "-" || text(i) == "\u2010"; }
  /// A hyphen or dash, as stands in ranges.
  [[nodiscard]] bool dash(std::uint32_t i) const noexcept {
    const std::string_view token = text(i);
    return token == "-" || token == "\u2010" || token == "\u2011" || token == "\u2012" || token == "\u2013" ||
           token == "\u2014" || token == "\u2212";
  }

  /// The lexicon's word for the tokens from `i` on that has a role of `roles` and the most tokens (at most 4; hyphens
  /// count as blanks). `end` is after it; without one, the result is no word and `end` is `i`.
  struct Phrase {
    const Word& word;
    std::uint32_t end;
  };
  [[nodiscard]] Phrase phrase(std::uint32_t i, std::uint64_t roles) const noexcept;

 private:
  std::string_view text_;
  const tokenize::Tokens& tokens_;
  std::span<const std::uint16_t> entries_;
  TokenRange sentence_;
};

}  // namespace copydesk::values
