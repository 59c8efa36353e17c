// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/wire_tally.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace copydesk {
namespace {

using namespace std::chrono_literals;
using Clock = live_page::WireTally::Clock;

encode::Digest quoting(const std::string& name, std::uint32_t quotes, const std::string& role = "") {
  encode::Digest digest;
  digest.people.push_back({name, role, quotes});
  return digest;
}
encode::Digest naming(const std::string& name, std::uint32_t geonames = 0) {
  encode::Digest digest;
  encode::Digest::Place place{.name = name, .type = EntityType::kGpe, .geonames = geonames};
  if (geonames != 0) {
    place.latitude = 46.5F;
    place.longitude = -6.25F;
  }
  digest.places.push_back(place);
  return digest;
}

class Tally : public testing::Test {
 protected:
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(tally_.json(now_)); }

  void add(const std::string& id, std::string_view key, encode::Digest digest, Clock::time_point when,
           bool duplicate = false) {
    digest.story.id = id;
    tally_.add(digest, key, duplicate, when);
  }

  Clock::time_point now_ = Clock::now();
  live_page::WireTally tally_{{.kept_for = 1h, .articles = 100, .names = 50}};
};

TEST_F(Tally, AddsUpOverArticlesWhateverTheCase) {
  add("a", "", quoting("ANA VOSS", 2), now_);
  add("b", "", quoting("Ana Voss", 3, "mayor"), now_);
  add("c", "", quoting("Ilo Brandt", 4), now_);
  EXPECT_EQ(json()["people"], nlohmann::json::parse(R"([
    {"name": "Ana Voss", "role": "mayor", "quotes": 5, "articles": 2}, {"name": "Ilo Brandt", "quotes": 4, "articles": 1}])"));
  EXPECT_EQ(json()["articles"], 3);
}

TEST_F(Tally, APlaceThatIsLinkedIsOnePlaceUnderAnyName) {
  add("a", "", naming("Kyiv", 703448), now_);
  add("b", "", naming("Kiev", 703448), now_);
  add("c", "", naming("Karsund"), now_);
  EXPECT_EQ(json()["places"], nlohmann::json::parse(R"([
    {"name": "Kyiv", "type": "GPE", "articles": 2, "geonames": 703448, "lat": 46.5, "lon": -6.25},
    {"name": "Karsund", "type": "GPE", "articles": 1}])"));
}

TEST_F(Tally, ANameIsNotShoutedWhereItNeedNotBe) {
  add("a", "", naming("PORT SELWYN"), now_);
  EXPECT_EQ(json()["places"][0]["name"], "PORT SELWYN");
  add("b", "", naming("Port Selwyn"), now_);
  add("c", "", naming("PORT SELWYN"), now_);
  EXPECT_EQ(json()["places"][0]["name"], "Port Selwyn");
  EXPECT_EQ(json()["places"][0]["articles"], 3);
}

TEST_F(Tally, ANewVersionTakesThePlaceOfTheOld) {
  add("a", "", quoting("Ana Voss", 2), now_);
  add("a", "", quoting("Ilo Brandt", 1), now_);
  EXPECT_EQ(json()["people"].size(), 1U);
  EXPECT_EQ(json()["people"][0]["name"], "Ilo Brandt");
}

TEST_F(Tally, WhatSaysTheSameAsAnotherDoesNotCount) {
  encode::Digest digest = quoting("Ana Voss", 2);
  add("a", "", digest, now_, true);
  EXPECT_EQ(tally_.names(), 0U);
}

TEST_F(Tally, ARemovedArticleLeavesNothingNotEvenARole) {
  add("a", "", quoting("Ana Voss", 2), now_);
  add("b", "desk-7", quoting("Ana Voss", 1, "suspect"), now_);
  add("c", "", naming("Karsund"), now_);
  const std::uint64_t revision = tally_.revision();
  tally_.remove("b");
  EXPECT_NE(tally_.revision(), revision);
  EXPECT_EQ(json()["people"], nlohmann::json::parse(R"([{"name": "Ana Voss", "quotes": 2, "articles": 1}])"));
  tally_.remove("a");
  tally_.remove("c");
  tally_.remove("unknown");
  EXPECT_EQ(tally_.names(), 0U);
  EXPECT_EQ(tally_.articles(), 0U);
}

TEST_F(Tally, ATombstonesKeyRemovesWhatCameWithIt) {
  add("a", "desk-7", quoting("Ana Voss", 2), now_);
  add("b", "desk-8", quoting("Ilo Brandt", 1), now_);
  tally_.remove_key("desk-7");
  tally_.remove_key("desk-9");
  EXPECT_EQ(json()["people"].size(), 1U);
  EXPECT_EQ(json()["people"][0]["name"], "Ilo Brandt");
}

TEST_F(Tally, OneWhoIsListedTwiceInAnArticleIsInOneArticle) {
  encode::Digest digest = quoting("Ana Voss", 2);
  digest.people.push_back({"Ana VOSS", "", 3});
  add("a", "", digest, now_);
  EXPECT_EQ(json()["people"], nlohmann::json::parse(R"([{"name": "Ana Voss", "quotes": 5, "articles": 1}])"));
  tally_.remove("a");
  EXPECT_EQ(tally_.names(), 0U);
}

TEST_F(Tally, ForgetsAfterItsTime) {
  add("a", "", quoting("Ana Voss", 2), now_);
  add("b", "", quoting("Ilo Brandt", 1), now_ + 30min);
  add("a", "", quoting("Ana Voss", 1), now_ + 45min);  // its time begins anew
  tally_.forget_old(now_ + 61min);
  EXPECT_EQ(tally_.articles(), 2U);
  tally_.forget_old(now_ + 91min);
  EXPECT_EQ(json()["people"][0]["name"], "Ana Voss");
  EXPECT_EQ(tally_.articles(), 1U);
  tally_.forget_old(now_ + 3h);
  EXPECT_EQ(tally_.names(), 0U);
}

TEST_F(Tally, IsBoundedInArticlesAndNamesAndSaysHowFarItGoesBack) {
  now_ += 10min;
  for (int i = 0; i < 1000; ++i) add(std::to_string(i), "", quoting("Ana Voss", 1), now_ + i * 1s);
  now_ += 1000s;
  EXPECT_EQ(tally_.articles(), 100U);
  EXPECT_EQ(json()["people"][0]["quotes"], 100);
  EXPECT_NEAR(json()["seconds"].get<double>(), 100, 2);
  for (int i = 0; i < 1000; ++i) {
    add("n" + std::to_string(i), std::to_string(i), quoting("Person " + std::to_string(i), 1), now_);
    EXPECT_LE(tally_.names(), 50U);
  }
  EXPECT_EQ(json()["people"].size(), live_page::WireTally::kPeople);
  for (int i = 0; i < 10'000; ++i) add("same", "", naming("Karsund"), now_);
  EXPECT_EQ(json()["places"][0]["articles"], 1);
}

}  // namespace
}  // namespace copydesk
