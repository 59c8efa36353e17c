// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/entity_type.h"
#include "stages/span.h"

namespace copydesk::values {

/// A date, time, amount or number in the text, with what it means where that can be told.
struct Value {
  TokenRange tokens;
  EntityType type = EntityType::kCardinal;  ///< one of the 7 value types

  enum class Meaning : std::uint8_t {
    kUnknown,  ///< no `value` is written
    kTime,     ///< `iso` with `unit` as its precision
    kMoney,    ///< `number` with `unit` as ISO 4217 currency
    kNumber,   ///< `number`, with `unit` (UCUM) for a quantity
    kRange,    ///< `number` to `max`, unit as above; infinity where one side is open ("more than 20")
  };
  Meaning meaning = Meaning::kUnknown;
  double number = 0;
  double max = 0;
  std::string_view iso;   ///< ISO 8601 date, time, interval or duration
  std::string_view unit;  ///< precision ("day", "month", …), currency or unit
};

/// The layer made by `values`: in text order, not overlapping.
struct Values {
  std::span<const Value> items;
};

}  // namespace copydesk::values
