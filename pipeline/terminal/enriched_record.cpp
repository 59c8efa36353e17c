// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/enriched_record.h"

#include <simdjson.h>

#include <chrono>

#include "pipeline/terminal/json_field.h"
#include "stages/parse/timestamp.h"

namespace copydesk::terminal {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kSchema = "copydesk/enriched-article/1";

/// A dom::array that is none must not be gone through, so nobody gets one.
template <class Take>
void each_of(const dom::element& object, std::string_view key, const Take& take) {
  dom::array array;
  if (object[key].get(array) != simdjson::SUCCESS) return;
  for (const dom::element element : array) take(element);
}

// The bytes of the code points [begin, end).
std::string_view code_points(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t point = 0;
  std::size_t first = text.size();
  std::size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    if ((static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) continue;
    if (point == begin) first = byte;
    if (point == end) break;
    ++point;
  }
  return first < byte ? text.substr(first, byte - first) : std::string_view();
}

std::string_view headline_of(const dom::element& record) {
  const std::string_view text = text_of(record, "text");
  std::string_view headline = text.substr(0, text.find('\n'));
  each_of(record, "segments", [&](const dom::element& segment) {
    if (text_of(segment, "field") != "headline") return;
    headline = code_points(text, number_of(segment, "start"), number_of(segment, "end"));
  });
  return headline;
}

EnrichedRecord::Entity entity_of(const dom::element& from) {
  EnrichedRecord::Entity entity;
  entity.type = text_of(from, "type");
  entity.name = text_of(from, "name");
  entity.role = text_of(from, "role");
  entity.mentions = number_of(from, "mentions");
  entity.unnamed = flag_of(from, "unnamed");
  each_of(from, "aliases", [&](const dom::element& alias) {
    std::string_view text;
    if (alias.get(text) == simdjson::SUCCESS) entity.aliases.emplace_back(text);
  });
  return entity;
}

EnrichedRecord::Quote quote_of(const dom::element& from) {
  EnrichedRecord::Quote quote;
  quote.type = text_of(from, "type");
  quote.text = text_of(from, "text");
  dom::element speaker;
  if (from["speaker"].get(speaker) == simdjson::SUCCESS) {
    const std::string_view name = text_of(speaker, "name");
    quote.speaker_named = !name.empty();
    quote.speaker = quote.speaker_named ? name : text_of(speaker, "text");
  }
  return quote;
}

}  // namespace

bool EnrichedRecord::under_embargo() const {
  if (embargoed.empty()) return false;
  const auto until = parse::parse_timestamp(embargoed);
  // In seconds: nanoseconds end in 2262.
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  return !until || now.count() < until->seconds;
}

Result<EnrichedRecord> read_enriched(std::string_view record) {
  dom::parser parser;
  dom::element from;
  if (parser.parse(record.data(), record.size()).get(from) != simdjson::SUCCESS || !from.is_object()) {
    return Error{ErrorCode::kMalformedJson, "the record is no JSON object"};
  }
  if (text_of(from, "schema") != kSchema) {
    return Error{ErrorCode::kWrongType, "the record's schema is not " + std::string(kSchema)};
  }
  EnrichedRecord read;
  read.id = text_of(from, "id");
  read.version = text_of(from, "version");
  read.status = text_of(from, "status");
  read.headline = headline_of(from);
  read.text = text_of(from, "text");
  read.published = text_of(from, "published");
  read.embargoed = text_of(from, "embargoed");
  read.duplicate_of = text_of(from, "duplicate_of");
  read.superseded = flag_of(from, "superseded");
  each_of(from, "entities", [&](const dom::element& entity) { read.entities.push_back(entity_of(entity)); });
  each_of(from, "quotes", [&](const dom::element& quote) { read.quotes.push_back(quote_of(quote)); });
  return read;
}

}  // namespace copydesk::terminal
