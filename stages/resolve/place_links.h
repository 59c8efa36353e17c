// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "stages/resolve/places.h"
#include "stages/resolve/resolution.h"

namespace copydesk::resolve {

/// Links an article's places to GeoNames and ISO 3166 and its nationalities to their countries, where that is certain:
/// docs/who-is-who.md has the rule. One per thread; keeps its capacity.
class PlaceLinks {
 public:
  /// `contexts`: per entity, the name that stands after its own and a comma ("Texas" in "Paris, Texas"), or empty.
  void link(const PlaceTable& table, std::span<Entity> entities, std::span<const std::string_view> contexts);

 private:
  [[nodiscard]] bool named(std::string_view country) const noexcept;
  void name_country(std::string_view country);
  [[nodiscard]] Link link_of(const PlaceTable& table, const Entity& entity, std::string_view context) const;

  std::vector<std::uint8_t> named_;  ///< by the two letters of a country: 1 = the article names it or its people
};

}  // namespace copydesk::resolve
