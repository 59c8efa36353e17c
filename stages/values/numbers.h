// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/values/words.h"

namespace copydesk::values {

/// A number, or a range of numbers, in figures or words.
struct Number {
  std::uint32_t end = 0;  ///< after its last token; 0 = no number
  double value = 0;
  double max = 0;
  bool range = false;     ///< `value` to `max`
  bool known = true;      ///< false: "several", "dozens"
  bool figures = false;   ///< one token of figures, without scale words
  bool fraction = false;  ///< "half", "two-thirds": of something
  bool article = false;   ///< begins with "a" or "an" and nothing else tells that it is a number

  explicit operator bool() const noexcept { return end != 0; }
};

/// The value of figures as they are written in English text: "1,200.5", "2½", "1/2", "+3", "26m" is none.
[[nodiscard]] std::optional<double> figures_value(std::string_view token) noexcept;

/// A whole number of 1 to 4 digits and nothing else, as in dates; otherwise -1.
[[nodiscard]] int small_integer(std::string_view token) noexcept;

/// One number that begins at token `i`. With `money`, "m", "b", "k" and "t" are scales.
[[nodiscard]] Number read_amount(const Words& words, std::uint32_t i, bool money = false);

/// One number or range ("3 to 5", "10-15", "between 3 and 5", "two or three") that begins at `i`.
[[nodiscard]] Number read_number(const Words& words, std::uint32_t i, bool money = false);

/// "about", "more than", "up to" before a number. `end` is `i` where there is none.
struct BoundPhrase {
  Bound bound = Bound::kNone;
  std::uint32_t end = 0;
};
[[nodiscard]] BoundPhrase read_bound(const Words& words, std::uint32_t i);

/// After the "a" or "of a" that follows a fraction ("half a mile", "a third of a cent"); else where `number` ends.
[[nodiscard]] std::uint32_t past_of_a(const Words& words, const Number& number);

/// The number in a token of figures and letters: 6 in "6in" for "in"; none where it is not so.
[[nodiscard]] std::optional<double> figures_before(std::string_view token, std::string_view letters) noexcept;

/// "first", "21st", "twenty-first". The value is the rank.
[[nodiscard]] Number read_ordinal(const Words& words, std::uint32_t i);

}  // namespace copydesk::values
