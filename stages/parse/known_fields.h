// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stages/parse/json_object.h"

namespace copydesk::parse {

/// What a top-level member of an input object means, whatever its format calls it.
enum class Field : std::uint8_t {
  kUri,   ///< ninjs `uri`
  kGuid,  ///< Superdesk's `uri`
  kId,    ///< plain JSON
  kVersion,
  kPublished,  ///< plain JSON
  kVersionCreated,
  kFirstCreated,
  kContentCreated,
  kEmbargoed,
  kStatus,
  kLanguage,
  kHeadline,      ///< one string
  kHeadlines,     ///< 2.x, 3.x
  kText,          ///< plain JSON
  kBodies,        ///< 2.x, 3.x
  kDescriptions,  ///< 2.x, 3.x
  kStandard,
  kPeople,
  kOrganisations,
  kPlaces,
  kInfoSources,
  kBody,         ///< any `body_…` (1.x)
  kDescription,  ///< any `description_…` (1.x)
  kOther,
};
inline constexpr std::size_t kFieldCount = static_cast<std::size_t>(Field::kOther) + 1;

[[nodiscard]] Field field_of(std::string_view key) noexcept;

/// Whether a member's elements say something that is read one level down.
[[nodiscard]] bool has_items(std::string_view key) noexcept;

/// Where the known fields stand in an input object. Of several members with one meaning the last counts.
class KnownFields {
 public:
  explicit KnownFields(const JsonObject& object);

  /// The member, or null where there is none or it is JSON null.
  [[nodiscard]] const JsonMember* find(Field field) const noexcept { return members_[static_cast<std::size_t>(field)]; }
  [[nodiscard]] bool has(Field field) const noexcept { return find(field) != nullptr; }

 private:
  std::array<const JsonMember*, kFieldCount> members_{};
};

}  // namespace copydesk::parse
