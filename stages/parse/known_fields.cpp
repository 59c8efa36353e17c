// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/known_fields.h"

#include <utility>

namespace copydesk::parse {

Field field_of(std::string_view key) noexcept {
  static constexpr std::array<std::pair<std::string_view, Field>, 33> kNames{{
      {"uri", Field::kUri},
      {"guid", Field::kGuid},
      {"id", Field::kId},
      {"version", Field::kVersion},
      {"published", Field::kPublished},
      {"versioncreated", Field::kVersionCreated},
      {"versionCreated", Field::kVersionCreated},
      {"firstcreated", Field::kFirstCreated},
      {"firstCreated", Field::kFirstCreated},
      {"contentcreated", Field::kContentCreated},
      {"contentCreated", Field::kContentCreated},
      {"embargoed", Field::kEmbargoed},
      {"embargoedUntil", Field::kEmbargoed},
      {"status", Field::kStatus},
      {"pubstatus", Field::kStatus},
      {"pubStatus", Field::kStatus},
      {"language", Field::kLanguage},
      {"headline", Field::kHeadline},
      {"headlines", Field::kHeadlines},
      {"text", Field::kText},
      {"bodies", Field::kBodies},
      {"descriptions", Field::kDescriptions},
      {"$standard", Field::kStandard},
      {"standard", Field::kStandard},
      {"person", Field::kPeople},
      {"people", Field::kPeople},
      {"organisation", Field::kOrganisations},
      {"organisations", Field::kOrganisations},
      {"place", Field::kPlaces},
      {"places", Field::kPlaces},
      {"infosource", Field::kInfoSources},
      {"infosources", Field::kInfoSources},
      {"infoSources", Field::kInfoSources},
  }};
  for (const auto& [name, field] : kNames) {
    if (name == key) return field;
  }
  if (key.starts_with("body_")) return Field::kBody;
  if (key.starts_with("description_")) return Field::kDescription;
  return Field::kOther;
}

bool has_items(std::string_view key) noexcept {
  switch (field_of(key)) {
    case Field::kHeadlines:
    case Field::kBodies:
    case Field::kDescriptions:
    case Field::kStandard:
    case Field::kPeople:
    case Field::kOrganisations:
    case Field::kPlaces:
    case Field::kInfoSources: return true;
    default: return false;
  }
}

KnownFields::KnownFields(const JsonObject& object) {
  for (const JsonMember& member : object.members) {
    const Field field = field_of(member.key);
    if (field != Field::kOther && !member.shadowed && member.kind != JsonKind::kNull) {
      members_[static_cast<std::size_t>(field)] = &member;
    }
  }
}

}  // namespace copydesk::parse
