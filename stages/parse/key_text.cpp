// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/key_text.h"

#include <xxhash.h>

#include "stages/parse/utf8_check.h"

namespace copydesk::parse {
namespace {

void append_hex(std::string& out, std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xFU];
  }
}

/// U+0000 to U+001F but for tab and the ends of lines, U+007F to U+009F. `text` is UTF-8.
[[nodiscard]] bool has_control(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) return true;
    if (byte == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

bool is_text(std::string_view key) noexcept {
  return !check_utf8(key) && !has_control(key);
}

std::string key_text(std::string_view key) {
  if (is_text(key)) return std::string(key);
  std::string text = "key:";
  if (key.size() <= kLongestKeyInHex) {
    append_hex(text, key);
    return text;
  }
  append_hex(text, key.substr(0, kLongestKeyInHex / 2));
  text += '-';
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits(key.data(), key.size()));
  append_hex(text, {reinterpret_cast<const char*>(hash.digest), sizeof hash.digest});
  return text;
}

}  // namespace copydesk::parse
