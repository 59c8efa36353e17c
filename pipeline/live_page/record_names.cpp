#include "pipeline/live_page/record_names.h"

#include <simdjson.h>

#include "pipeline/terminal/json_field.h"

namespace copydesk::live_page {

namespace {

namespace dom = simdjson::dom;

/// At most kMaxName bytes, no code point cut in two.
std::string cut(std::string_view name) {
  if (name.size() <= RecordNames::kMaxName) return std::string(name);
  std::size_t end = RecordNames::kMaxName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end));
}

RecordNames::Place place_of(const dom::element& entity, std::string_view name, std::string_view type) {
  RecordNames::Place place{.name = cut(name), .type = std::string(type)};
  dom::element link;
  if (entity["link"].get(link) != simdjson::SUCCESS) return place;
  place.geonames = terminal::number_of(link, "geonames");
  double latitude = 0;
  double longitude = 0;
  if (link["lat"].get(latitude) == simdjson::SUCCESS && link["lon"].get(longitude) == simdjson::SUCCESS) {
    place.latitude = latitude;
    place.longitude = longitude;
  }
  return place;
}

}  // namespace

struct RecordNamesReader::Parser {
  dom::parser json;
};

RecordNamesReader::RecordNamesReader() : parser_(std::make_unique<Parser>()) {}
RecordNamesReader::~RecordNamesReader() = default;

const RecordNames& RecordNamesReader::read(std::string_view record) {
  names_.people.clear();
  names_.places.clear();
  names_.duplicate = false;
  dom::element root;
  dom::array entities;
  if (parser_->json.parse(record.data(), record.size()).get(root) != simdjson::SUCCESS) return names_;
  names_.duplicate = !terminal::text_of(root, "duplicate_of").empty();
  if (root["entities"].get(entities) != simdjson::SUCCESS) return names_;
  for (const dom::element entity : entities) {
    const std::string_view name = terminal::text_of(entity, "name");
    const std::string_view type = terminal::text_of(entity, "type");
    if (name.empty() || terminal::flag_of(entity, "unnamed")) continue;
    if (type == "PERSON" && names_.people.size() < RecordNames::kMost) {
      const std::uint64_t quotes = terminal::number_of(entity, "quoted");
      if (quotes == 0) continue;
      names_.people.push_back({cut(name), cut(terminal::text_of(entity, "role")), static_cast<std::uint32_t>(quotes)});
    } else if ((type == "GPE" || type == "LOC" || type == "FAC") && names_.places.size() < RecordNames::kMost) {
      names_.places.push_back(place_of(entity, name, type));
    }
  }
  return names_;
}

}  // namespace copydesk::live_page
