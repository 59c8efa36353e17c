// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <limits>
#include <string_view>

#include "stages/entity_type.h"
#include "stages/values/calendar.h"
#include "stages/values/numbers.h"
#include "stages/values/values.h"

namespace copydesk::values {

/// A value that a rule found; `tokens` is empty where it found none.
struct Found {
  TokenRange tokens;
  EntityType type = EntityType::kCardinal;
  Value::Meaning meaning = Value::Meaning::kUnknown;
  double number = 0;
  double max = 0;
  IsoText iso;
  std::string_view unit;  ///< static storage

  explicit operator bool() const noexcept { return !tokens.empty(); }
};

/// When the article was published, in the zone that it was written in.
struct Published {
  bool known = false;
  std::int64_t days = 0;  ///< since 1970
  int minutes = 0;        ///< since midnight
};

/// What a number and the words before it ("more than") say: a number, or a range that may be open.
inline void set_number(Found& found, const Number& number, Bound bound, double factor, Value::Meaning meaning) {
  if (!number.known) return;
  found.number = number.value * factor;
  found.max = (number.range ? number.max : number.value) * factor;
  found.meaning = number.range ? Value::Meaning::kRange : meaning;
  constexpr double kOpen = std::numeric_limits<double>::infinity();
  if (bound == Bound::kAtLeast) {
    found.meaning = Value::Meaning::kRange;
    found.max = kOpen;
  } else if (bound == Bound::kAtMost) {
    found.meaning = Value::Meaning::kRange;
    found.number = -kOpen;
  }
}

}  // namespace copydesk::values
