// SPDX-License-Identifier: Apache-2.0
#include "tests/http/record_digest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace copydesk::test {

encode::Record with_digest(std::string_view json) {
  const nlohmann::json parsed = nlohmann::json::parse(json);
  encode::Record record;
  record.json = json;
  encode::Digest& digest = record.digest;
  digest.story.id = parsed.value("id", "");
  digest.story.recalled = parsed.value("status", "usable") != "usable";
  digest.counts.words = json.size() / 12;
  for (const auto& entity : parsed.value("entities", nlohmann::json::array())) {
    const std::string type = entity.value("type", "");
    const std::string name = entity.value("name", "");
    if (name.empty() || entity.value("unnamed", false)) continue;
    const auto quoted = entity.value("quoted", 0U);
    if (type == "PERSON" && quoted > 0) digest.people.push_back({name, entity.value("role", ""), quoted});
    if (type != "GPE" && type != "LOC" && type != "FAC") continue;
    const auto known = std::find(kEntityTypeNames.begin(), kEntityTypeNames.end(), type);
    encode::Digest::Place place{.name = name, .type = static_cast<EntityType>(known - kEntityTypeNames.begin())};
    if (const auto link = entity.find("link"); link != entity.end() && link->contains("geonames")) {
      place.geonames = link->value("geonames", 0U);
      if (link->contains("lat")) place.latitude = link->value("lat", 0.0F);
      if (link->contains("lon")) place.longitude = link->value("lon", 0.0F);
    }
    digest.places.push_back(place);
  }
  return record;
}

}  // namespace copydesk::test
