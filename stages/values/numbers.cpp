// SPDX-License-Identifier: Apache-2.0
#include "stages/values/numbers.h"

#include <array>
#include <charconv>
#include <cmath>

namespace copydesk::values {
namespace {

constexpr std::uint32_t kLongestNumber = 16;  ///< tokens; "nine hundred and ninety-nine thousand …" has 12

[[nodiscard]] bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// ½ and its like at the end of a token.
[[nodiscard]] double vulgar_fraction(std::string_view& token) noexcept {
  struct Sign {
    std::string_view text;
    double value;
  };
  static constexpr auto kSigns = std::to_array<Sign>({{"\u00BD", 0.5},
                                                      {"\u00BC", 0.25},
                                                      {"\u00BE", 0.75},
                                                      {"\u2153", 1.0 / 3},
                                                      {"\u2154", 2.0 / 3},
                                                      {"\u215B", 0.125}});
  for (const Sign& sign : kSigns) {
    if (token.ends_with(sign.text)) {
      token.remove_suffix(sign.text.size());
      return sign.value;
    }
  }
  return 0;
}

/// "m" after a sum of money; 0 where it is no scale.
[[nodiscard]] double letter_scale(std::string_view token) noexcept {
  if (token == "m" || token == "M") return 1e6;
  if (token == "b" || token == "B") return 1e9;
  if (token == "k" || token == "K") return 1e3;
  if (token == "t" || token == "T") return 1e12;
  return 0;
}

/// A token of figures with the letter glued to it: "26m", "5k".
[[nodiscard]] std::optional<double> scaled_figures(std::string_view token) noexcept {
  if (token.size() < 2 || !is_digit(token.front())) return std::nullopt;
  const double scale = letter_scale(token.substr(token.size() - 1));
  const auto value = figures_value(token.substr(0, token.size() - 1));
  if (scale == 0 || !value) return std::nullopt;
  return *value * scale;
}

/// "1/2" after a whole number.
[[nodiscard]] bool is_simple_fraction(std::string_view token) noexcept {
  return token.size() == 3 && is_digit(token[0]) && token[1] == '/' && is_digit(token[2]) && token[0] < token[2];
}

[[nodiscard]] bool may_join(const Words& words, std::uint32_t i) {
  return words.hyphen(i) && words.glued(i);
}

/// After the hyphens and blanks that may stand inside a number: the next token that may go on.
[[nodiscard]] std::uint32_t past_hyphen(const Words& words, std::uint32_t i) {
  return may_join(words, i) && words.glued(i + 1) ? i + 1 : i;
}

/// "thousand", "million" after `number`, several where they follow ("hundred thousand").
void read_scales(const Words& words, Number& number, bool money) {
  for (;;) {
    const std::uint32_t next = past_hyphen(words, number.end);
    const Word& word = words.word(next);
    double scale = 0;
    if ((word.roles & (kHundred | kScale | kDozen)) != 0) {
      scale = word.number;
    } else if (money && number.figures) {
      scale = letter_scale(words.text(next));
    }
    if (scale == 0 || next - number.end > 1) return;
    number.value *= scale;
    number.end = next + 1;
    number.figures = false;
    if (number.value > 1e18) return;
  }
}

/// "two", "twenty-one", "three hundred and five thousand".
[[nodiscard]] Number read_spelled(const Words& words, std::uint32_t i) {
  double total = 0;
  double part = 0;
  double last = 1e300;  // each smaller part must be below the one before
  std::uint32_t end = 0;
  const std::uint32_t limit = i + kLongestNumber;
  for (std::uint32_t k = i; k < limit;) {
    std::uint32_t next = k;
    if (end != 0) {
      next = past_hyphen(words, k);
      if (next == k && words.says(k, "and") && (last >= 100) && words.is(k + 1, kOnes | kTens) &&
          !words.is(k + 2, kScale | kHundred)) {
        next = k + 1;
      }
    }
    const Word& word = words.word(next);
    if ((word.roles & (kOnes | kTens)) != 0) {
      if (end != 0 && (word.number >= last || (last < 20) || (last < 100 && word.number >= 10))) break;
      part += word.number;
      last = word.number;
    } else if ((word.roles & kHundred) != 0) {
      if (end == 0 || part <= 0 || part >= 100) break;
      part *= 100;
      last = 100;
    } else if ((word.roles & (kScale | kDozen)) != 0) {
      if (end == 0 || part <= 0) break;
      total += part * word.number;
      part = 0;
      last = word.number;
      end = next + 1;
      k = end;
      if ((word.roles & kDozen) != 0) break;
      continue;
    } else {
      break;
    }
    end = next + 1;
    k = end;
  }
  Number number;
  number.end = end;
  number.value = total + part;
  return number;
}

/// "and a half", "and-a-half", "and three quarters" after `number`.
void read_half(const Words& words, Number& number) {
  std::uint32_t k = past_hyphen(words, number.end);
  if (!words.says(k, "and")) return;
  k = past_hyphen(words, k + 1);
  double times = 1;
  if (words.is(k, kArticle)) {
    k = past_hyphen(words, k + 1);
  } else if (words.is(k, kOnes)) {
    times = words.word(k).number;
    k = past_hyphen(words, k + 1);
  }
  if (!words.is(k, kFraction) || words.says(k, "second")) return;
  number.value += times * words.word(k).part;
  number.end = k + 1;
  number.figures = false;
}

/// "of a million" after a fraction: a number like any other.
void read_share_of_scale(const Words& words, Number& number) {
  const std::uint32_t k = number.end;
  if (!words.says(k, "of") || !words.is(k + 1, kArticle) || !words.is(k + 2, kScale)) return;
  number.value *= words.word(k + 2).number;
  number.end = k + 3;
  number.fraction = false;
  number.article = false;
}

/// "half a million", "a third", "two-thirds", "three quarters", "half".
[[nodiscard]] Number read_fraction(const Words& words, std::uint32_t i) {
  Number number;
  std::uint32_t k = i;
  double times = 1;
  if (words.is(k, kArticle) || words.says(k, "one")) {
    number.article = words.is(k, kArticle);
    k = past_hyphen(words, k + 1);
  } else if (words.is(k, kOnes)) {
    times = words.word(k).number;
    if (times < 2) return {};
    k = past_hyphen(words, k + 1);
    if (!words.text(k).ends_with('s')) return {};
  } else if (!words.says(k, "half")) {
    return {};
  }
  if (!words.is(k, kFraction)) return {};
  const bool half = words.says(k, "half");
  // "a third man", "a quarter final", "one fifth place": ranks, unless a part of something.
  if (times == 1 && !half && !words.says(k + 1, "of") && !words.says(k + 1, "the")) {
    const bool hyphened = k > i && words.hyphen(k - 1);
    if (!hyphened && words.inside(k + 1) && !words.has(k + 1, tokenize::kPunctuation)) return {};
  }
  number.fraction = true;
  number.value = times * words.word(k).part;
  number.end = k + 1;
  if (half && k == i) {
    const std::uint32_t a = past_hyphen(words, k + 1);
    if (words.is(a, kArticle) && words.is(a + 1, kScale | kDozen)) {
      number.value *= words.word(a + 1).number;
      number.end = a + 2;
      number.fraction = false;
    }
  } else if (!half || k > i) {
    const std::uint32_t scale = k + 1;
    if (words.is(scale, kScale)) {
      number.value *= words.word(scale).number;
      number.end = scale + 1;
      number.fraction = false;
    }
  }
  if (number.fraction) read_share_of_scale(words, number);
  return number;
}

/// "several", "a few hundred", "dozens", "hundreds of thousands".
[[nodiscard]] Number read_vague(const Words& words, std::uint32_t i) {
  Number number;
  number.known = false;
  std::uint32_t k = i;
  if (words.is(k, kArticle)) {
    if (!words.says(k + 1, "few") && !words.says(k + 1, "couple")) return {};
    ++k;
  }
  if (words.is(k, kVague)) {
    number.article = true;  // a number only with more behind it
    ++k;
    if (words.says(k - 1, "couple") && words.says(k, "of")) ++k;
    while (words.is(k, kHundred | kScale | kDozen | kVagueScale) && k < i + kLongestNumber) {
      number.article = false;
      ++k;
    }
    number.end = k;
    return number;
  }
  if (!words.is(k, kVagueScale)) return {};
  ++k;
  while (words.says(k, "of") && words.is(k + 1, kVagueScale) && k < i + kLongestNumber) k += 2;
  number.end = k;
  return number;
}

/// The lower end of a range. "2 to 3 million": the scale is of both.
[[nodiscard]] double scaled_low(const Number& low, const Number& high) {
  if (!low.figures || high.figures || high.value < 1e3 || low.value >= 1e3) return low.value;
  double scale = 1e3;
  while (scale * 1e3 <= high.value) scale *= 1e3;
  return low.value * scale <= high.value ? low.value * scale : low.value;
}

[[nodiscard]] bool is_range_word(const Words& words, std::uint32_t i) {
  return words.says(i, "to") || words.says(i, "or");
}

}  // namespace

int small_integer(std::string_view token) noexcept {
  if (token.empty() || token.size() > 4) return -1;
  int value = 0;
  for (const char c : token) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<double> figures_value(std::string_view token) noexcept {
  constexpr std::size_t kMostDigits = 24;
  if (token.empty() || token.size() > kMostDigits + 8) return std::nullopt;
  const bool negative = token.front() == '-';
  if (negative || token.front() == '+') token.remove_prefix(1);
  const double fraction = vulgar_fraction(token);
  if (fraction != 0 && token.empty()) return negative ? -fraction : fraction;
  if (is_simple_fraction(token)) return static_cast<double>(token[0] - '0') / static_cast<double>(token[2] - '0');
  std::array<char, kMostDigits + 8> plain{};
  std::size_t size = 0;
  bool point = false;
  std::size_t since_comma = 0;
  bool comma = false;
  for (std::size_t k = 0; k < token.size(); ++k) {
    const char c = token[k];
    if (is_digit(c)) {
      ++since_comma;
      plain[size++] = c;
    } else if (c == ',' && !point && k != 0 && (!comma ? k <= 3 : since_comma == 3 || since_comma == 2)) {
      comma = true;
      since_comma = 0;
    } else if (c == '.' && !point && (!comma || since_comma == 3) && k + 1 < token.size()) {
      point = true;
      plain[size++] = c;
    } else {
      return std::nullopt;
    }
  }
  if (comma && !point && since_comma != 3) return std::nullopt;
  double value = 0;
  const auto result = std::from_chars(plain.data(), plain.data() + size, value);
  if (size == 0 || result.ec != std::errc() || result.ptr != plain.data() + size) return std::nullopt;
  value += fraction;
  return negative ? -value : value;
}

std::optional<double> figures_before(std::string_view token, std::string_view letters) noexcept {
  if (!token.ends_with(letters)) return std::nullopt;
  token.remove_suffix(letters.size());
  return figures_value(token);
}

std::uint32_t past_of_a(const Words& words, const Number& number) {
  if (!number.fraction) return number.end;
  const std::uint32_t k = words.says(number.end, "of") ? number.end + 1 : number.end;
  return words.is(k, kArticle) ? k + 1 : number.end;
}

Number read_amount(const Words& words, std::uint32_t i, bool money) {
  Number number;
  if (words.has(i, tokenize::kHasDigit)) {
    auto value = figures_value(words.text(i));
    number.figures = true;
    if (!value && money) {
      value = scaled_figures(words.text(i));
      number.figures = false;
    }
    if (!value) return {};
    number.value = *value;
    number.end = i + 1;
    if (is_simple_fraction(words.text(i + 1)) && small_integer(words.text(i)) >= 0) {
      number.value += *figures_value(words.text(i + 1));
      number.end = i + 2;
      number.figures = false;
    }
    read_scales(words, number, money);
    read_half(words, number);
    if (is_simple_fraction(words.text(i)) && words.says(number.end, "of")) {
      number.fraction = !money;
      read_share_of_scale(words, number);
    }
    return number;
  }
  if (words.is(i, kOnes | kTens)) {
    if (const Number fraction = read_fraction(words, i)) return fraction;
    number = read_spelled(words, i);
    if (!number) return number;
    read_half(words, number);
    read_scales(words, number, false);
    return number;
  }
  if (words.is(i, kArticle)) {
    const std::uint32_t k = past_hyphen(words, i + 1);
    if (words.is(k, kHundred | kScale | kDozen) && !words.text(k).empty()) {
      number.value = words.word(k).number;
      number.end = k + 1;
      read_scales(words, number, false);
      return number;
    }
    if (const Number fraction = read_fraction(words, i)) return fraction;
    return read_vague(words, i);
  }
  if (words.is(i, kFraction)) return read_fraction(words, i);
  if (words.is(i, kVague | kVagueScale)) return read_vague(words, i);
  if (words.is(i, kHundred | kScale)) {  // "hundred people"
    if (letter_scale(words.text(i)) != 0 || words.text(i).size() < 4) return {};
    number.value = words.word(i).number;
    number.end = i + 1;
  }
  return number;
}

Number read_number(const Words& words, std::uint32_t i, bool money) {
  if (words.says(i, "between")) {
    const Number low = read_amount(words, i + 1, money);
    if (!low || !words.says(low.end, "and")) return {};
    const Number high = read_amount(words, low.end + 1, money);
    if (!high || !high.known || !low.known) return {};
    Number range = high;
    range.value = scaled_low(low, high);
    range.max = high.value;
    range.range = true;
    if (range.value > range.max) range.known = false;
    return range;
  }
  const Number number = read_amount(words, i, money);
  if (!number || !number.known || number.article) return number;
  const std::uint32_t k = number.end;
  const bool dash = words.dash(k) && words.glued(k) == words.glued(k + 1);
  if (!dash && !is_range_word(words, k)) return number;
  Number high = read_amount(words, k + 1, money);
  if (!high || !high.known || high.article || high.fraction != number.fraction) return number;
  const double low = scaled_low(number, high);
  if (!dash && low >= high.value) return number;
  high.range = true;
  high.known = low < high.value;
  high.max = high.value;
  high.value = low;
  high.figures = number.figures && high.figures;
  return high;
}

BoundPhrase read_bound(const Words& words, std::uint32_t i) {
  BoundPhrase result{Bound::kNone, i};
  constexpr int kMostPhrases = 3;  // "just over", "at least some"
  for (int count = 0; count < kMostPhrases; ++count) {
    const auto [word, end] = words.phrase(result.end, kBound);
    if (end == result.end) break;
    result.bound = word.bound > result.bound ? word.bound : result.bound;
    result.end = end;
  }
  return result;
}

Number read_ordinal(const Words& words, std::uint32_t i) {
  Number number;
  if (words.has(i, tokenize::kHasDigit)) {
    std::string_view token = words.text(i);
    if (token.size() < 3) return number;
    const std::string_view suffix = token.substr(token.size() - 2);
    if (suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th" && suffix != "ST" && suffix != "ND" &&
        suffix != "RD" && suffix != "TH") {
      return number;
    }
    const auto value = figures_value(token.substr(0, token.size() - 2));
    if (!value) return number;
    number.value = *value;
    number.end = i + 1;
    return number;
  }
  if (words.is(i, kOrdinalWord)) {
    number.value = words.word(i).number;
    number.end = i + 1;
    return number;
  }
  if (words.is(i, kTens)) {
    const std::uint32_t k = past_hyphen(words, i + 1);
    if (words.is(k, kOrdinalWord) && words.word(k).number < 10 && k != i + 1) {
      number.value = words.word(i).number + words.word(k).number;
      number.end = k + 1;
    }
  }
  return number;
}

}  // namespace copydesk::values
