// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/quotation_marks.h"

#include <algorithm>
#include <cstddef>

namespace copydesk::syntax {
namespace {

/// How far a single quotation may reach, in tokens: beyond it, an apostrophe is the likelier reading.
constexpr std::uint32_t kMaxSingleTokens = 90;

bool is_space_or(std::string_view text, std::size_t at, std::string_view set) {
  if (at >= text.size()) return true;
  const char c = text[at];
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || set.find(c) != std::string_view::npos;
}

/// True where the bytes before `at` end in white space (ASCII or no-break), a dash or an opening bracket.
bool free_on_left(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  if (is_space_or(text, at - 1, "([{-/")) return true;
  const std::string_view before = text.substr(0, at);
  return before.ends_with("\xC2\xA0") || before.ends_with("\xE2\x80\x94") || before.ends_with("\xE2\x80\x93");
}

bool free_on_right(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  if (is_space_or(text, at, ")]}.,;:!?-/")) return true;
  const std::string_view after = text.substr(at, 3);
  return after.starts_with("\xC2\xA0") || after == "\xE2\x80\x94" || after == "\xE2\x80\x93";
}

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

bool is_word_byte(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[at]);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

}  // namespace

QuotationMarks::Mark QuotationMarks::mark_at(const tokenize::Tokens& tokens, std::string_view text,
                                             std::uint32_t token) {
  if ((tokens.flags[token] & (tokenize::kOpenQuote | tokenize::kCloseQuote | tokenize::kPunctuation)) == 0)
    return Mark::kNone;
  const std::string_view word = tokens.text(text, token);
  if (word == "\xE2\x80\x9C" || word == "\xC2\xAB" || word == "\xE2\x80\x9E") return Mark::kOpen;
  if (word == "\xE2\x80\x9D" || word == "\xC2\xBB") return Mark::kClose;
  if (word == "\"" || word == "''" || word == "``" || word == "\xEF\xBC\x82") return Mark::kEither;
  if (word == "\xE2\x80\x98") return Mark::kSingleOpen;
  if (word == "\xE2\x80\x99") return Mark::kSingleClose;
  if (word == "'" || word == "`") return Mark::kSingleEither;
  return Mark::kNone;
}

void QuotationMarks::find(const tokenize::Tokens& tokens, std::string_view text, std::vector<Region>& regions) {
  regions.clear();
  const auto count = static_cast<std::uint32_t>(tokens.size());
  std::uint32_t begin = 0;
  while (begin < count) {
    std::uint32_t end = begin + 1;
    while (end < count && !tokens.has(end, tokenize::kParagraphStart)) ++end;
    const std::size_t before = regions.size();
    paragraph(tokens, text, {begin, end}, regions);
    if (before > 0 && before < regions.size()) {
      Region& last = regions[before - 1];
      Region& first = regions[before];
      if (!last.closed && last.tokens.end == begin && first.tokens.begin == begin) {
        last.continued = true;
        first.continuation = true;
      }
    }
    begin = end;
  }
}

void QuotationMarks::paragraph(const tokenize::Tokens& tokens, std::string_view text, TokenRange range,
                               std::vector<Region>& regions) {
  constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
  std::uint32_t open = kNowhere;
  bool straight = false;                   // the open mark is one of those that open and close
  bool inner = false;                      // a curly mark is open within it
  std::uint32_t last_straight = kNowhere;  // of the paragraph; looked for once, where it matters
  const auto finish = [&](std::uint32_t end, bool closed) {
    regions.push_back({{open, end}, closed, false, false, false});
    open = kNowhere;
  };
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    Mark mark = mark_at(tokens, text, token);
    if (mark == Mark::kNone) continue;
    const Span span = tokens.spans[token];
    if (mark == Mark::kEither) {
      const bool left = free_on_left(text, span.begin);
      const bool right = free_on_right(text, span.end);
      if (left != right) {
        mark = left ? Mark::kOpen : Mark::kClose;
      } else {
        mark = open == kNowhere ? Mark::kOpen : Mark::kClose;
      }
      if (open == kNowhere && span.begin > 0 && is_digit(text, span.begin - 1)) continue;  // 12" is a length
    }
    // "He said: “It holds.” We know.": curly marks within straight ones are those of a quotation inside.
    if (straight && open != kNowhere && mark_at(tokens, text, token) == mark) {
      if (mark == Mark::kClose && inner) {
        inner = false;
        continue;
      }
      if (mark == Mark::kOpen && token > open + 1) {
        if (last_straight == kNowhere) {
          last_straight = range.end;
          while (mark_at(tokens, text, last_straight - 1) != Mark::kEither) --last_straight;
        }
        inner = last_straight > token;
        if (inner) continue;
      }
    }
    // A mark turned the wrong way: ”It is, or … future.“
    if (mark == Mark::kClose && open == kNowhere && free_on_left(text, span.begin) &&
        (is_word_byte(text, span.end) || token == range.begin)) {
      mark = Mark::kOpen;
    } else if (mark == Mark::kOpen && open != kNowhere && !free_on_left(text, span.begin) &&
               free_on_right(text, span.end)) {
      mark = Mark::kClose;
    }
    switch (mark) {
      case Mark::kOpen:
        if (open != kNowhere) finish(token, false);
        open = token;
        straight = mark_at(tokens, text, token) == Mark::kEither;
        inner = false;
        break;
      case Mark::kClose:
        if (open != kNowhere) finish(token + 1, true);
        break;
      case Mark::kSingleOpen:
      case Mark::kSingleEither:
        if (open == kNowhere && free_on_left(text, span.begin) && is_word_byte(text, span.end)) {
          const std::uint32_t close = closing_single(tokens, text, token, range.end);
          if (close != kNowhere) {
            regions.push_back({{token, close + 1}, true, false, false, true});
            token = close;
          }
        }
        break;
      default: break;
    }
  }
  if (open != kNowhere) finish(range.end, false);
}

std::uint32_t QuotationMarks::closing_single(const tokenize::Tokens& tokens, std::string_view text, std::uint32_t open,
                                             std::uint32_t end) {
  constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
  const bool curly = tokens.text(text, open) == "\xE2\x80\x98";
  const std::uint32_t limit = std::min(end, open + kMaxSingleTokens);
  std::uint32_t possessive = kNowhere;
  for (std::uint32_t token = open + 1; token < limit; ++token) {
    const Mark mark = mark_at(tokens, text, token);
    if (mark == Mark::kOpen || mark == Mark::kClose || mark == Mark::kEither) break;
    if (mark == Mark::kSingleOpen && curly) break;
    if (mark != (curly ? Mark::kSingleClose : Mark::kSingleEither)) continue;
    const Span span = tokens.spans[token];
    if (span.begin == tokens.spans[open].end || is_word_byte(text, span.end)) continue;
    if (!curly && free_on_left(text, span.begin)) continue;
    // "the workers' pay": an s before it and a space after it, as long as another mark can close.
    if (text[span.begin - 1] == 's' && span.end < text.size() && text[span.end] == ' ') {
      if (possessive == kNowhere) possessive = token;
      continue;
    }
    return token;
  }
  return possessive;
}

}  // namespace copydesk::syntax
