// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/values/found.h"

namespace copydesk::values {

/// Money, percentages, quantities and plain numbers that begin at `i`, with "about", "more than", … before them.
[[nodiscard]] Found read_measure(const Words& words, std::uint32_t i);

/// A sum of money: "$1.2 bn", "300 million euros", "50 cents", "millions of dollars". `from` is after what bounds it.
[[nodiscard]] Found read_money(const Words& words, std::uint32_t from, Bound bound);

/// What follows a number and makes it a quantity.
struct UnitPhrase {
  std::uint32_t end = 0;  ///< 0 = none
  std::string_view ucum;
};
[[nodiscard]] UnitPhrase read_unit(const Words& words, std::uint32_t number_begin, const Number& number);

/// "first", "21st".
[[nodiscard]] Found read_rank(const Words& words, std::uint32_t i);

}  // namespace copydesk::values
