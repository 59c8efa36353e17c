// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/capitals.h"

#include <algorithm>
#include <array>

#include "stages/resolve/country_slot.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// Code of the country that a name stands for; empty where it is none.
std::string_view country_of(const View& view, const Candidate& candidate, const std::uint32_t group,
                            const std::vector<NameGroup>& groups, const PlaceTable& places) {
  if (candidate.type == EntityType::kNorp) {
    return places.country_of_people(view.tokens.span_of(candidate.tokens).of(view.text));
  }
  const Place* place = group == kNone ? nullptr : groups[group].place;
  return place != nullptr && place->kind == PlaceKind::kCountry ? place->country() : std::string_view{};
}

bool is_possessive(const View& view, std::uint32_t token) {
  return view.tagged() && token < view.tokens.size() && view.tags.of[token] == tag::Tag::kPOS;
}

}  // namespace

void find_capitals(const View& view, const std::vector<Candidate>& candidates, const PlaceTable& places,
                   const std::vector<NameGroup>& groups, std::vector<std::uint32_t>& group_of) {
  std::array<std::uint32_t, kCountrySlots> capital_of{};
  capital_of.fill(kNone);
  bool any = false;
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    const Place* place = groups[group].place;
    if (place == nullptr || !place->capital) continue;
    capital_of[country_slot(place->country())] = group;
    any = true;
  }
  if (!any) return;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    const Candidate& phrase = candidates[i];
    if (phrase.kind != MentionKind::kNominal) continue;
    if (view.tokens.lower_hashes[phrase.head] != tokenize::hash_lower("capital")) continue;
    std::string_view country;
    const bool the = view.tokens.lower_hashes[phrase.tokens.begin] == tokenize::hash_lower("the");
    // "The financial capital" may be another city.
    const bool bare = phrase.tokens.size() == (the ? 2U : 1U);
    // Inside of it stands the nationality, before it the country's "'s", after it "of" the country.
    for (std::uint32_t k = i > 2 ? i - 2 : 0; k < std::min<std::size_t>(i + 4, candidates.size()); ++k) {
      const Candidate& name = candidates[k];
      if (name.kind != MentionKind::kName || name.sentence != phrase.sentence) continue;
      const bool inside = phrase.tokens.begin <= name.tokens.begin && name.tokens.end == phrase.head;
      const bool owns = bare && name.tokens.end + 1 == phrase.tokens.begin && is_possessive(view, name.tokens.end);
      const bool of = bare && name.phrase.begin == phrase.tokens.end + 1 && view.word(phrase.tokens.end) == "of" &&
                      !is_possessive(view, name.tokens.end);
      if (inside || owns || of) country = country_of(view, name, group_of[k], groups, places);
    }
    if (!country.empty()) group_of[i] = capital_of[country_slot(country)];
  }
}

}  // namespace copydesk::resolve
