// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/place_links.h"

#include <algorithm>
#include <array>

#include "stages/resolve/country_slot.h"

namespace copydesk::resolve {
namespace {

bool is_linkable(EntityType type) {
  return type == EntityType::kGpe || type == EntityType::kLoc;
}

Link link_to(const Place& place) {
  return {place.country(), place.geonames, place.latitude, place.longitude, {}};
}

using Choices = std::array<PlaceChoice, PlaceTable::kMaxChoices>;

/// Keeps the choices that lie in a country that `context` may mean.
std::size_t keep_those_in(const PlaceTable& table, std::string_view context, Choices& choices, std::size_t count) {
  Choices around;
  const std::size_t known = table.find(context, around);
  if (known == 0) return count;
  const auto lies_in = [&](const PlaceChoice& choice) {
    return std::any_of(around.begin(), around.begin() + static_cast<std::ptrdiff_t>(known),
                       [&](const PlaceChoice& outer) {
                         return outer.place->kind != PlaceKind::kCity && outer.place != choice.place &&
                                outer.place->country() == choice.place->country();
                       });
  };
  const auto end = std::remove_if(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(count),
                                  [&](const PlaceChoice& choice) { return !lies_in(choice); });
  return static_cast<std::size_t>(end - choices.begin());
}

}  // namespace

bool PlaceLinks::named(std::string_view country) const noexcept {
  return named_[country_slot(country)] != 0;
}
void PlaceLinks::name_country(std::string_view country) {
  named_[country_slot(country)] = 1;
}

Link PlaceLinks::link_of(const PlaceTable& table, const Entity& entity, std::string_view context) const {
  Choices choices;
  std::size_t count = table.find(entity.name, choices);
  for (std::size_t i = 0; count == 0 && i < entity.aliases.size(); ++i) count = table.find(entity.aliases[i], choices);
  if (count > 0 && !context.empty()) count = keep_those_in(table, context, choices, count);
  if (count == 0) return {};
  const Place& best = *choices[0].place;
  const std::uint32_t weight = choices[0].weight;
  if (best.kind == PlaceKind::kCountry) {
    // "Georgia": a state of the same name counts where its country is named and the other one's people are not.
    const bool state = std::any_of(
        choices.begin() + 1, choices.begin() + static_cast<std::ptrdiff_t>(count), [&](const PlaceChoice& other) {
          return other.place->kind == PlaceKind::kRegion && other.place->geonames != 0 && named(other.place->country());
        });
    return state ? Link{} : link_to(best);
  }
  const std::uint32_t second = count > 1 ? choices[1].weight : 0;
  const bool at_home = named(best.country()) || !context.empty();
  const bool rival_named = std::any_of(choices.begin() + 1, choices.begin() + static_cast<std::ptrdiff_t>(count),
                                       [&](const PlaceChoice& other) { return named(other.place->country()); });
  if (weight >= PlaceTable::kWellKnown || at_home) {
    if (weight / PlaceTable::kClearDominance >= second) return link_to(best);
    if (weight / PlaceTable::kDominance >= second && (at_home || !rival_named)) return link_to(best);
  }
  // The only one of them in a country that the article names.
  const Place* only = nullptr;
  bool one_country = true;
  for (std::size_t i = 0; i < count; ++i) {
    one_country = one_country && choices[i].place->country() == best.country();
    if (!named(choices[i].place->country())) continue;
    if (only != nullptr) {
      only = nullptr;
      break;
    }
    only = choices[i].place;
  }
  if (only != nullptr && count < PlaceTable::kMaxChoices) return link_to(*only);
  if (one_country && at_home) return {best.country(), 0, 0, 0, {}};
  return {};
}

void PlaceLinks::link(const PlaceTable& table, std::span<Entity> entities, std::span<const std::string_view> contexts) {
  named_.assign(kCountrySlots, 0);
  for (Entity& entity : entities) {
    if (entity.type == EntityType::kNorp) {
      const std::string_view country = table.country_of_people(entity.name);
      if (country.empty()) continue;
      if (entity.link.iso3166.empty()) entity.link.iso3166 = country;
      name_country(country);
    } else if (is_linkable(entity.type)) {
      Choices choices;
      const std::size_t count = table.find(entity.name, choices);
      // A name that a state shares is no evidence for the country.
      const bool alone =
          count == 1 ||
          (count > 1 && !(choices[1].place->kind == PlaceKind::kRegion && choices[1].place->geonames != 0));
      if (count > 0 && alone && choices[0].place->kind == PlaceKind::kCountry)
        name_country(choices[0].place->country());
      // "Ohio": a state names its country.
      if (count == 1 && choices[0].place->kind == PlaceKind::kRegion) name_country(choices[0].place->country());
    }
  }
  for (std::size_t i = 0; i < entities.size(); ++i) {
    Entity& entity = entities[i];
    const Link& held = entity.link;
    if (!is_linkable(entity.type) || !held.iso3166.empty() || held.geonames != 0) continue;
    const std::string_view uri = held.uri;
    entity.link = link_of(table, entity, contexts[i]);
    entity.link.uri = uri;
  }
}

}  // namespace copydesk::resolve
