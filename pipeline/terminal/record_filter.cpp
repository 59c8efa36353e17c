// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/record_filter.h"

#include <algorithm>
#include <clocale>
#include <cwctype>

namespace copydesk::terminal {
namespace {

/// The code points of a UTF-8 text, letters in lower case by the C library's table of Unicode, whatever the locale of
/// the process. Bytes that are not UTF-8 come out as they are.
std::u32string lowered(std::string_view text) {
  static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", static_cast<locale_t>(nullptr));
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t point = more == 0 ? lead : lead & (0x3FU >> more);
    std::size_t next = at + 1;
    for (; next <= at + more && next < text.size(); ++next) {
      point = (point << 6U) | (static_cast<unsigned char>(text[next]) & 0x3FU);
    }
    at = next;
    points += unicode == nullptr ? point : static_cast<char32_t>(towlower_l(static_cast<wint_t>(point), unicode));
  }
  return points;
}

bool names(const EnrichedRecord::Entity& entity, std::string_view part) {
  return contains_ignoring_case(entity.name, part) ||
         std::any_of(entity.aliases.begin(), entity.aliases.end(),
                     [&](const std::string& alias) { return contains_ignoring_case(alias, part); });
}

}  // namespace

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return part.empty() || lowered(text).find(lowered(part)) != std::u32string::npos;
}

bool RecordFilter::takes_all() const {
  return id.empty() && person.empty() && about.empty() && search.empty() && types.empty() && !asks_for_quotes();
}

bool RecordFilter::matches(const EnrichedRecord::Quote& quote) const {
  return (quote_types.empty() || quote_types.contains(quote.type)) && contains_ignoring_case(quote.speaker, speaker) &&
         contains_ignoring_case(quote.text, said);
}

bool RecordFilter::matches(const EnrichedRecord& record) const {
  const auto any_entity = [&](const auto& holds) {
    return std::any_of(record.entities.begin(), record.entities.end(), holds);
  };
  using Entity = EnrichedRecord::Entity;
  if (!id.empty() && record.id != id) return false;
  if (!person.empty() && !any_entity([&](const Entity& e) { return e.type == "PERSON" && names(e, person); }))
    return false;
  if (!about.empty() && !any_entity([&](const Entity& e) { return names(e, about); })) return false;
  if (!types.empty() && !any_entity([&](const Entity& e) { return types.contains(e.type); })) return false;
  if (!contains_ignoring_case(record.text, search)) return false;
  return !asks_for_quotes() || std::any_of(record.quotes.begin(), record.quotes.end(),
                                           [&](const EnrichedRecord::Quote& quote) { return matches(quote); });
}

}  // namespace copydesk::terminal
