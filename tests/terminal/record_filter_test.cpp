#include "pipeline/terminal/record_filter.h"

#include <gtest/gtest.h>

namespace copydesk {
namespace {

EnrichedRecord sample() {
  EnrichedRecord record;
  record.id = "story-17";
  record.headline = "Die Brücke";
  record.text = "Die Brücke\n\nÅSE ØVRE spoke of the ferry.";
  record.entities = {{.type = "PERSON", .name = "Åse Øvre", .role = "", .aliases = {"Madame Ferry"}, .mentions = 1},
                     {.type = "ORG", .name = "Harbour Board", .role = "", .aliases = {}, .mentions = 1}};
  record.quotes = {{.type = "direct", .text = "“We are ready”", .speaker = "Åse Øvre", .speaker_named = true},
                   {.type = "indirect", .text = "the ferry would sail", .speaker = "Jon Aske", .speaker_named = true}};
  return record;
}

TEST(RecordFilter, TakesAllWithoutAWish) {
  EXPECT_TRUE(RecordFilter().takes_all());
  EXPECT_TRUE(RecordFilter().matches(sample()));
  EXPECT_FALSE(RecordFilter{.said = "x"}.takes_all());
  EXPECT_FALSE(RecordFilter{.quoted = true}.takes_all());
}

TEST(RecordFilter, EachWish) {
  const EnrichedRecord record = sample();
  EXPECT_TRUE(RecordFilter{.id = "story-17"}.matches(record));
  EXPECT_FALSE(RecordFilter{.id = "story-1"}.matches(record)) << "ids are whole";
  EXPECT_TRUE(RecordFilter{.person = "øvre"}.matches(record));
  EXPECT_TRUE(RecordFilter{.person = "madame"}.matches(record)) << "another form of the name";
  EXPECT_FALSE(RecordFilter{.person = "harbour"}.matches(record)) << "is no person";
  EXPECT_TRUE(RecordFilter{.about = "HARBOUR"}.matches(record));
  EXPECT_TRUE(RecordFilter{.search = "åse øvre"}.matches(record));
  EXPECT_TRUE(RecordFilter{.search = "BRÜCKE"}.matches(record));
  EXPECT_FALSE(RecordFilter{.search = "bruecke"}.matches(record));
  EXPECT_TRUE((RecordFilter{.types = {"GPE", "ORG"}}.matches(record)));
  EXPECT_FALSE((RecordFilter{.types = {"GPE"}}.matches(record)));
  EXPECT_TRUE((RecordFilter{.quote_types = {"indirect"}}.matches(record)));
  EXPECT_FALSE((RecordFilter{.quote_types = {"mixed"}}.matches(record)));
  EXPECT_FALSE((RecordFilter{.person = "øvre", .search = "train"}.matches(record))) << "all must hold";
}

TEST(RecordFilter, WhatIsSaidOfQuotesIsOfOneQuote) {
  const EnrichedRecord record = sample();
  EXPECT_TRUE((RecordFilter{.speaker = "aske", .said = "ferry"}.matches(record)));
  EXPECT_FALSE((RecordFilter{.speaker = "øvre", .said = "ferry"}.matches(record))) << "another said it";
  EXPECT_FALSE((RecordFilter{.said = "ready", .quote_types = {"indirect"}}.matches(record)));
  const RecordFilter by_type{.quote_types = {"direct"}};
  EXPECT_TRUE(by_type.matches(record.quotes[0]));
  EXPECT_FALSE(by_type.matches(record.quotes[1]));
  EXPECT_FALSE(RecordFilter{.quoted = true}.matches(EnrichedRecord()));
}

TEST(RecordFilter, BytesThatAreNoTextDoNotMatter) {
  EXPECT_TRUE(contains_ignoring_case("abc\xE2\x80", "BC"));
  EXPECT_FALSE(contains_ignoring_case("abc", "\xFF"));
  EXPECT_TRUE(contains_ignoring_case("ab\xF0", "\xF0"));
}

}  // namespace
}  // namespace copydesk
