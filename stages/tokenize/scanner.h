// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/tokenize/code_points.h"
#include "stages/tokenize/token_columns.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::tokenize {

/// A place where a sentence may end: `split_sentences()` decides.
struct Boundary {
  enum class Kind : std::uint8_t {
    kParagraph,     ///< before `token`, certainly
    kTerminal,      ///< after `token`: . ? ! …
    kAbbreviation,  ///< after `token`, an abbreviation with its period
    kInitial,       ///< after `token`, a single letter with its period
    kSemicolon,     ///< after `token`: the end of a long sentence, where a clause follows
    kTitle,         ///< after `token`, an abbreviation that the sentence goes on after
  };
  std::uint32_t token;
  Kind kind;
};

/// Cuts text into tokens in one pass from left to right. Looks ahead at most to the end of the blank-free piece of
/// text that it stands in, and remembers what it saw there, so that the whole pass is linear.
class Scanner {
 public:
  /// `text` is valid UTF-8. Tokens go to `tokens`, places where sentences may end to `boundaries`, in text order.
  Scanner(std::string_view text, TokenColumns& tokens, std::vector<Boundary>& boundaries);

  /// Scans on until at least `until`. False once the text is at its end.
  bool run(std::uint32_t until);

 private:
  // Tokens that start with a letter or digit (scanner_word.cpp). Each returns where the scan goes on; those with
  // `ended` set it where they have emitted the word, else the word goes on there (or ends, where that is `at` itself).
  std::uint32_t word(std::uint32_t start, std::uint32_t at);
  std::uint32_t apostrophe_in_word(std::uint32_t start, std::uint32_t at, std::uint32_t size, bool& ended);
  std::uint32_t period_in_word(std::uint32_t start, std::uint32_t at, bool& ended);
  std::uint32_t hyphen_in_word(std::uint32_t start, std::uint32_t at, bool& ended);
  [[nodiscard]] std::uint32_t slash_in_word(std::uint32_t start, std::uint32_t at) const;
  std::uint32_t finish_word(std::uint32_t start, std::uint32_t end);
  std::uint32_t abbreviation_or_word(std::uint32_t start, std::uint32_t at);
  [[nodiscard]] bool is_phone_number(std::uint32_t start, std::uint32_t& end) const;
  [[nodiscard]] std::uint32_t skip_word_bytes(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t clitic_end(std::uint32_t at, std::uint32_t size) const;
  [[nodiscard]] char next_visible(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t blank_size(std::uint32_t at) const;

  // Addresses of the Internet (scanner_address.cpp).
  std::uint32_t address(std::uint32_t start, std::uint32_t at);
  [[nodiscard]] std::uint32_t end_of_path(std::uint32_t at) const;

  // Everything else (scanner.cpp): each emits what starts at `at` and returns where it ends.
  std::uint32_t blanks(std::uint32_t at);
  std::uint32_t letters(std::uint32_t at);
  std::uint32_t terminal(std::uint32_t at);
  std::uint32_t dots(std::uint32_t at);
  std::uint32_t apostrophe(std::uint32_t at, std::uint32_t size);
  std::uint32_t colon(std::uint32_t at);
  std::uint32_t sign(std::uint32_t at);
  std::uint32_t high(std::uint32_t at);
  std::uint32_t symbol(std::uint32_t at);
  std::uint32_t repeated(std::uint32_t at);
  [[nodiscard]] bool soft_line_break(std::uint32_t at, std::uint32_t next) const;
  [[nodiscard]] std::uint32_t quote_sides(std::uint32_t begin, std::uint32_t end) const;

  void emit(std::uint32_t begin, std::uint32_t end, std::uint32_t flags = 0);
  void emit_prepared(std::uint32_t begin, std::uint32_t end, std::uint32_t flags, std::uint64_t hash) {
    if ((before_ & kParagraphStart) != 0) boundaries_.push_back({tokens_.size(), Boundary::Kind::kParagraph});
    tokens_.push({begin, end}, flags | before_, hash);
    before_ = 0;
  }
  void emit_contraction(std::uint32_t begin, std::uint32_t cut, std::uint32_t end) {
    emit(begin, cut);
    emit(cut, end, kClitic);
  }
  void boundary_after_last(Boundary::Kind kind) { boundaries_.push_back({tokens_.size() - 1, kind}); }

  [[nodiscard]] char at(std::size_t i) const noexcept { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] CodePoint code_point(std::uint32_t i) const noexcept { return code_point_at(text_, i); }
  [[nodiscard]] bool word_char_at(std::uint32_t i) const noexcept;
  [[nodiscard]] std::uint64_t hash_of(std::uint32_t begin, std::uint32_t end) const noexcept;

  std::string_view text_;
  std::uint32_t size_;
  TokenColumns& tokens_;
  std::vector<Boundary>& boundaries_;
  std::uint32_t at_ = 0;
  std::uint32_t before_ = kSpaceBefore | kParagraphStart;  ///< flags of the next token
  std::uint32_t line_start_ = 0;
  std::uint32_t wrap_width_ = 0;  ///< the longest line where the text is wrapped by hand; 0 = it is not
  std::uint32_t no_address_ = 0;  ///< up to here there is certainly no '@' that an e-mail address could have
};

}  // namespace copydesk::tokenize
