// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "stages/entity_type.h"

namespace copydesk::entities {

/// What the model says of one token: its place in a name (BIOES: begin, inside, end, single) and the name's type.
/// Labels are laid out as four groups of 12 lanes, so that one token's scores are 48 numbers: label = place * 12 +
/// type. Type 11 is "no name"; it exists as kSingle only, a one-token segment of its own.
enum Place : std::uint8_t { kBegin, kInside, kEnd, kSingle };

inline constexpr std::size_t kTypes = 11;
inline constexpr std::size_t kNoName = 11;
inline constexpr std::size_t kLanes = 12;
inline constexpr std::size_t kLabels = 48;
static_assert(static_cast<std::size_t>(EntityType::kLanguage) + 1 == kTypes);

[[nodiscard]] constexpr std::uint8_t label_of(Place place, std::size_t type) noexcept {
  return static_cast<std::uint8_t>(place * kLanes + type);
}
[[nodiscard]] constexpr Place place_of(std::uint8_t label) noexcept {
  return static_cast<Place>(label / kLanes);
}
[[nodiscard]] constexpr std::size_t type_of(std::uint8_t label) noexcept {
  return label % kLanes;
}

inline constexpr std::uint8_t kOutside = label_of(kSingle, kNoName);

}  // namespace copydesk::entities
