// SPDX-License-Identifier: Apache-2.0
// Words, numbers, abbreviations, contractions and hyphens: the tokens that start with a letter or digit.
#include <algorithm>
#include <array>

#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/lexicon.h"
#include "stages/tokenize/scanner.h"

namespace copydesk::tokenize {
namespace {

// Longer pieces are in no lexicon: not worth a hash, and hashing them again and again would not be linear.
constexpr std::uint32_t kLexiconMax = 12;

constexpr std::array<std::uint64_t, 6> kClitics{hash_lower("s"),  hash_lower("m"),  hash_lower("d"),
                                                hash_lower("re"), hash_lower("ve"), hash_lower("ll")};

/// Titles that are no words in small letters either.
bool is_courtesy_title(std::uint64_t hash) {
  return hash == hash_lower("mr") || hash == hash_lower("mrs") || hash == hash_lower("ms") || hash == hash_lower("dr");
}

bool is_curly_apostrophe(std::string_view text, std::size_t at) {
  return text.substr(at, 3) == "\xE2\x80\x99";
}

}  // namespace

std::uint32_t Scanner::skip_word_bytes(std::uint32_t i) const {
  while (i < size_) {
    const char c = text_[i];
    if (is_letter(c) || is_digit(c) || c == '_') {
      ++i;
    } else if (class_of(c) == ByteClass::kHigh) {
      const CodePoint high = code_point(i);
      if (kind_of(high.value) > CodePointKind::kNumber) break;
      i = std::min(i + high.size, size_);
    } else {
      break;
    }
  }
  return i;
}

std::uint32_t Scanner::word(std::uint32_t start, std::uint32_t from) {
  std::uint32_t i = from;
  for (;;) {
    i = skip_word_bytes(i);
    const char next = at(i + 1);
    std::uint32_t on = i;  // where the word goes on; i = it does not
    bool ended = false;
    switch (at(i)) {
      case '\'': on = apostrophe_in_word(start, i, 1, ended); break;
      case '\xE2':
        if (is_curly_apostrophe(text_, i)) on = apostrophe_in_word(start, i, 3, ended);
        break;
      case '.': on = period_in_word(start, i, ended); break;
      case '-': on = hyphen_in_word(start, i, ended); break;
      case '/': on = slash_in_word(start, i); break;
      case '@':
        on = address(start, i);
        ended = on != i;
        break;
      case ':':
        if (next == '/' && at(i + 2) == '/') {
          on = address(start, i);
          ended = on != i;
        } else if (is_digit(at(i - 1)) && is_digit(next) && is_digit(text_[start])) {
          on = i + 1;
        }
        break;
      case ',':
        if (is_digit(at(i - 1)) && is_digit(next) && is_digit(at(i + 2)) && is_digit(at(i + 3)) &&
            !is_digit(at(i + 4))) {
          on = i + 1;
        }
        break;
      case '&':
        if (is_upper(at(i - 1)) && is_upper(next)) on = i + 1;
        break;
      case '*': {
        std::uint32_t stars = i;
        while (at(stars) == '*') ++stars;
        if (is_letter(at(i - 1)) && (is_letter(at(stars)) || (i - start <= 2 && stars - i > 1))) on = stars;
        break;
      }
      case '$':
        if (i - start <= 3 && std::all_of(&text_[start], &text_[start] + (i - start), is_upper)) {
          emit(start, i + 1);
          return i + 1;
        }
        break;
      case '(':
        if (is_letter(at(i - 1))) {
          const std::uint32_t letters = next == 's' ? 1U : next == 'e' && at(i + 2) == 's' ? 2U : 0U;
          if (letters != 0 && at(i + 1 + letters) == ')') on = i + 2 + letters;
        }
        break;
      default: break;
    }
    if (ended) return on;
    if (on == i) return finish_word(start, i);
    i = on;
  }
}

/// Emits start..end, with a unit of measurement split off its number.
std::uint32_t Scanner::finish_word(std::uint32_t start, std::uint32_t end) {
  if (is_digit(text_[start]) && is_letter(at(end - 1))) {
    std::uint32_t unit = end;
    while (unit > start && end - unit <= kLexiconMax && is_letter(text_[unit - 1])) --unit;
    if (is_digit(text_[unit - 1]) && is_unit(hash_of(unit, end))) {
      emit(start, unit);
      emit(unit, end);
      return end;
    }
  }
  emit(start, end);
  return end;
}

std::uint32_t Scanner::apostrophe_in_word(std::uint32_t start, std::uint32_t i, std::uint32_t size, bool& ended) {
  const std::uint32_t after = i + size;
  if (!word_char_at(after)) return i;
  const std::uint32_t clitic = clitic_end(i, size);
  if (clitic != i) {
    if (is_digit(at(i - 1)) && at(i - 1) == '0' && to_lower(at(after)) == 's') return clitic;  // "1930's"
    ended = true;
    emit(start, i);
    emit(i, clitic, kClitic);
    return clitic;
  }
  const char n = at(i - 1);
  if (to_lower(at(after)) == 't' && !word_char_at(after + 1) && to_lower(n) == 'n') {
    ended = true;
    if (i - 1 > start) emit(start, i - 1);
    emit(i - 1, after + 1, i - 1 > start ? std::uint32_t{kClitic} : 0U);
    return after + 1;
  }
  if (i - start == 1 && to_lower(text_[start]) == 'y' &&
      hash_of(after, std::min(after + 3, size_)) == hash_lower("all") && !word_char_at(after + 3)) {
    ended = true;
    emit(start, after);
    emit(after, after + 3, kClitic);
    return after + 3;
  }
  return after;  // "O'Reilly", "d'état"
}

/// Where a clitic ends whose apostrophe (`size` bytes) stands at `i`: "'s", "’re". `i` where there is none.
std::uint32_t Scanner::clitic_end(std::uint32_t i, std::uint32_t size) const {
  const std::uint32_t after = i + size;
  std::uint32_t end = after;
  while (end - after < 3 && is_letter(at(end))) ++end;
  if (end == after || word_char_at(end)) return i;
  return std::find(kClitics.begin(), kClitics.end(), hash_of(after, end)) != kClitics.end() ? end : i;
}

/// The first byte after `i` that is not blank; '\0' at the end of the text or paragraph.
char Scanner::next_visible(std::uint32_t i) const {
  std::uint32_t breaks = 0;
  for (std::uint32_t size = blank_size(i); size != 0; size = blank_size(i)) {
    breaks += text_[i] == '\n' ? 1U : 0U;
    i += size;
  }
  return breaks > 1 || (breaks == 1 && wrap_width_ == 0) ? '\0' : at(i);
}

/// Bytes of the white space that starts at `i`: 0 where there is none.
std::uint32_t Scanner::blank_size(std::uint32_t i) const {
  if (i >= size_) return 0;
  if (class_of(text_[i]) != ByteClass::kHigh) return is_blank(text_[i]) ? 1 : 0;
  const CodePoint high = code_point(i);
  return kind_of(high.value) == CodePointKind::kSpace ? std::min(high.size, size_ - i) : 0;
}

std::uint32_t Scanner::period_in_word(std::uint32_t start, std::uint32_t i, bool& ended) {
  const char next = at(i + 1);
  const char last = at(i - 1);
  if (is_digit(last) && is_digit(next)) return i + 1;      // 3.5, 2.1.3
  const bool single = i - start == 1 || at(i - 2) == '.';  // one letter between periods
  if (single && is_letter(last)) {
    if (is_lower(last) && is_letter(next)) {  // a.b.vale@example.org
      const std::uint32_t end = address(start, i);
      if (end != i) {
        ended = true;
        return end;
      }
    }
    if (is_letter(next) && (at(i + 2) == '.' || !word_char_at(i + 2))) return i + 1;  // U.S
    if (i - start > 1 || (is_upper(last) && is_letter(next))) {                       // U.S. and J.Smith
      ended = true;
      emit(start, i + 1);
      boundary_after_last(i - start > 1 ? Boundary::Kind::kAbbreviation : Boundary::Kind::kInitial);
      return i + 1;
    }
  }
  if (word_char_at(i + 1)) {
    const std::uint32_t end = address(start, i);
    if (end != i) {
      ended = true;
      return end;
    }
    if (is_lower(next) || is_digit(next)) return i + 1;  // a file's name, a version
    if (i - start <= kLexiconMax && is_letter(next)) {   // Ph.D., M.Sc.
      std::uint32_t stop = i + 1;
      while (stop - i < 6 && is_letter(at(stop))) ++stop;
      if (abbreviation(hash_of(start, stop)) != Abbreviation::kNone) return stop;
    }
  }
  ended = true;
  return abbreviation_or_word(start, i);
}

/// A word before a period (at `i`) that nothing is glued to: with the period where it is an abbreviation.
std::uint32_t Scanner::abbreviation_or_word(std::uint32_t start, std::uint32_t i) {
  const auto with_period = [&](Boundary::Kind kind) {
    emit(start, i + 1);
    boundary_after_last(kind);
    return i + 1;
  };
  if (at(i + 1) == '.') return finish_word(start, i);  // an ellipsis
  const bool capital = is_upper(text_[start]);
  if (i - start == 1 && capital) {  // J. Smith, but not "and I." nor "Plan B." at the end
    const char visible = next_visible(i + 1);
    const bool initial = visible != '\0' && visible != '"' && visible != '\'' && visible != ')' &&
                         text_.substr(i + 1, 3) != "\xE2\x80\x9D" && blank_size(i + 1) != 0;
    const bool pronoun = text_[start] == 'I' && (before_ & kParagraphStart) == 0 && tokens_.size() != 0 &&
                         (tokens_.flags(tokens_.size() - 1) & kInitialUpper) == 0;
    if (at(i + 1) == ',' || at(i + 1) == ';' || at(i + 1) == '-' || (initial && !pronoun))
      return with_period(Boundary::Kind::kInitial);
    return finish_word(start, i);
  }
  if (is_digit(text_[start])) {  // the number of a list's item
    const bool item =
        (before_ & kParagraphStart) != 0 && i - start <= 4 && blank_size(i + 1) != 0 && next_visible(i + 1) != '\0';
    return item && is_digit(at(i - 1)) ? with_period(Boundary::Kind::kTitle) : finish_word(start, i);
  }
  if (i - start > kLexiconMax) return finish_word(start, i);
  const Abbreviation kind = abbreviation(hash_of(start, i));
  if (kind == Abbreviation::kNone) {
    // "Cal., they": no sentence ends there, so it is an abbreviation.
    const bool goes_on = (at(i + 1) == ',' || at(i + 1) == ';') && capital && i - start <= 5;
    return goes_on ? with_period(Boundary::Kind::kTitle) : finish_word(start, i);
  }
  const char visible = next_visible(i + 1);
  switch (kind) {
    case Abbreviation::kNone: break;
    case Abbreviation::kTitle:
      if (capital || is_courtesy_title(hash_of(start, i))) {
        return with_period(visible == '\0' ? Boundary::Kind::kAbbreviation : Boundary::Kind::kTitle);
      }
      break;
    case Abbreviation::kMonth:
      if (capital) return with_period(Boundary::Kind::kAbbreviation);
      break;
    case Abbreviation::kPlain:
      if (capital) return with_period(Boundary::Kind::kAbbreviation);
      break;
    case Abbreviation::kAnyCase: return with_period(Boundary::Kind::kAbbreviation);
    case Abbreviation::kNumbered:
      if (is_digit(visible) || visible == '#') return with_period(Boundary::Kind::kTitle);
      // (b. March 2009)
      if (i - start == 1 && start > 0 && text_[start - 1] == '(' && is_upper(visible)) {
        return with_period(Boundary::Kind::kTitle);
      }
      if (to_lower(text_[start]) == 'v' && is_upper(visible)) return with_period(Boundary::Kind::kTitle);
      break;
    case Abbreviation::kAmbiguous: {
      const bool after_comma = tokens_.size() != 0 && (before_ & kParagraphStart) == 0 && [&] {
        const char c = text_[tokens_.span(tokens_.size() - 1).begin];
        return c == ',' || (c == '-' && (before_ & kSpaceBefore) == 0);
      }();
      if (capital && visible != '\0' &&
          (after_comma || is_lower(visible) || is_digit(visible) || visible == ',' || visible == ')' ||
           visible == ';')) {
        return with_period(Boundary::Kind::kAbbreviation);
      }
      break;
    }
  }
  return finish_word(start, i);
}

bool Scanner::is_phone_number(std::uint32_t start, std::uint32_t& end) const {
  // 555-0100, 212-555-0100, 1-212-555-0100: groups of 3, the last of 4 digits.
  std::uint32_t i = start;
  if (at(i) == '+') ++i;
  if (is_digit(at(i)) && at(i + 1) == '-') i += 2;
  for (int groups = 0; groups < 3; ++groups) {
    std::uint32_t digits = 0;
    while (digits < 5 && is_digit(at(i + digits))) ++digits;
    if (digits == 4 && groups > 0 && !word_char_at(i + 4)) {
      end = i + 4;
      return true;
    }
    if (digits != 3 || at(i + 3) != '-') return false;
    i += 4;
  }
  return false;
}

std::uint32_t Scanner::hyphen_in_word(std::uint32_t start, std::uint32_t i, bool& ended) {
  const std::uint32_t length = i - start;
  if (!word_char_at(i + 1)) {
    if (!is_blank(at(i + 1)) || length > kLexiconMax) return i;
    // A word broken off ("Sto- Stodden") or a prefix left alone ("pre- and post-war") keeps its hyphen.
    std::uint32_t next = i + 1;
    while (next < i + 4 && at(next) == ' ') ++next;
    const bool broken_off =
        next + length <= size_ && hash_of(start, i) == hash_of(next, next + length) && is_letter(at(next + length));
    if (!broken_off && !is_prefix(hash_of(start, i))) return i;
    ended = true;
    emit(start, i + 1);
    return i + 1;
  }
  if (is_digit(text_[start]) || text_[start] == '+') {
    std::uint32_t end = i;
    if (is_phone_number(start, end)) {
      ended = true;
      emit(start, end);
      return end;
    }
    if (text_[start] == '+' && is_digit(at(i + 1))) return i + 1;
  }
  const std::uint32_t end = address(start, i);
  if (end != i) {
    ended = true;
    return end;
  }
  if (length <= kLexiconMax && is_letter(text_[start])) {
    const bool inside_compound = start > 0 && text_[start - 1] == '-' && (before_ & kSpaceBefore) == 0;
    if (!inside_compound && is_prefix(hash_of(start, i)) && (length > 1 || is_letter(at(i + 1)))) return i + 1;
    std::uint32_t stop = i + 1;
    while (stop - i < kLexiconMax && is_letter(at(stop))) ++stop;
    if (!word_char_at(stop) && at(stop) != '-' && is_suffix(hash_of(i + 1, stop))) return stop;
  }
  return i;
}

std::uint32_t Scanner::slash_in_word(std::uint32_t start, std::uint32_t i) const {
  if (is_digit(at(i - 1)) && is_digit(at(i + 1))) return i + 1;  // 9/11, 1/2
  if (i - start > 2 || !is_letter(at(i + 1))) return i;
  std::uint32_t stop = i + 1;
  while (stop - i < 6 && is_letter(at(stop))) ++stop;
  return !word_char_at(stop) && is_slash_word(hash_of(start, stop)) ? stop : i;
}

}  // namespace copydesk::tokenize
