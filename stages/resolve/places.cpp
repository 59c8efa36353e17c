// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/places.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// Longer names are not looked up.
constexpr std::size_t kMaxName = 96;

/// Hash of the name without full stops, hyphens as blanks, single blanks, no leading "the"; 0 where it is too long.
std::uint64_t place_key(std::string_view name) noexcept {
  std::array<char, kMaxName> folded{};
  std::size_t size = 0;
  for (const char c : name) {
    if (c == '.') continue;
    const bool blank = c == ' ' || c == '-' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (size == 0 || folded[size - 1] == ' ')) continue;
    if (size == kMaxName) return 0;
    folded[size++] = blank ? ' ' : c;
  }
  while (size > 0 && folded[size - 1] == ' ') --size;
  std::string_view key(folded.data(), size);
  if (key.size() > 4 && tokenize::hash_lower(key.substr(0, 4)) == tokenize::hash_lower("the ")) key.remove_prefix(4);
  return tokenize::hash_lower(key);
}

std::size_t position(std::span<const std::uint64_t> sorted, std::uint64_t hash) noexcept {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), hash);
  return at != sorted.end() && *at == hash ? static_cast<std::size_t>(at - sorted.begin()) : sorted.size();
}

}  // namespace

PlaceTable::PlaceTable(const std::filesystem::path& path)
    : file_(path, "places", 1),
      names_(file_.array<std::uint64_t>("name")),
      first_(file_.array<std::uint32_t>("first", names_.size() + 1)),
      candidates_(file_.array<std::uint32_t>("candidate")),
      weights_(file_.array<std::uint32_t>("weight", candidates_.size())),
      places_(file_.array<Place>("place")),
      peoples_(file_.array<std::uint64_t>("nation")),
      people_countries_(file_.array<char>("nation_iso", peoples_.size() * 2)) {
  // Look-ups trust what the sections say of each other.
  const bool fit = std::ranges::is_sorted(names_) && std::ranges::is_sorted(peoples_) &&
                   std::ranges::is_sorted(first_) && first_.back() <= candidates_.size() &&
                   std::ranges::all_of(candidates_, [&](std::uint32_t place) { return place < places_.size(); });
  if (!fit) {
    throw std::runtime_error("model file '" + path.string() +
                             "' holds sections that do not fit each other; install the package that brought it again");
  }
}

std::size_t PlaceTable::find(std::string_view name, std::span<PlaceChoice> choices) const noexcept {
  const std::size_t at = position(names_, place_key(name));
  if (at == names_.size()) return 0;
  std::size_t count = 0;
  for (std::uint32_t i = first_[at]; i < first_[at + 1] && count < choices.size(); ++i) {
    choices[count++] = {&places_[candidates_[i]], weights_[i]};
  }
  return count;
}

const Place* PlaceTable::well_known(std::string_view name) const noexcept {
  std::array<PlaceChoice, kMaxChoices> choices;
  const std::size_t count = find(name, choices);
  if (count == 0) return nullptr;
  const PlaceChoice& best = choices[0];
  if (best.place->kind == PlaceKind::kCountry) return best.place;
  if (best.place->geonames == 0 || best.weight < kWellKnown) return nullptr;
  const bool dominant = count == 1 || best.weight / kDominance >= choices[1].weight;
  return dominant ? best.place : nullptr;
}

std::string_view PlaceTable::country_of_people(std::string_view word) const noexcept {
  const std::size_t at = position(peoples_, place_key(word));
  if (at == peoples_.size()) return {};
  return {people_countries_.data() + 2 * at, 2};
}

}  // namespace copydesk::resolve
