// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/printable.h"

#include <algorithm>

#include "stages/parse/utf8_check.h"

namespace copydesk::terminal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// What may not be shown, by its UTF-8 bytes: U+0080..9F, U+202A..E and U+2066..9.
bool is_hidden_control(std::string_view point) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(point[i]); };
  if (point.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (point.size() != 3 || byte(0) != 0xE2) return false;
  return (byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
         (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

/// U+2028 and U+2029.
bool is_separator(std::string_view point) noexcept {
  return point == "\xE2\x80\xA8" || point == "\xE2\x80\xA9";
}

void append_valid(std::string& out, std::string_view text, bool keep_lines) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && is_continuation(text[end])) ++end;
    const std::string_view point = text.substr(at, end - at);
    at = end;
    const auto byte = static_cast<unsigned char>(point.front());
    const bool white = byte == '\n' || byte == '\t';
    if (white || byte == '\r' || is_separator(point)) {
      if (white && keep_lines) {
        out += point;
      } else {
        out += ' ';
      }
    } else if (byte < 0x20 || byte == 0x7F || is_hidden_control(point)) {
      out += kReplacement;
    } else {
      out += point;
    }
  }
}

std::string shown(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const std::size_t valid = parse::first_invalid_utf8(text);
    append_valid(out, text.substr(0, valid), keep_lines);
    if (valid == text.size()) return out;
    out += kReplacement;
    text.remove_prefix(valid + 1);
  }
}

}  // namespace

std::string printable(std::string_view text) {
  return shown(text, false);
}

std::string printable(std::string_view text, std::size_t most) {
  if (text.size() <= most) return printable(text);
  while (most > 0 && is_continuation(text[most])) --most;
  return printable(text.substr(0, most)).append(kEllipsis);
}

std::string printable_lines(std::string_view text) {
  return shown(text, true);
}

std::size_t columns(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string fitted(std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t has = columns(text);
  if (has <= most) return std::string(text).append(has < least ? least - has : 0, ' ');
  if (most == 0) return {};
  std::size_t bytes = 0;
  for (std::size_t points = 0; bytes < text.size(); ++bytes) {
    if (!is_continuation(text[bytes]) && points++ == most - 1) break;
  }
  return std::string(text.substr(0, bytes)).append(kEllipsis);
}

}  // namespace copydesk::terminal
