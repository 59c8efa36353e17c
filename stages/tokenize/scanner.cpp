// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/scanner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/token_form.h"

namespace copydesk::tokenize {
namespace {

// Newswire that came over a terminal is wrapped at 60 to 80 columns; longer lines are whole paragraphs.
constexpr std::uint32_t kWrapMin = 50;
constexpr std::uint32_t kWrapMax = 100;

/// The longest line's bytes where the text looks wrapped by hand, else 0. Ends at the first long line.
std::uint32_t wrap_width(std::string_view text) {
  std::size_t longest = 0;
  std::size_t lines = 0;
  for (std::size_t from = 0; from < text.size(); ++lines) {
    const void* found = std::memchr(text.data() + from, '\n', std::min<std::size_t>(text.size() - from, kWrapMax + 1));
    if (found == nullptr && text.size() - from > kWrapMax) return 0;
    const std::size_t end =
        found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    longest = std::max(longest, end - from);
    from = end + 1;
  }
  return lines > 2 && longest >= kWrapMin ? static_cast<std::uint32_t>(longest) : 0;
}

constexpr std::uint64_t word_block(std::string_view word) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < word.size(); ++i) bytes |= std::uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
  return bytes;
}
struct Contraction {
  std::uint64_t word;
  std::uint32_t cut;
};
// Two words written as one (English Web Treebank): "can|not", "gon|na".
constexpr std::array<Contraction, 7> kContractions{{{word_block("cannot"), 3},
                                                    {word_block("gonna"), 3},
                                                    {word_block("wanna"), 3},
                                                    {word_block("gotta"), 3},
                                                    {word_block("gimme"), 3},
                                                    {word_block("lemme"), 3},
                                                    {word_block("dunno"), 2}}};

/// Hash and flags of every one-byte token.
struct ByteToken {
  std::uint64_t hash;
  std::uint32_t flags;
};
constexpr auto kByteTokens = [] {
  std::array<ByteToken, 128> tokens{};
  for (unsigned c = 0; c < 128; ++c) {
    const char byte = static_cast<char>(c);
    tokens[c].hash = hash_lower(std::string_view(&byte, 1));
    tokens[c].flags = is_upper(byte)   ? kInitialUpper | kAllUpper
                      : is_lower(byte) ? std::uint32_t{kHasLower}
                      : is_digit(byte) ? kHasDigit | kNumeric
                                       : std::uint32_t{kPunctuation};
  }
  return tokens;
}();

}  // namespace

Scanner::Scanner(std::string_view text, TokenColumns& tokens, std::vector<Boundary>& boundaries)
    : text_(text),
      size_(static_cast<std::uint32_t>(text.size())),
      tokens_(tokens),
      boundaries_(boundaries),
      wrap_width_(wrap_width(text)) {}

bool Scanner::run(std::uint32_t until) {
  until = std::min(until, size_);
  std::uint32_t i = at_;
  while (i < until) {
    const char c = text_[i];
    switch (class_of(c)) {
      case ByteClass::kSpace:
        if (c == ' ' && i + 1 < size_ && is_letter(text_[i + 1])) [[likely]] {
          before_ |= kSpaceBefore;
          i = letters(i + 1);
        } else {
          i = blanks(i);
        }
        break;
      case ByteClass::kLineBreak: i = blanks(i); break;
      case ByteClass::kLetter: i = letters(i); break;
      case ByteClass::kDigit: i = word(i, i); break;
      case ByteClass::kSingle: {
        const ByteToken& token = kByteTokens[static_cast<unsigned char>(c)];
        emit_prepared(i, i + 1, token.flags, token.hash);
        ++i;
        break;
      }
      case ByteClass::kSemicolon:
        emit(i, i + 1);
        boundary_after_last(Boundary::Kind::kSemicolon);
        ++i;
        break;
      case ByteClass::kRepeated: i = repeated(i); break;
      case ByteClass::kTerminal: i = terminal(i); break;
      case ByteClass::kPeriod: i = dots(i); break;
      case ByteClass::kQuote:
        emit(i, i + 1, quote_sides(i, i + 1));
        ++i;
        break;
      case ByteClass::kApostrophe: i = apostrophe(i, 1); break;
      case ByteClass::kBacktick: {
        const std::uint32_t end = at(i + 1) == '`' ? i + 2 : i + 1;
        emit(i, end, kOpenQuote);
        i = end;
        break;
      }
      case ByteClass::kColon: i = colon(i); break;
      case ByteClass::kHash:
      case ByteClass::kAt:
      case ByteClass::kPlus:
      case ByteClass::kDollar:
      case ByteClass::kAmpersand: i = sign(i); break;
      case ByteClass::kHigh: i = high(i); break;
    }
  }
  at_ = i;
  return i < size_;
}

/// A run of ASCII letters that starts at `start`: nearly always the whole token.
std::uint32_t Scanner::letters(std::uint32_t start) {
  std::uint64_t hash = hash_detail::kSeed;
  std::uint64_t small = 0;
  std::uint64_t bytes = 0;
  std::uint64_t lowered = 0;
  std::uint32_t end = start;
  unsigned count = 0;
  bool initial = false;
  for (;;) {
    bytes = block::load(text_, end);
    const std::uint64_t letter_bits = block::letters(bytes);
    count = static_cast<unsigned>(std::countr_zero(~letter_bits & block::kHigh)) >> 3U;
    const std::uint64_t mask = block::low_bytes(count);
    const std::uint64_t capital_bits = block::capitals(bytes, letter_bits) & mask;
    small |= letter_bits & mask & ~capital_bits;
    lowered = block::lowered(bytes, capital_bits) & mask;
    if (end == start) initial = (capital_bits & 0x80U) != 0;
    if (count != 0) hash = hash_detail::step(hash, lowered);
    end += count;
    if (count < 8) break;
  }
  const auto next = static_cast<unsigned char>(bytes >> (8 * count));
  if (!kEndsWord[next]) {
    if (next != '.' || !is_blank(at(end + 1)) || end - start < 2) return word(start, end);
    return abbreviation_or_word(start, end);
  }
  const std::uint32_t length = end - start;
  if (length == 5 || length == 6) {
    for (const Contraction& contraction : kContractions) {
      if (lowered == contraction.word) {
        emit_contraction(start, start + contraction.cut, end);
        return end;
      }
    }
  }
  const std::uint32_t flags =
      flag_if(initial, kInitialUpper) | flag_if(small == 0, kAllUpper) | flag_if(small != 0, kHasLower);
  emit_prepared(start, end, flags, hash_detail::finish(hash));
  return end;
}

std::uint32_t Scanner::blanks(std::uint32_t start) {
  std::uint32_t i = start;
  std::uint32_t breaks = 0;
  std::uint32_t line = line_start_;
  std::uint32_t first_break = start;
  for (; i < size_; ++i) {
    const char c = text_[i];
    const ByteClass kind = class_of(c);
    if (kind == ByteClass::kLineBreak) {
      if (c == '\r' && at(i + 1) == '\n') continue;
      if (breaks == 0) first_break = i;
      ++breaks;
      line = i + 1;
    } else if (kind != ByteClass::kSpace) {
      break;
    }
  }
  if (breaks > 1 || (breaks == 1 && i < size_ && !(line == i && soft_line_break(first_break, i)))) {
    before_ |= kParagraphStart;
  }
  line_start_ = line;
  before_ |= kSpaceBefore;
  return i;
}

/// True where the line that ends at `at` was broken only since the next word, at `next`, did not fit on it.
bool Scanner::soft_line_break(std::uint32_t at, std::uint32_t next) const {
  if (wrap_width_ == 0) return false;
  std::uint32_t end = next;
  while (end < size_ && !is_blank(text_[end]) && end - next <= wrap_width_) ++end;
  return at - line_start_ + 1 + (end - next) > wrap_width_;
}

/// Whether quotation marks opens or closes, by what stands beside it.
std::uint32_t Scanner::quote_sides(std::uint32_t begin, std::uint32_t end) const {
  const auto loose_before = [&] {
    if (begin == 0) return true;
    const char c = text_[begin - 1];
    return is_blank(c) || c == '(' || c == '[' || c == '{' || c == '-' || c == '`';
  };
  const auto loose_after = [&] {
    const char c = at(end);
    return c == '\0' || is_blank(c) || std::string_view(".,;:!?)]}-").find(c) != std::string_view::npos;
  };
  const bool before = loose_before();
  const bool after = loose_after();
  if (before && !after) return kOpenQuote;
  if (after && !before) return kCloseQuote;
  return kOpenQuote | kCloseQuote;
}

/// ! and ? and mixtures of both.
std::uint32_t Scanner::terminal(std::uint32_t start) {
  std::uint32_t end = start + 1;
  while (at(end) == '!' || at(end) == '?') ++end;
  emit(start, end);
  boundary_after_last(Boundary::Kind::kTerminal);
  return end;
}

/// One full stop, an ellipsis, or the point of ".5".
std::uint32_t Scanner::dots(std::uint32_t start) {
  std::uint32_t end = start + 1;
  while (at(end) == '.') ++end;
  if (end == start + 1 && is_digit(at(end)) && (start == 0 || !word_char_at(start - 1))) return word(start, end);
  emit(start, end);
  boundary_after_last(Boundary::Kind::kTerminal);
  return end;
}

/// An apostrophe (' or ’, `size` bytes) that follows no word: a quotation mark, or the start of "'em", "’90s".
std::uint32_t Scanner::apostrophe(std::uint32_t start, std::uint32_t size) {
  std::uint32_t i = start + size;
  if (size == 1 && at(i) == '\'') {
    emit(start, start + 2, quote_sides(start, start + 2));
    return start + 2;
  }
  const bool glued = start != 0 && (before_ & kSpaceBefore) == 0;
  if (glued) {
    const std::uint32_t clitic = clitic_end(start, size);
    if (clitic != start) {
      emit(start, clitic, kClitic);
      return clitic;
    }
  }
  const bool loose = !glued || class_of(text_[start - 1]) != ByteClass::kLetter;
  if (loose && is_digit(at(i)) && is_digit(at(i + 1)) && !is_digit(at(i + 2))) {
    i += 2;
    if (at(i) == 's') ++i;
    if (!word_char_at(i) && quote_sides(start, start + size) == kOpenQuote && at(i) != '\'') {
      emit(start, i);
      return i;
    }
  } else if (loose && is_letter(at(i))) {
    std::uint32_t end = i;
    while (end - i < 6 && is_letter(at(end))) ++end;
    const std::string_view word = text_.substr(i, end - i);
    static constexpr std::array<std::uint64_t, 6> kElided{hash_lower("em"),   hash_lower("til"),   hash_lower("cause"),
                                                          hash_lower("bout"), hash_lower("round"), hash_lower("cuz")};
    if (!word_char_at(end) && std::find(kElided.begin(), kElided.end(), hash_lower(word)) != kElided.end() &&
        at(end) != '\'') {
      emit(start, end);
      return end;
    }
    static constexpr std::array<std::uint64_t, 2> kItIs{hash_lower("tis"), hash_lower("twas")};
    if (!word_char_at(end) && std::find(kItIs.begin(), kItIs.end(), hash_lower(word)) != kItIs.end()) {
      emit(start, i + 1);
      emit(i + 1, end, kClitic);
      return end;
    }
  }
  const std::uint32_t sides = quote_sides(start, start + size);
  emit(start, start + size, size == 1 ? sides : std::uint32_t{kCloseQuote});
  return start + size;
}

/// A colon, or an emoticon: ":)", ":-(".
std::uint32_t Scanner::colon(std::uint32_t start) {
  std::uint32_t end = start + 1;
  if (start == 0 || is_blank(text_[start - 1])) {
    std::uint32_t mouth = start + 1;
    if (at(mouth) == '-') ++mouth;
    const char c = at(mouth);
    if ((c == ')' || c == '(' || c == 'D' || c == 'P' || c == '/') &&
        (at(mouth + 1) == '\0' || is_blank(at(mouth + 1)))) {
      end = mouth + 1;
    }
  }
  emit(start, end);
  if (end > start + 1) boundary_after_last(Boundary::Kind::kTerminal);
  return end;
}

/// # @ + $ &: a token of its own, or the start of "#topic", "@name", "+44…".
std::uint32_t Scanner::sign(std::uint32_t start) {
  const char c = text_[start];
  const bool loose = start == 0 || !word_char_at(start - 1);
  if (c == '&') {  // an HTML entity that nobody decoded stays together
    std::uint32_t end = start + 1;
    while (end - start < 8 && is_letter(at(end))) ++end;
    if (at(end) == ';' && end > start + 1 && loose) {
      emit(start, end + 1);
      return end + 1;
    }
  }
  if (loose && (c == '#' || c == '@') && (is_letter(at(start + 1)) || at(start + 1) == '_')) {
    const std::uint32_t end = skip_word_bytes(start + 1);
    emit(start, end);
    return end;
  }
  if (loose && c == '+' && is_digit(at(start + 1))) return word(start, start + 1);
  std::uint32_t end = start + 1;
  if (c == '#' || c == '+') {
    while (at(end) == c) ++end;
  }
  emit(start, end);
  return end;
}

std::uint32_t Scanner::repeated(std::uint32_t start) {
  std::uint32_t end = start + 1;
  if (text_[start] == '_' && word_char_at(end)) return word(start, end);
  while (at(end) == text_[start]) ++end;
  emit(start, end);
  return end;
}

/// Any character beyond ASCII that starts a token.
std::uint32_t Scanner::high(std::uint32_t start) {
  const CodePoint c = code_point(start);
  const std::uint32_t end = std::min(start + c.size, size_);
  switch (kind_of(c.value)) {
    case CodePointKind::kLetter:
    case CodePointKind::kLower:
    case CodePointKind::kUpper:
    case CodePointKind::kNumber: return word(start, end);
    case CodePointKind::kSpace:
      before_ |= kSpaceBefore;
      if (c.value == 0x2028 || c.value == 0x2029 || c.value == 0x85) before_ |= kParagraphStart;
      return end;
    case CodePointKind::kSymbol: return symbol(start);
    case CodePointKind::kPunct: break;
  }
  switch (c.value) {
    case 0x2019: return apostrophe(start, 3);
    case 0x2018:
      if (is_digit(at(end)) || is_letter(at(end))) {
        const std::uint32_t before = tokens_.size();
        const std::uint32_t next = apostrophe(start, 3);
        if (next != end || tokens_.size() != before + 1) return next;
        tokens_.replace_last_flags(kCloseQuote, kOpenQuote);
        return next;
      }
      emit(start, end, kOpenQuote);
      return end;
    case 0x201C:
    case 0x201E:
    case 0x201A:
    case 0xAB:
    case 0x2039: emit(start, end, kOpenQuote); return end;
    case 0x201D:
    case 0xBB:
    case 0x203A: emit(start, end, kCloseQuote); return end;
    case 0x2026: {  // … and dots after it
      std::uint32_t stop = end;
      while (at(stop) == '.') ++stop;
      emit(start, stop);
      boundary_after_last(Boundary::Kind::kTerminal);
      return stop;
    }
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0x06D4:
    case 0x061F:
    case 0x0964:
      emit(start, end);
      boundary_after_last(Boundary::Kind::kTerminal);
      return end;
    default: emit(start, end); return end;
  }
}

/// A symbol or emoji with its joiners, variation selectors and skin tones; two regional indicators are one flag.
std::uint32_t Scanner::symbol(std::uint32_t start) {
  CodePoint c = code_point(start);
  const auto regional = [](char32_t value) { return value >= 0x1F1E6 && value <= 0x1F1FF; };
  std::uint32_t end = std::min(start + c.size, size_);
  bool flag = regional(c.value);
  while (end < size_ && class_of(text_[end]) == ByteClass::kHigh) {
    c = code_point(end);
    const bool modifier = (c.value >= 0xFE00 && c.value <= 0xFE0F) || (c.value >= 0x1F3FB && c.value <= 0x1F3FF) ||
                          c.value == 0x20E3 || (c.value >= 0xE0020 && c.value <= 0xE007F);
    if (c.value == 0x200D) {  // joins the next symbol
      end = std::min(end + c.size, size_);
      if (end < size_ && class_of(text_[end]) == ByteClass::kHigh &&
          kind_of(code_point(end).value) == CodePointKind::kSymbol) {
        end = std::min(end + code_point(end).size, size_);
      }
    } else if (modifier || (flag && regional(c.value))) {
      flag = false;
      end = std::min(end + c.size, size_);
    } else {
      break;
    }
  }
  emit(start, end);
  return end;
}

/// One token of any bytes: works out its hash and flags.
void Scanner::emit(std::uint32_t begin, std::uint32_t end, std::uint32_t flags) {
  if (end - begin == 1 && class_of(text_[begin]) != ByteClass::kHigh) {
    const ByteToken& token = kByteTokens[static_cast<unsigned char>(text_[begin])];
    emit_prepared(begin, end, token.flags | flags, token.hash);
    return;
  }
  const TokenForm form = token_form(text_, begin, end);
  emit_prepared(begin, end, flags | form.flags, form.lower_hash);
}

bool Scanner::word_char_at(std::uint32_t i) const noexcept {
  if (i >= size_) return false;
  // Inside a character beyond ASCII: go back to its first byte.
  while (i > 0 && (static_cast<unsigned char>(text_[i]) & 0xC0U) == 0x80U) --i;
  const char c = text_[i];
  if (class_of(c) != ByteClass::kHigh) return is_letter(c) || is_digit(c) || c == '_';
  return kind_of(code_point(i).value) <= CodePointKind::kNumber;
}

std::uint64_t Scanner::hash_of(std::uint32_t begin, std::uint32_t end) const noexcept {
  return hash_lower(text_.substr(begin, end - begin));
}

}  // namespace copydesk::tokenize
