// SPDX-License-Identifier: Apache-2.0
#include "config/lenient_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

#include "config/ascii.h"
#include "config/value.h"

namespace copydesk::config {
namespace {

constexpr std::string_view kTooLarge = "is too large";
constexpr double kMostWhole = 9'007'199'254'740'992.0;  // 2^53: whole numbers up to here are exact in a double

std::string lowered(std::string_view text) {
  std::string result;
  for (const char c : text) result.push_back(ascii_lower(c));
  return result;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_ascii_digit);
}

std::string with_advice(std::string_view what, const std::string& write) {
  return std::string(what) + "; write " + write;
}

/// The digits of a number whose groups of three are separated: "2,000", "1'000'000", "10_000", "2 000", "2.000.000".
/// Empty where it is none. One group behind a point or comma may be a fraction, so it is left alone where `fraction`.
std::string without_separators(std::string_view text, bool fraction) {
  std::string digits;
  char separator = 0;
  std::size_t groups = 0;
  std::size_t in_group = 0;
  for (const char c : text) {
    if (is_ascii_digit(c)) {
      digits.push_back(c);
      ++in_group;
    } else if (in_group > 0 && std::string_view(",.'_ ").find(c) != std::string_view::npos &&
               (separator == 0 || separator == c) && (groups == 0 ? in_group <= 3 : in_group == 3)) {
      separator = c;
      ++groups;
      in_group = 0;
    } else {
      return {};
    }
  }
  if (groups == 0 || in_group != 3) return {};
  return groups == 1 && fraction && (separator == ',' || separator == '.') ? std::string() : digits;
}

/// Takes a number with or without a fraction ("1.5") off the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && (is_ascii_digit(text[length]) || text[length] == '.' || text[length] == ',')) ++length;
  std::string number(text.substr(0, length));
  std::ranges::replace(number, ',', '.');
  text.remove_prefix(length);
  return parse_number(number);
}

std::string_view take_letters(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && !is_ascii_digit(text[length])) ++length;
  const std::string_view letters = text.substr(0, length);
  text.remove_prefix(length);
  return letters;
}

std::string without_spaces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t') result.push_back(c);
  }
  return result;
}

struct UnitWord {
  std::string_view word;
  double factor;
};
// Lower case, singular; an s behind it is a plural.
constexpr std::array<UnitWord, 17> kTimeWords{{{"ms", 1},
                                               {"msec", 1},
                                               {"milli", 1},
                                               {"millisecond", 1},
                                               {"s", 1e3},
                                               {"sec", 1e3},
                                               {"second", 1e3},
                                               {"m", 6e4},
                                               {"min", 6e4},
                                               {"minute", 6e4},
                                               {"h", 3.6e6},
                                               {"hr", 3.6e6},
                                               {"hour", 3.6e6},
                                               {"d", 8.64e7},
                                               {"day", 8.64e7},
                                               {"w", 6.048e8},
                                               {"week", 6.048e8}}};
constexpr std::array<UnitWord, 9> kSizeWords{{{"b", 1},
                                              {"byte", 1},
                                              {"kilobyte", 1e3},
                                              {"megabyte", 1e6},
                                              {"gigabyte", 1e9},
                                              {"kibibyte", 1024},
                                              {"mebibyte", 1048576},
                                              {"gibibyte", 1073741824},
                                              {"tebibyte", 1099511627776}}};

template <class Words>
std::optional<double> factor_of(std::string_view word, const Words& words) {
  for (const auto& [known, factor] : words) {
    if (word == known || (word.size() == known.size() + 1 && word.starts_with(known) && word.ends_with('s'))) {
      return factor;
    }
  }
  return std::nullopt;
}

/// "1.5 hours", "30S", "PT5M" (ISO 8601), "30s1m"; a last number without a unit is none.
std::optional<Duration> lenient_duration(std::string_view text) {
  const std::string plain = lowered(without_spaces(text));
  std::string_view rest = plain;
  if (rest.starts_with('p')) rest.remove_prefix(1);
  if (rest.starts_with('t')) rest.remove_prefix(1);
  double total = 0;
  while (!rest.empty()) {
    const auto count = take_number(rest);
    const std::string_view unit = take_letters(rest);
    const auto factor = factor_of(unit.ends_with('t') ? unit.substr(0, unit.size() - 1) : unit, kTimeWords);
    if (!count || !factor) return std::nullopt;
    total += *count * *factor;
  }
  if (total != std::floor(total) || total > kMostWhole || plain.empty()) return std::nullopt;
  return Duration{static_cast<Duration::rep>(total)};
}

/// The factors of "k", "mi", "gb", …: of 1000 and of 1024; the first is 0 where only powers of 1024 can be meant.
std::optional<std::pair<double, double>> prefix_of(std::string_view unit) {
  constexpr std::string_view kPrefixes = "kmgt";
  const std::size_t place = unit.empty() ? std::string_view::npos : kPrefixes.find(unit.front());
  if (place == std::string_view::npos) return std::nullopt;
  const auto power = static_cast<double>(place + 1);
  const std::string_view rest = unit.substr(1);
  if (rest.empty()) return std::pair(std::pow(1e3, power), std::pow(1024.0, power));
  if (rest == "b" || rest == "byte" || rest == "bytes") return std::pair(std::pow(1e3, power), 0.0);
  if (rest == "i" || rest == "ib" || rest == "ibyte" || rest == "ibytes") {
    return std::pair(0.0, std::pow(1024.0, power));
  }
  return std::nullopt;
}

std::optional<std::string> size_text(double count, double factor) {
  const double bytes = count * factor;
  if (bytes != std::floor(bytes) || bytes > kMostWhole) return std::nullopt;
  return format_bytes({static_cast<std::uint64_t>(bytes)});
}

/// What to write for "64M", "1.5GiB", "10 megabytes", "1_000_000".
std::optional<std::string> lenient_size(std::string_view text) {
  if (std::string digits = without_separators(text, false); !digits.empty()) return digits;
  const std::string plain = lowered(without_spaces(text));
  std::string_view rest = plain;
  const auto count = take_number(rest);
  if (!count) return std::nullopt;
  if (const auto factor = factor_of(rest, kSizeWords)) return size_text(*count, *factor);
  const auto factors = prefix_of(rest);
  if (!factors) return std::nullopt;
  const auto thousands = factors->first > 0 ? size_text(*count, factors->first) : std::nullopt;
  const auto binary = factors->second > 0 ? size_text(*count, factors->second) : std::nullopt;
  if (thousands && binary) return *binary + " (powers of 1024) or " + *thousands + " (powers of 1000)";
  return thousands ? thousands : binary;
}

/// What to write for a whole number as other languages and people write it: "+5", "0x10", "1e3", "2,000", "5.0".
std::optional<std::string> lenient_whole(std::string_view text) {
  if (std::string digits = without_separators(text, false); !digits.empty()) return digits;
  std::string plain = lowered(text);
  if (plain.starts_with('+')) plain.erase(0, 1);
  if (all_digits(plain)) return plain;
  for (const auto& [prefix, base] : {std::pair("0x", 16), {"0o", 8}, {"0b", 2}}) {
    if (!plain.starts_with(prefix)) continue;
    std::uint64_t value = 0;
    const char* const end = plain.data() + plain.size();
    const auto [rest, error] = std::from_chars(plain.data() + 2, end, value, base);
    if (error == std::errc{} && rest == end && plain.size() > 2) return std::to_string(value);
    return std::nullopt;
  }
  const auto number = parse_number(plain);
  if (!number || *number != std::floor(*number) || std::fabs(*number) > kMostWhole) return std::nullopt;
  return std::to_string(static_cast<std::int64_t>(*number));
}

/// "10 threads", "50%": what comes after the digits, and the digits.
std::optional<std::string> number_before_unit(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
  if (digits == 0 || digits == text.size() || text.starts_with('0')) return std::nullopt;  // "0x" is no number
  const std::string_view unit = text.substr(digits);
  if (unit.find_first_of("0123456789.,'_-+") != std::string_view::npos) return std::nullopt;
  // Of "2k" it is not the 2 that is meant.
  if (const std::string word = lowered(without_spaces(unit)); word == "k" || word == "m") {
    return std::string(text.substr(0, digits)) + (word == "k" ? "000" : "000000");
  }
  return std::string(text.substr(0, digits));
}

}  // namespace

std::string not_a_bool(std::string_view text) {
  const std::string word = lowered(text);
  for (const auto& [is_true, words] : {std::pair(true, std::array{"yes", "y", "on", "1", "t", "enabled"}),
                                       std::pair(false, std::array{"no", "n", "off", "0", "f", "disabled"})}) {
    if (std::ranges::find(words, word) == words.end()) continue;
    return with_advice("is not a truth value: YAML 1.2 has true and false alone", is_true ? "true" : "false");
  }
  return "is not a truth value";
}

std::string not_a_whole_number(std::string_view text, bool may_be_negative) {
  const std::string_view what = may_be_negative ? "is not a whole number" : "is not a whole number from 0 up";
  const bool minus = text.starts_with('-');
  if (all_digits(minus ? text.substr(1) : text)) return minus ? "is too small" : std::string(kTooLarge);
  if (const auto meant = lenient_whole(text)) return with_advice(what, *meant);
  if (const auto number = number_before_unit(text)) return with_advice(what, *number);
  return std::string(what);
}

std::string not_a_number(std::string_view text) {
  constexpr std::string_view kWhat = "is not a number";
  if (std::string digits = without_separators(text, true); !digits.empty()) return with_advice(kWhat, digits);
  std::string point(text);
  std::ranges::replace(point, ',', '.');
  if (const auto number = parse_number(point)) return with_advice(kWhat, format_number(*number));
  if (text.ends_with('%')) {
    if (const auto percent = parse_number(text.substr(0, text.size() - 1))) {
      return with_advice(kWhat, format_number(*percent / 100));
    }
  }
  return std::string(kWhat);
}

std::string not_a_duration(std::string_view text) {
  if (text.starts_with('-') && lenient_duration(text.substr(1))) return "is too small";
  if (all_digits(text)) {
    return "has no unit; write " + std::string(text) + "s for seconds or " + std::string(text) + "ms for milliseconds";
  }
  if (const auto meant = lenient_duration(text)) {
    return with_advice("is not written as a duration is", format_duration(*meant));
  }
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits >= std::numeric_limits<std::uint64_t>::digits10 && digits != std::string_view::npos) {
    return std::string(kTooLarge);
  }
  return "is not a duration with its unit, such as 500ms, 30s, 2m or 1h";
}

std::string not_a_size(std::string_view text) {
  if (text.starts_with('-') && (parse_bytes(text.substr(1)) || lenient_size(text.substr(1)))) return "is too small";
  if (all_digits(text)) return std::string(kTooLarge);
  if (const auto meant = lenient_size(text)) return with_advice("is not written as a size is", *meant);
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits > 0 && digits != std::string_view::npos && prefix_of(lowered(text.substr(digits)))) {
    return std::string(kTooLarge);
  }
  return "is not a size, such as 512KiB, 64MiB or 1GB";
}

}  // namespace copydesk::config
