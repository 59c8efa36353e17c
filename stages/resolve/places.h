// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "stages/model_file.h"

namespace copydesk::resolve {

enum class PlaceKind : std::uint8_t { kCountry = 1, kRegion = 2, kCity = 3 };

/// One place of GeoNames or ISO 3166. The layout is that of models/places.model.
struct Place {
  std::uint32_t geonames = 0;  ///< 0 = none
  float latitude = 0;          ///< degrees, WGS 84; not a number where there is none
  float longitude = 0;
  std::uint32_t people = 0;
  char iso[2] = {};  // NOLINT(modernize-avoid-c-arrays): read from the file as it is
  PlaceKind kind = PlaceKind::kCity;
  bool capital = false;  ///< of its country

  [[nodiscard]] std::string_view country() const noexcept { return {iso, 2}; }
};
static_assert(sizeof(Place) == 20);

/// A place that a name may mean, and how much speaks for it: its people, more for capitals, less for other names.
struct PlaceChoice {
  const Place* place = nullptr;
  std::uint32_t weight = 0;
};

/// Names of places and nationalities: models/places.model, made by tools/resolve/make_places.py. Immutable; shared by
/// all threads. Views and pointers live as long as the table.
class PlaceTable {
 public:
  static constexpr std::size_t kMaxChoices = 4;

  /// Throws std::runtime_error where the file is missing or damaged.
  explicit PlaceTable(const std::filesystem::path& path);

  /// Up to kMaxChoices places of this name, the weightiest first. Case, full stops, hyphens and a leading "the" do not
  /// matter. `choices` must have room for kMaxChoices. Returns how many.
  std::size_t find(std::string_view name, std::span<PlaceChoice> choices) const noexcept;

  /// The one place that almost anybody means by this name, or nullptr: a country, or a city with at least
  /// `kDominance` times the weight of any other place.
  [[nodiscard]] const Place* well_known(std::string_view name) const noexcept;

  /// ISO 3166 code of the country whose people or things are called so: "Norwegian". Empty where there is none.
  [[nodiscard]] std::string_view country_of_people(std::string_view word) const noexcept;

  static constexpr std::uint32_t kDominance = 5;
  static constexpr std::uint32_t kClearDominance = 8;
  /// A city of this weight is known outside its country.
  static constexpr std::uint32_t kWellKnown = 100'000;

 private:
  ModelFile file_;
  std::span<const std::uint64_t> names_;
  std::span<const std::uint32_t> first_;
  std::span<const std::uint32_t> candidates_;
  std::span<const std::uint32_t> weights_;
  std::span<const Place> places_;
  std::span<const std::uint64_t> peoples_;
  std::span<const char> people_countries_;
};

}  // namespace copydesk::resolve
