// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/record_filter.h"

#include <gtest/gtest.h>

namespace copydesk {
namespace {

terminal::EnrichedRecord sample() {
  terminal::EnrichedRecord record;
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
  EXPECT_TRUE(terminal::RecordFilter().takes_all());
  EXPECT_TRUE(terminal::RecordFilter().matches(sample()));
  EXPECT_FALSE(terminal::RecordFilter{.said = "x"}.takes_all());
  EXPECT_FALSE(terminal::RecordFilter{.quoted = true}.takes_all());
}

TEST(RecordFilter, EachWish) {
  const terminal::EnrichedRecord record = sample();
  EXPECT_TRUE(terminal::RecordFilter{.id = "story-17"}.matches(record));
  EXPECT_FALSE(terminal::RecordFilter{.id = "story-1"}.matches(record)) << "ids are whole";
  EXPECT_TRUE(terminal::RecordFilter{.person = "øvre"}.matches(record));
  EXPECT_TRUE(terminal::RecordFilter{.person = "madame"}.matches(record)) << "another form of the name";
  EXPECT_FALSE(terminal::RecordFilter{.person = "harbour"}.matches(record)) << "is no person";
  EXPECT_TRUE(terminal::RecordFilter{.about = "HARBOUR"}.matches(record));
  EXPECT_TRUE(terminal::RecordFilter{.search = "åse øvre"}.matches(record));
  EXPECT_TRUE(terminal::RecordFilter{.search = "BRÜCKE"}.matches(record));
  EXPECT_FALSE(terminal::RecordFilter{.search = "bruecke"}.matches(record));
  EXPECT_TRUE((terminal::RecordFilter{.types = {"GPE", "ORG"}}.matches(record)));
  EXPECT_FALSE((terminal::RecordFilter{.types = {"GPE"}}.matches(record)));
  EXPECT_TRUE((terminal::RecordFilter{.quote_types = {"indirect"}}.matches(record)));
  EXPECT_FALSE((terminal::RecordFilter{.quote_types = {"mixed"}}.matches(record)));
  EXPECT_FALSE((terminal::RecordFilter{.person = "øvre", .search = "train"}.matches(record))) << "all must hold";
}

TEST(RecordFilter, WhatIsSaidOfQuotesIsOfOneQuote) {
  const terminal::EnrichedRecord record = sample();
  EXPECT_TRUE((terminal::RecordFilter{.speaker = "aske", .said = "ferry"}.matches(record)));
  EXPECT_FALSE((terminal::RecordFilter{.speaker = "øvre", .said = "ferry"}.matches(record))) << "another said it";
  EXPECT_FALSE((terminal::RecordFilter{.said = "ready", .quote_types = {"indirect"}}.matches(record)));
  const terminal::RecordFilter by_type{.quote_types = {"direct"}};
  EXPECT_TRUE(by_type.matches(record.quotes[0]));
  EXPECT_FALSE(by_type.matches(record.quotes[1]));
  EXPECT_FALSE(terminal::RecordFilter{.quoted = true}.matches(terminal::EnrichedRecord()));
}

TEST(RecordFilter, BytesThatAreNoTextDoNotMatter) {
  EXPECT_TRUE(terminal::contains_ignoring_case("abc\xE2\x80", "BC"));
  EXPECT_FALSE(terminal::contains_ignoring_case("abc", "\xFF"));
  EXPECT_TRUE(terminal::contains_ignoring_case("ab\xF0", "\xF0"));
}

}  // namespace
}  // namespace copydesk
