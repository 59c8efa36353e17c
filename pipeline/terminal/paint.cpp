// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/paint.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace copydesk::terminal {

std::string painted(Paint paint, std::string_view text, bool colours) {
  if (!colours || paint == Paint::kPlain || text.empty()) return std::string(text);
  static constexpr std::array<std::string_view, 7> kCodes{"0", "1", "36", "1;33", "2", "32", "1;31"};
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes.at(static_cast<std::size_t>(paint)), text);
}

std::string painted(const PaintedLine& line, bool colours) {
  std::string text;
  for (const PaintedText& piece : line) text += painted(piece.paint, piece.text, colours);
  return text;
}

bool wants_colours(int descriptor) {
  const char* const refused = std::getenv("NO_COLOR");
  return isatty(descriptor) != 0 && (refused == nullptr || *refused == '\0');
}

std::size_t terminal_columns(int descriptor, std::size_t otherwise) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return otherwise;
  return size.ws_col;
}

}  // namespace copydesk::terminal
