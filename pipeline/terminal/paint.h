// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::terminal {

/// What a piece of text on a terminal is; how that looks is one table, in paint.cpp and in screen.cpp.
enum class Paint : std::uint8_t { kPlain, kHeadline, kLabel, kSpeaker, kDim, kGood, kWarning };

/// A line of pieces, each in one paint. The texts are printable.
struct PaintedText {
  Paint paint = Paint::kPlain;
  std::string text;
};
using PaintedLine = std::vector<PaintedText>;

/// The text with ANSI colours (ECMA-48 SGR), or as it is.
[[nodiscard]] std::string painted(Paint paint, std::string_view text, bool colours);
[[nodiscard]] std::string painted(const PaintedLine& line, bool colours);

/// Whether to colour what is written to that file descriptor: a terminal, and no NO_COLOR (https://no-color.org) in the
/// environment.
[[nodiscard]] bool wants_colours(int descriptor);

/// Columns of the terminal behind that descriptor; `otherwise` where there is none.
[[nodiscard]] std::size_t terminal_columns(int descriptor, std::size_t otherwise);

}  // namespace copydesk::terminal
