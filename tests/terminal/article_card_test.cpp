// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/article_card.h"

#include <gtest/gtest.h>

#include <string>

namespace copydesk {
namespace {

const std::string kRecord = R"({"schema": "copydesk/enriched-article/1", "id": "story-17", "version": "3",
  "status": "usable", "published": "2026-03-02T09:15:00Z",
  "text": "Brücke wartet\n\nMayor Ilse Brandt said the bridge would reopen in May.",
  "segments": [{"field": "headline", "start": 0, "end": 13}, {"field": "body", "start": 15, "end": 70}],
  "entities": [{"id": "e1", "type": "PERSON", "name": "Ilse Brandt", "role": "Mayor", "mentions": 2, "aliases": ["Brandt"]},
               {"id": "e2", "type": "ORG", "name": "Harbour Board", "mentions": 1},
               {"id": "e3", "type": "PERSON", "name": "officials", "unnamed": true, "mentions": 1}],
  "quotes": [{"type": "indirect", "text": "the bridge would reopen in May", "speaker": {"text": "Mayor Ilse Brandt", "name": "Ilse Brandt"}},
             {"type": "direct", "text": "“We are ready”", "speaker": {"text": "she", "name": "Ilse Brandt"}},
             {"type": "direct", "text": "“No”"}]})";

terminal::EnrichedRecord record_of(const std::string& json) {
  auto read = terminal::read_enriched(json);
  EXPECT_TRUE(read.ok()) << (read ? "" : read.error().message);
  return read ? *read : terminal::EnrichedRecord();
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(EnrichedRecord, IsReadAsItIs) {
  const terminal::EnrichedRecord record = record_of(kRecord);
  EXPECT_EQ(record.id, "story-17");
  EXPECT_EQ(record.headline, "Brücke wartet") << "offsets are code points";
  ASSERT_EQ(record.entities.size(), 3U);
  EXPECT_EQ(record.entities[0].aliases, std::vector<std::string>{"Brandt"});
  EXPECT_TRUE(record.entities[2].unnamed);
  ASSERT_EQ(record.quotes.size(), 3U);
  EXPECT_EQ(record.quotes[1].speaker, "Ilse Brandt");
  EXPECT_TRUE(record.quotes[1].speaker_named);
  EXPECT_EQ(record.quotes[2].speaker, "");
}

TEST(EnrichedRecord, OtherThingsAreErrors) {
  for (const char* other : {"", "[]", "{", R"({"uri":"x","standard":{"name":"ninjs"}})", R"({"schema":"another/1"})"}) {
    EXPECT_FALSE(terminal::read_enriched(other).ok()) << other;
  }
  EXPECT_TRUE(
      terminal::read_enriched(R"({"schema":"copydesk/enriched-article/1","quotes":7,"entities":[null,"x"]})").ok());
}

TEST(ArticleCard, SaysWhoSaidWhat) {
  const std::string card = terminal::article_card(record_of(kRecord), {});
  EXPECT_TRUE(has(card, "Brücke wartet\nstory-17  version 3  2026-03-02T09:15:00Z\n")) << card;
  EXPECT_TRUE(has(card, "  People        Ilse Brandt (Mayor) ×2\n")) << card;
  EXPECT_TRUE(has(card, "  Organisations Harbour Board\n")) << card;
  EXPECT_FALSE(has(card, "officials")) << card;
  EXPECT_TRUE(has(card,
                  "  Who said what\n  Ilse Brandt\n      the bridge would reopen in May  (indirect)\n"
                  "      “We are ready”\n  (not said who)\n      “No”\n"))
      << card;
  EXPECT_FALSE(has(card, "\x1b"));
  EXPECT_TRUE(has(terminal::article_card(record_of(kRecord), {.colours = true}), "\x1b[1;33mIlse Brandt\x1b[0m"));
}

TEST(ArticleCard, WarnsOfWhatMustNotBePublished) {
  EXPECT_TRUE(has(terminal::article_card(record_of(with(kRecord, "usable", "canceled")), {}), "recalled (canceled)"));
  const std::string embargoed = with(kRecord, R"("version")", R"("embargoed": "2999-01-01T00:00:00Z", "version")");
  EXPECT_TRUE(has(terminal::article_card(record_of(embargoed), {}), "under embargo until 2999-01-01T00:00:00Z"));
  EXPECT_EQ(terminal::card_interest(record_of(embargoed)), 0U);
  EXPECT_GT(terminal::card_interest(record_of(kRecord)), 0U);
  const std::string late = with(kRecord, R"("version")", R"("superseded": true, "duplicate_of": "story-9", "version")");
  const std::string card = terminal::article_card(record_of(late), {});
  EXPECT_TRUE(has(card, "an older version that came late\nnearly the same as story-9\n")) << card;
}

// Whatever field it is in.
TEST(ArticleCard, NoFieldOfARecordControlsTheTerminal) {
  for (const char* field : {"story-17", "\"3\"", "2026-03-02T09:15:00Z", "Brücke wartet", "\"Ilse Brandt\"",
                            "\"Mayor\"", "Harbour Board", "the bridge would reopen in May", "\"indirect\"", "“No”"}) {
    const std::string text = field;
    const bool quoted = text.front() == '"';
    const std::string hostile = quoted ? R"("\u001b]0;owned\u0007\u009b2J")" : R"(\u001b]0;owned\u0007\u009b2J)";
    std::string json = kRecord;
    for (std::size_t at = 0; (at = json.find(text, at)) != std::string::npos; at += hostile.size()) {
      json.replace(at, text.size(), hostile);
    }
    const terminal::EnrichedRecord record = record_of(json);
    for (const std::string& shown : {terminal::article_card(record, {}), terminal::quote_lines(record, {})}) {
      EXPECT_FALSE(has(shown, "\x1b") || has(shown, "\x07") || has(shown, "\xC2\x9B")) << field << '\n' << shown;
    }
    EXPECT_TRUE(has(terminal::article_card(record, {}), "owned")) << field;
  }
}

TEST(ArticleCard, QuotesAlone) {
  EXPECT_EQ(terminal::quote_lines(record_of(kRecord), {}),
            "Ilse Brandt  story-17  (indirect)\n    the bridge would reopen in May\n"
            "Ilse Brandt  story-17\n    “We are ready”\n"
            "(not said who)  story-17\n    “No”\n");
}

}  // namespace
}  // namespace copydesk
