// SPDX-License-Identifier: Apache-2.0
// Addresses of the Internet: URLs, names of hosts, e-mail.
#include <algorithm>

#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/lexicon.h"
#include "stages/tokenize/scanner.h"

namespace copydesk::tokenize {
namespace {

bool in_local_part(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
bool in_host(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-';
}

}  // namespace

/// Where the rest of a URL ends that goes on at `i`: before blanks, quotation marks, angle brackets, and without the
/// punctuation of the sentence around it.
std::uint32_t Scanner::end_of_path(std::uint32_t i) const {
  std::uint32_t end = i;
  int open = 0;
  while (end < size_) {
    const char c = text_[end];
    if (is_blank(c) || c == '"' || c == '<' || c == '>' || c == '`') break;
    if (class_of(c) == ByteClass::kHigh) {
      const CodePoint high = code_point(end);
      const CodePointKind kind = kind_of(high.value);
      if (kind == CodePointKind::kSpace || kind == CodePointKind::kPunct) break;
      end = std::min(end + high.size, size_);
      continue;
    }
    if (c == '(') ++open;
    if (c == ')' && --open < 0) break;
    ++end;
  }
  const auto trailing = [](char c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'' || c == ']' || c == '}' ||
           c == '*';
  };
  while (end > i && trailing(text_[end - 1])) --end;
  return end;
}

/// Emits the address that starts at `start` and whose first sign, at `i`, makes it one; returns its end, or `i`
/// where there is none.
std::uint32_t Scanner::address(std::uint32_t start, std::uint32_t i) {
  if (at(i) == ':') {  // scheme://
    if (i - start > 10 || is_blank(at(i + 3))) return i;
    const std::uint32_t end = end_of_path(i + 3);
    if (end == i + 3) return i;
    emit(start, end);
    return end;
  }
  if (start < no_address_) return i;
  std::uint32_t local = i;
  while (local < size_ && in_local_part(text_[local])) ++local;
  std::uint32_t host = start;
  const bool mail = at(local) == '@' && local > start && (is_letter(at(local + 1)) || is_digit(at(local + 1)));
  if (mail) host = local + 1;
  std::uint32_t end = host;
  std::uint32_t dot = host;
  while (end < size_ && in_host(text_[end])) ++end;
  no_address_ = end > local ? end : local;
  while (end > host && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
  for (std::uint32_t k = host; k < end; ++k) {
    if (text_[k] == '.') dot = k;
  }
  if (dot == host || end <= i) return i;
  const std::string_view prefix = text_.substr(host, 4);
  const bool www = prefix == "www." || prefix == "WWW.";
  if (!mail && !www) {
    const std::uint32_t last = end - dot - 1;
    if (last > 8 || dot - host < 2 || !is_top_level_domain(hash_of(dot + 1, end)) || !is_letter(text_[dot - 1]))
      return i;
    // "end.It was": a full stop without a blank.
    if (is_upper(text_[dot + 1]) && !is_upper(text_[dot - 1])) return i;
  }
  if (word_char_at(end)) return i;
  if (!mail) {
    std::uint32_t path = end;
    if (at(path) == ':' && is_digit(at(path + 1))) {
      ++path;
      while (is_digit(at(path))) ++path;
      end = path;
    }
    if (at(path) == '/' || at(path) == '?' || at(path) == '#') end = end_of_path(path);
  }
  emit(start, end);
  return end;
}

}  // namespace copydesk::tokenize
