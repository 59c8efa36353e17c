// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/entity_type.h"
#include "stages/span.h"

namespace copydesk::resolve {

inline constexpr std::uint32_t kNoEntity = 0xFFFFFFFF;

enum class MentionKind : std::uint8_t { kName, kNominal, kPronoun };

/// One place where the text refers to an entity. Spans end where names and noun phrases end, without a possessive "'s".
struct Mention {
  Span span;
  EntityType type = EntityType::kPerson;
  MentionKind kind = MentionKind::kName;
  std::uint32_t entity = kNoEntity;  ///< index into Resolution::entities; always set for names
};

/// What an entity is in the world, from open data. Empty where that is not certain.
struct Link {
  std::string_view iso3166;    ///< country code, "UA"; also of a nationality
  std::uint32_t geonames = 0;  ///< GeoNames id; 0 = none
  float latitude = 0;          ///< degrees, WGS 84; only with geonames
  float longitude = 0;
  std::string_view uri;  ///< from the desk's own names
};

/// One person, organisation, place … of the article.
struct Entity {
  EntityType type = EntityType::kPerson;
  std::string_view name;                      ///< the fullest form in the text, or the description of an unnamed source
  std::string_view role;                      ///< what the article calls them: "Russian foreign policy adviser"
  std::span<const std::string_view> aliases;  ///< other forms in the text, no repeats
  std::uint32_t mentions = 0;
  std::uint32_t quoted = 0;  ///< number of quotes whose speaker it is
  bool unnamed = false;      ///< a source without a name: "a senior NATO official"
  Link link;
};

/// The layer made by `resolve`: who is who and who said what.
struct Resolution {
  std::span<const Entity> entities;             ///< in order of first mention
  std::span<const Mention> mentions;            ///< in text order; nested ones: outer first
  std::span<const std::uint32_t> speakers;      ///< per quote of Quotes: index into entities, or kNoEntity
  std::span<const float> speaker_confidence{};  ///< per quote: 0 to 1, how often such a speaker is the right one
};

}  // namespace copydesk::resolve
