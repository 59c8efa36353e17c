// SPDX-License-Identifier: Apache-2.0
// The shipped files hold what the stage looks up: their hashes follow stages/tokenize/hash.h.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "stages/resolve/places.h"
#include "stages/resolve/word_lexicon.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

const std::string kModels = COPYDESK_SOURCE_DIR "/models/";

TEST(WordLexicon, TellsPeopleOrganisationsAndPlacesApart) {
  const WordLexicon lexicon(kModels + "resolve-lexicon.model");
  EXPECT_GT(lexicon.find_noun(tokenize::hash_lower("farmer")).person, 8);
  EXPECT_GT(lexicon.find_noun(tokenize::hash_lower("company")).organisation, 8);
  EXPECT_GT(lexicon.find_noun(tokenize::hash_lower("city")).place, 8);
  const NounClass thing = lexicon.find_noun(tokenize::hash_lower("idea"));
  EXPECT_TRUE(thing.known);
  EXPECT_LT(thing.person + thing.organisation + thing.place, 4);
  EXPECT_FALSE(lexicon.find_noun(tokenize::hash_lower("qwzxv")).known);
}

TEST(WordLexicon, KnowsFirstNames) {
  const WordLexicon lexicon(kModels + "resolve-lexicon.model");
  EXPECT_GT(lexicon.share_of_women("Mary"), 190);
  EXPECT_LE(lexicon.share_of_women("Mary"), 200);
  EXPECT_LT(lexicon.share_of_women("JAMES"), 10);
  EXPECT_GT(lexicon.share_of_women("Zorfina"), 201) << "by its ending";
  EXPECT_EQ(lexicon.share_of_women("Qx"), WordLexicon::kUnknownName);
  EXPECT_EQ(lexicon.share_of_women("東京"), WordLexicon::kUnknownName);
}

TEST(PlaceTable, FindsPlacesHoweverTheyAreWritten) {
  const PlaceTable table(kModels + "places.model");
  std::array<PlaceChoice, PlaceTable::kMaxChoices> choices;
  for (const char* name : {"Norway", "NORWAY", "norway "}) {
    ASSERT_EQ(table.find(name, choices), 1U) << name;
    EXPECT_EQ(choices[0].place->country(), "NO");
    EXPECT_EQ(choices[0].place->kind, PlaceKind::kCountry);
  }
  ASSERT_GE(table.find("Rio-de Janeiro", choices), 1U);
  EXPECT_EQ(choices[0].place->country(), "BR");
  EXPECT_NEAR(choices[0].place->latitude, -22.9, 0.1);
  EXPECT_NEAR(choices[0].place->longitude, -43.2, 0.1);
  EXPECT_GT(table.find("the United States", choices), 0U);
  EXPECT_EQ(table.find("", choices), 0U);
  EXPECT_EQ(table.find(std::string(1'000'000, 'a'), choices), 0U);
}

TEST(PlaceTable, KnowsPeoples) {
  const PlaceTable table(kModels + "places.model");
  EXPECT_EQ(table.country_of_people("Norwegian"), "NO");
  EXPECT_EQ(table.country_of_people("Norwegians"), "NO");
  EXPECT_EQ(table.country_of_people("Martian"), "");
}

}  // namespace
}  // namespace copydesk::resolve
