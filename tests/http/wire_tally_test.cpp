#include "pipeline/live_page/wire_tally.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace copydesk {
namespace {

using namespace std::chrono_literals;
using Clock = live_page::WireTally::Clock;

live_page::RecordNames quoting(const std::string& name, std::uint32_t quotes, const std::string& role = "") {
  live_page::RecordNames names;
  names.people.push_back({name, role, quotes});
  return names;
}
live_page::RecordNames naming(const std::string& name, std::uint64_t geonames = 0) {
  live_page::RecordNames names;
  live_page::RecordNames::Place place{.name = name, .type = "GPE", .geonames = geonames};
  if (geonames != 0) {
    place.latitude = 46.5;
    place.longitude = -6.25;
  }
  names.places.push_back(place);
  return names;
}

class Tally : public testing::Test {
 protected:
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(tally_.json(now_)); }

  Clock::time_point now_ = Clock::now();
  live_page::WireTally tally_{{.kept_for = 1h, .articles = 100, .names = 50}};
};

TEST_F(Tally, AddsUpOverArticlesWhateverTheCase) {
  tally_.add("a", "", quoting("ANA VOSS", 2), now_);
  tally_.add("b", "", quoting("Ana Voss", 3, "mayor"), now_);
  tally_.add("c", "", quoting("Ilo Brandt", 4), now_);
  EXPECT_EQ(json()["people"], nlohmann::json::parse(R"([
    {"name": "Ana Voss", "role": "mayor", "quotes": 5, "articles": 2}, {"name": "Ilo Brandt", "quotes": 4, "articles": 1}])"));
  EXPECT_EQ(json()["articles"], 3);
}

TEST_F(Tally, APlaceThatIsLinkedIsOnePlaceUnderAnyName) {
  tally_.add("a", "", naming("Kyiv", 703448), now_);
  tally_.add("b", "", naming("Kiev", 703448), now_);
  tally_.add("c", "", naming("Karsund"), now_);
  EXPECT_EQ(json()["places"], nlohmann::json::parse(R"([
    {"name": "Kyiv", "type": "GPE", "articles": 2, "geonames": 703448, "lat": 46.5, "lon": -6.25},
    {"name": "Karsund", "type": "GPE", "articles": 1}])"));
}

TEST_F(Tally, ANameIsNotShoutedWhereItNeedNotBe) {
  tally_.add("a", "", naming("PORT SELWYN"), now_);
  EXPECT_EQ(json()["places"][0]["name"], "PORT SELWYN");
  tally_.add("b", "", naming("Port Selwyn"), now_);
  tally_.add("c", "", naming("PORT SELWYN"), now_);
  EXPECT_EQ(json()["places"][0]["name"], "Port Selwyn");
  EXPECT_EQ(json()["places"][0]["articles"], 3);
}

TEST_F(Tally, ANewVersionTakesThePlaceOfTheOld) {
  tally_.add("a", "", quoting("Ana Voss", 2), now_);
  tally_.add("a", "", quoting("Ilo Brandt", 1), now_);
  EXPECT_EQ(json()["people"].size(), 1U);
  EXPECT_EQ(json()["people"][0]["name"], "Ilo Brandt");
}

TEST_F(Tally, WhatSaysTheSameAsAnotherDoesNotCount) {
  live_page::RecordNames names = quoting("Ana Voss", 2);
  names.duplicate = true;
  tally_.add("a", "", names, now_);
  EXPECT_EQ(tally_.names(), 0U);
}

TEST_F(Tally, ARemovedArticleLeavesNothingNotEvenARole) {
  tally_.add("a", "", quoting("Ana Voss", 2), now_);
  tally_.add("b", "desk-7", quoting("Ana Voss", 1, "suspect"), now_);
  tally_.add("c", "", naming("Karsund"), now_);
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
  tally_.add("a", "desk-7", quoting("Ana Voss", 2), now_);
  tally_.add("b", "desk-8", quoting("Ilo Brandt", 1), now_);
  tally_.remove_key("desk-7");
  tally_.remove_key("desk-9");
  EXPECT_EQ(json()["people"].size(), 1U);
  EXPECT_EQ(json()["people"][0]["name"], "Ilo Brandt");
}

TEST_F(Tally, OneWhoIsListedTwiceInAnArticleIsInOneArticle) {
  live_page::RecordNames names = quoting("Ana Voss", 2);
  names.people.push_back({"Ana VOSS", "", 3});
  tally_.add("a", "", names, now_);
  EXPECT_EQ(json()["people"], nlohmann::json::parse(R"([{"name": "Ana Voss", "quotes": 5, "articles": 1}])"));
  tally_.remove("a");
  EXPECT_EQ(tally_.names(), 0U);
}

TEST_F(Tally, ForgetsAfterItsTime) {
  tally_.add("a", "", quoting("Ana Voss", 2), now_);
  tally_.add("b", "", quoting("Ilo Brandt", 1), now_ + 30min);
  tally_.add("a", "", quoting("Ana Voss", 1), now_ + 45min);  // its time begins anew
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
  for (int i = 0; i < 1000; ++i) tally_.add(std::to_string(i), "", quoting("Ana Voss", 1), now_ + i * 1s);
  now_ += 1000s;
  EXPECT_EQ(tally_.articles(), 100U);
  EXPECT_EQ(json()["people"][0]["quotes"], 100);
  EXPECT_NEAR(json()["seconds"].get<double>(), 100, 2);
  for (int i = 0; i < 1000; ++i) {
    tally_.add("n" + std::to_string(i), std::to_string(i), quoting("Person " + std::to_string(i), 1), now_);
    EXPECT_LE(tally_.names(), 50U);
  }
  EXPECT_EQ(json()["people"].size(), live_page::WireTally::kPeople);
  for (int i = 0; i < 10'000; ++i) tally_.add("same", "", naming("Karsund"), now_);
  EXPECT_EQ(json()["places"][0]["articles"], 1);
}

}  // namespace
}  // namespace copydesk
