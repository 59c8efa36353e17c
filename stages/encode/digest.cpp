// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/digest.h"

#include <string_view>

#include "stages/parse/timestamp.h"

namespace copydesk::encode {

namespace {

/// At most kLongestName bytes, no code point cut in two.
std::string shortened(std::string_view name) {
  if (name.size() <= Digest::kLongestName) return std::string(name);
  std::size_t end = Digest::kLongestName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end));
}

bool is_place(EntityType type) noexcept {
  return type == EntityType::kGpe || type == EntityType::kLoc || type == EntityType::kFac;
}

Digest::Place place_of(const resolve::Entity& entity) {
  Digest::Place place{.name = shortened(entity.name), .type = entity.type, .geonames = entity.link.geonames};
  if (entity.link.geonames != 0) {
    place.latitude = entity.link.latitude;
    place.longitude = entity.link.longitude;
  }
  return place;
}

std::int64_t embargo_end_ms(std::string_view stated) {
  if (stated.empty()) return 0;
  const auto until = parse::parse_timestamp(stated);
  return until ? until->seconds * 1000 : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

StoryFacts story_facts(const parse::Article& article, const fingerprint::Fingerprint& fingerprint) {
  StoryFacts facts;
  facts.id = article.id;
  facts.version = article.version;
  if (article.published_time) facts.made_at = article.published_time->seconds;
  facts.recalled = article.status != parse::PublicationStatus::kUsable;
  facts.fingerprint = fingerprint;
  return facts;
}

Digest digest_of(const parse::Article& article, const fingerprint::Fingerprint& fingerprint,
                 const quotes::Quotes& quotes, const resolve::Resolution& resolution) {
  Digest digest;
  digest.story = story_facts(article, fingerprint);
  digest.embargoed_until_ms = embargo_end_ms(article.embargoed);
  digest.counts.frame = article.frame;
  for (const quotes::Quote& quote : quotes.items) ++digest.counts.quotes[static_cast<std::size_t>(quote.type)];
  for (const resolve::Entity& entity : resolution.entities) {
    ++digest.counts.entities[static_cast<std::size_t>(entity.type)];
    if (entity.unnamed || entity.name.empty()) continue;
    if (entity.type == EntityType::kPerson && entity.quoted > 0 && digest.people.size() < Digest::kMostNames) {
      digest.people.push_back({shortened(entity.name), shortened(entity.role), entity.quoted});
    } else if (is_place(entity.type) && digest.places.size() < Digest::kMostNames) {
      digest.places.push_back(place_of(entity));
    }
  }
  return digest;
}

}  // namespace copydesk::encode
