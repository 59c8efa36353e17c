// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

/// The 18 types of OntoNotes 5 (names first, then values), as spaCy prints them.
enum class EntityType : std::uint8_t {
  kPerson,
  kNorp,
  kFac,
  kOrg,
  kGpe,
  kLoc,
  kProduct,
  kEvent,
  kWorkOfArt,
  kLaw,
  kLanguage,
  kDate,
  kTime,
  kPercent,
  kMoney,
  kQuantity,
  kOrdinal,
  kCardinal,
};

inline constexpr std::array<std::string_view, 18> kEntityTypeNames{
    "PERSON", "NORP",     "FAC",  "ORG",  "GPE",     "LOC",   "PRODUCT",  "EVENT",   "WORK_OF_ART",
    "LAW",    "LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"};

[[nodiscard]] constexpr std::string_view name_of(EntityType type) noexcept {
  return kEntityTypeNames[static_cast<std::size_t>(type)];
}
[[nodiscard]] constexpr bool is_name(EntityType type) noexcept {
  return type <= EntityType::kLanguage;
}

}  // namespace copydesk
