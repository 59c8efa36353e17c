#include "pipeline/live_page/record_names.h"

#include <gtest/gtest.h>

#include <cmath>

namespace copydesk {
namespace {

std::string with_entities(const std::string& entities, const std::string& more = "") {
  return R"({"id":"a","text":"t","entities":[)" + entities + "]" + more + "}";
}

TEST(RecordNames, TakesPeopleWhoAreQuotedAndPlaces) {
  live_page::RecordNamesReader reader;
  const live_page::RecordNames& names = reader.read(with_entities(
      R"({"id":"e1","type":"PERSON","name":"Ana Voss","role":"mayor","mentions":3,"quoted":2},)"
      R"({"id":"e2","type":"PERSON","name":"Ilo Brandt","mentions":1,"quoted":0},)"
      R"({"id":"e3","type":"PERSON","name":"a senior official","unnamed":true,"mentions":1,"quoted":1},)"
      R"({"id":"e4","type":"ORG","name":"Northline","mentions":1,"quoted":4},)"
      R"({"id":"e5","type":"GPE","name":"Geneva","mentions":1,"link":{"iso3166":"CH","geonames":2660646,"lat":46.2,"lon":6}},)"
      R"({"id":"e6","type":"LOC","name":"Tallow Bridge","mentions":1,"quoted":0})"));
  ASSERT_EQ(names.people.size(), 1U);
  EXPECT_EQ(names.people[0].name, "Ana Voss");
  EXPECT_EQ(names.people[0].role, "mayor");
  EXPECT_EQ(names.people[0].quotes, 2U);
  ASSERT_EQ(names.places.size(), 2U);
  EXPECT_EQ(names.places[0].name, "Geneva");
  EXPECT_EQ(names.places[0].geonames, 2660646U);
  EXPECT_DOUBLE_EQ(names.places[0].latitude, 46.2);
  EXPECT_DOUBLE_EQ(names.places[0].longitude, 6) << "a whole number of degrees is a coordinate too";
  EXPECT_EQ(names.places[1].type, "LOC");
  EXPECT_TRUE(std::isnan(names.places[1].latitude));
  EXPECT_FALSE(names.duplicate);
}

TEST(RecordNames, KnowsADuplicate) {
  live_page::RecordNamesReader reader;
  EXPECT_TRUE(reader.read(with_entities("", R"(,"duplicate_of":"b")")).duplicate);
}

TEST(RecordNames, FindsNothingInWhatIsNoRecord) {
  live_page::RecordNamesReader reader;
  for (const char* text :
       {"", "{", "[]", "7", R"({"entities":7})", R"({"entities":[7,{"type":"PERSON"},{"name":7}]})"}) {
    const live_page::RecordNames& names = reader.read(text);
    EXPECT_TRUE(names.people.empty() && names.places.empty()) << text;
  }
}

TEST(RecordNames, IsBounded) {
  std::string entities;
  for (int i = 0; i < 1000; ++i) {
    entities += (i == 0 ? "" : ",") + std::string(R"({"type":"PERSON","quoted":1,"name":"x)") + std::string(200, 'x') +
                "\xC3\xA9" + R"("},{"type":"GPE","name":")" + std::string(119, 'x') + "\xC3\xA9" + R"("})";
  }
  live_page::RecordNamesReader reader;
  const live_page::RecordNames& names = reader.read(with_entities(entities));
  EXPECT_EQ(names.people.size(), live_page::RecordNames::kMost);
  EXPECT_EQ(names.places.size(), live_page::RecordNames::kMost);
  EXPECT_EQ(names.people[0].name.size(), live_page::RecordNames::kMaxName);
  EXPECT_EQ(names.places[0].name, std::string(119, 'x')) << "no letter is cut in two";
}

}  // namespace
}  // namespace copydesk
