// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/text_layout.h"

#include <algorithm>
#include <array>

namespace copydesk::parse {
namespace {

[[nodiscard]] constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// Windows-1252 for U+0080 to U+009F, in UTF-8 (WHATWG HTML, "numeric character reference end state").
constexpr std::array<std::string_view, 32> kWindows1252{"€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
                                                        "‹", "Œ", "",  "Ž", "",  "",  "‘", "’", "“", "”", "•",
                                                        "–", "—", "˜", "™", "š", "›", "œ", "",  "ž", "Ÿ"};

/// What takes the place of the character that `rest` begins with.
struct Special {
  std::size_t bytes = 0;         ///< of the character; 0: it stays
  std::string_view replacement;  ///< " " is white space
};

[[nodiscard]] Special special(std::string_view rest) noexcept {
  if (rest.starts_with("\xC2\xA0")) return {2, " "};
  if (rest.starts_with("\xC2\xAD")) return {2, ""};
  if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xEF\xBB\xBF")) return {3, ""};
  if (rest.size() >= 2 && rest[0] == '\xC2') {
    const auto second = static_cast<unsigned char>(rest[1]);
    if (second >= 0x80 && second < 0xA0) return {2, kWindows1252[second - 0x80U]};
  }
  return {};
}

/// Number of bytes at the front that are neither white space nor may begin a special character.
[[nodiscard]] std::size_t ordinary_prefix(std::string_view text) noexcept {
  const auto stop = std::find_if(text.begin(), text.end(),
                                 [](char c) { return is_space(c) || c == '\xC2' || c == '\xE2' || c == '\xEF'; });
  return static_cast<std::size_t>(stop - text.begin());
}

}  // namespace

void TextLayout::text(std::string_view characters) {
  while (!characters.empty()) {
    std::size_t run = ordinary_prefix(characters);
    if (run == 0) {
      if (is_space(characters.front())) {
        space(characters.front());
        characters.remove_prefix(1);
        continue;
      }
      const Special found = special(characters);
      if (found.bytes != 0) {
        characters.remove_prefix(found.bytes);
        if (found.replacement == " ") {
          space(' ');
        } else if (!found.replacement.empty()) {
          write_break();
          out_->append(found.replacement);
        }
        continue;
      }
      run = 1;  // its continuation bytes are ordinary
    }
    write_break();
    out_->append(characters.substr(0, run));
    characters.remove_prefix(run);
  }
}

void TextLayout::space(char c) noexcept {
  if (preformatted_ == 0) {
    spaces_ = 1;
  } else if (c == '\n') {
    spaces_ = 0;
    line_break();
  } else if (c == '\t') {
    ++tabs_;
  } else if (c == ' ') {
    ++spaces_;
  }
}

void TextLayout::begin_row() noexcept {
  fresh_cell_ = false;
  break_ = break_ == Break::kParagraph && first_cell_ ? Break::kParagraph : Break::kLine;
  tabs_ = 0;
  spaces_ = 0;
  first_cell_ = true;
}

void TextLayout::begin_cell() noexcept {
  if (!first_cell_) {
    ++tabs_;
    // A paragraph that ended with the cell before does not end the row; the row's own break stands before empty cells.
    if (!fresh_cell_) break_ = Break::kNone;
  }
  first_cell_ = false;
  fresh_cell_ = true;
  spaces_ = 0;
}

void TextLayout::end_table() noexcept {
  fresh_cell_ = false;
  first_cell_ = true;
  tabs_ = 0;
  paragraph();
}

void TextLayout::write_break() {
  fresh_cell_ = false;
  if (break_ == Break::kNone && tabs_ == 0 && spaces_ == 0) return;
  if (!out_->empty()) {
    if (break_ != Break::kNone) out_->append(break_ == Break::kParagraph ? "\n\n" : "\n");
    out_->append(tabs_, '\t');
    if (preformatted_ > 0 || (break_ == Break::kNone && tabs_ == 0)) out_->append(spaces_, ' ');
  }
  break_ = Break::kNone;
  tabs_ = 0;
  spaces_ = 0;
}

}  // namespace copydesk::parse
