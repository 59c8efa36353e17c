// SPDX-License-Identifier: Apache-2.0
#include "tests/http/record_digest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace copydesk::test {

namespace {

bool is_number(const nlohmann::json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_number();
}

}  // namespace

encode::Record with_digest(std::string_view json) {
  const nlohmann::json parsed = nlohmann::json::parse(json);
  encode::Record record;
  record.json = json;
  encode::Digest& digest = record.digest;
  digest.story.id = parsed.value("id", "");
  const std::string status = parsed.value("status", "usable");
  digest.story.recalled = status == "withheld" || status == "canceled";
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
    if (const auto link = entity.find("link"); link != entity.end() && is_number(*link, "geonames")) {
      place.geonames = link->value("geonames", 0U);
      if (is_number(*link, "lat")) place.latitude = link->value("lat", 0.0F);
      if (is_number(*link, "lon")) place.longitude = link->value("lon", 0.0F);
    }
    digest.places.push_back(place);
  }
  return record;
}

}  // namespace copydesk::test
