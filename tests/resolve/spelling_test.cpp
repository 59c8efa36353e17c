// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/spelling.h"

#include <gtest/gtest.h>

namespace copydesk::resolve {
namespace {

TEST(SpellingKey, SharedByRomanisationsOfOneName) {
  EXPECT_EQ(spelling_key("Marenkov"), spelling_key("Marenkoff"));
  EXPECT_EQ(spelling_key("Wolkow"), spelling_key("Volkov"));
  EXPECT_EQ(spelling_key("Dorensky"), spelling_key("Dorenskiy"));
  EXPECT_EQ(spelling_key("Dorensky"), spelling_key("DORENSKYY"));
  EXPECT_EQ(spelling_key("Karolina"), spelling_key("Carolina"));
  EXPECT_EQ(spelling_key("Müller"), spelling_key("Mueller"));
  EXPECT_EQ(spelling_key("Łukasz"), spelling_key("Lukasz"));
  EXPECT_EQ(spelling_key("Schevtsova"), spelling_key("Shevtzova"));
}

TEST(SpellingKey, DiffersBetweenNames) {
  EXPECT_NE(spelling_key("Martin"), spelling_key("Merton"));
  EXPECT_NE(spelling_key("Holt"), spelling_key("Hold"));
  EXPECT_NE(spelling_key("Brandt"), spelling_key("Grandt"));
}

TEST(SpellingKey, NothingForShortWordsAndOtherScripts) {
  EXPECT_EQ(spelling_key(""), 0U);
  EXPECT_EQ(spelling_key("Lee"), 0U);
  EXPECT_EQ(spelling_key("Волков"), 0U);
  EXPECT_EQ(spelling_key("\xC5"), 0U);
}

}  // namespace
}  // namespace copydesk::resolve
