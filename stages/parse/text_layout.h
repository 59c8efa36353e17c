// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::parse {

/// Lays out running text as a reader would see it: white space collapsed, paragraphs apart by a blank line, lines by a
/// line break, table cells by a tab. Breaks are held back until a character follows, so that the text neither begins
/// nor ends with one, and the strongest of several counts.
class TextLayout {
 public:
  explicit TextLayout(std::string& out) : out_(&out) {}

  /// Whole characters of valid UTF-8. HTML white space and no-break spaces become one space; soft hyphens, zero-width
  /// spaces and byte order marks go; C1 controls become the Windows-1252 characters that were meant, as in browsers.
  void text(std::string_view characters);

  void paragraph() noexcept { at_least(Break::kParagraph); }
  void line() noexcept { at_least(Break::kLine); }
  /// `<br>`: two in a row end a paragraph.
  void line_break() noexcept { at_least(break_ == Break::kLine ? Break::kParagraph : Break::kLine); }

  void begin_row() noexcept;
  void begin_cell() noexcept;
  void end_table() noexcept;

  /// Preformatted: line breaks and spaces stay.
  void begin_preformatted() noexcept {
    paragraph();
    ++preformatted_;
  }
  void end_preformatted() noexcept {
    if (preformatted_ > 0) --preformatted_;
    spaces_ = 0;
    paragraph();
  }

 private:
  enum class Break : unsigned char { kNone, kLine, kParagraph };

  void at_least(Break wanted) noexcept {
    if (!fresh_cell_ && break_ < wanted) break_ = wanted;
  }
  void space(char c) noexcept;
  void write_break();

  std::string* out_;
  Break break_ = Break::kNone;
  std::size_t tabs_ = 0;
  std::size_t spaces_ = 0;
  bool first_cell_ = true;   // of its row
  bool fresh_cell_ = false;  // nothing in it yet: blocks at its beginning break nothing
  int preformatted_ = 0;     // nesting
};

}  // namespace copydesk::parse
