// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "stages/entity_type.h"
#include "stages/fingerprint/fingerprint.h"
#include "stages/parse/article.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/resolution.h"

namespace copydesk::encode {

/// What is remembered of an article to know its later versions and its near-duplicates by. Holds nothing of its text
/// but the fingerprint.
struct StoryFacts {
  std::string id;
  std::string version;                  ///< as stated
  std::optional<std::int64_t> made_at;  ///< when the version was made, in Unix seconds
  bool recalled = false;                ///< withheld or canceled
  fingerprint::Fingerprint fingerprint;
};
[[nodiscard]] StoryFacts story_facts(const parse::Article& article, const fingerprint::Fingerprint& fingerprint);

/// What an article counts for in the metrics.
struct ArticleCounts {
  std::uint64_t words = 0;
  std::array<std::uint32_t, kEntityTypeNames.size()> entities{};
  std::array<std::uint32_t, 3> quotes{};                   ///< by QuoteType
  parse::PayloadFrame frame = parse::PayloadFrame::kNone;  ///< that was taken off its value
};

/// What the process itself needs to know of an article whose record is written: delivery, metrics, live page and story
/// history read this, and nobody reads a record back. Owns its texts.
struct Digest {
  static constexpr std::size_t kMostNames = 64;     ///< people, and places, at most
  static constexpr std::size_t kLongestName = 120;  ///< bytes; longer names and roles are cut between code points

  /// Somebody with a name who is quoted.
  struct Person {
    std::string name;
    std::string role;  ///< may be empty
    std::uint32_t quotes = 0;
  };
  /// A GPE, LOC or FAC with a name.
  struct Place {
    std::string name;
    EntityType type = EntityType::kGpe;
    std::uint32_t geonames = 0;                                ///< 0 = unknown
    float latitude = std::numeric_limits<float>::quiet_NaN();  ///< degrees, WGS 84; NaN = unknown
    float longitude = std::numeric_limits<float>::quiet_NaN();
  };

  StoryFacts story;
  /// Unix time in milliseconds until which the article is embargoed; the latest there is where what it states is not a
  /// time; 0 = no embargo.
  std::int64_t embargoed_until_ms = 0;
  ArticleCounts counts;
  std::vector<Person> people;  ///< in the order of the record's entities, as are
  std::vector<Place> places;
};

/// Everything but `counts.words`.
[[nodiscard]] Digest digest_of(const parse::Article& article, const fingerprint::Fingerprint& fingerprint,
                               const quotes::Quotes& quotes, const resolve::Resolution& resolution);

}  // namespace copydesk::encode
