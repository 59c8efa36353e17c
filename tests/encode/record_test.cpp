// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "tests/encode/encoded.h"

namespace copydesk {
namespace {

using Json = nlohmann::ordered_json;

/// "“Ja,” said Åse Vik. 5 km" with every layer filled.
struct Filled : Layers {
  std::string text = "“Ja,” said Åse Vik. 5 km";
  std::array<parse::Segment, 1> segments{{{"body", {0, 29}}}};
  std::array<Span, 10> words{
      {{0, 3}, {3, 5}, {5, 6}, {6, 9}, {10, 14}, {15, 19}, {20, 23}, {23, 24}, {25, 26}, {27, 29}}};
  std::array<TokenRange, 2> sentences{{{0, 8}, {8, 10}}};
  std::array<values::Value, 1> amounts{};
  std::array<Span, 1> quote_spans{{{0, 9}}};
  std::array<quotes::Quote, 1> quote{};
  std::array<std::string_view, 1> aliases{"Vik"};
  std::array<resolve::Entity, 1> entity{};
  std::array<resolve::Mention, 1> mention{{{{15, 23}, EntityType::kPerson, resolve::MentionKind::kName, 0}}};
  std::array<std::uint32_t, 1> speakers{0};
  std::array<float, 1> sureness{0.75F};
  std::array<parse::RawField, 2> fields{{{"byline", "\"By\\n\"", false}, {"text", "\"x\"", true}}};

  Filled() {
    article.text = text;
    article.id = "a\"1";
    article.language = "en";
    article.segments = segments;
    article.fields = fields;
    tokens.spans = words;
    tokens.sentences = sentences;
    amounts[0] = {{8, 10}, EntityType::kQuantity, values::Value::Meaning::kNumber, 5, 0, {}, "km"};
    values.items = amounts;
    quote[0] = {.type = quotes::QuoteType::kDirect,
                .extent = {0, 9},
                .spans = quote_spans,
                .source_kind = quotes::SourceKind::kNominal,
                .source = {15, 23},
                .antecedent = {},
                .cue = {10, 14},
                .cue_lemma = "say",
                .polarity = quotes::Polarity::kDenied,
                .source_reason = quotes::SourceReason::kOfCue,
                .construction = "quotation, then cue",
                .confidence = 0.97F};
    quotes.items = quote;
    entity[0] = {EntityType::kPerson, "Åse Vik", "mayor", aliases, 1, 1, false, {}};
    resolution = {entity, mention, speakers, sureness};
  }
};

TEST(Record, HasTheDocumentedFieldsInOrder) {
  const Filled filled;
  EXPECT_EQ(
      filled.encode({.pipeline = "copydesk 1", .model = "en-1"}),
      R"({"schema":"copydesk/enriched-article/1","id":"a\"1","status":"usable","analysis":"full","language":"en",)"
      R"("text":"“Ja,” said Åse Vik. 5 km","segments":[{"field":"body","start":0,"end":24}],"offset_unit":"codepoint",)"
      R"("entities":[{"id":"e1","type":"PERSON","name":"Åse Vik","role":"mayor","aliases":["Vik"],"mentions":1,"quoted":1}],)"
      R"("mentions":[{"start":11,"end":18,"text":"Åse Vik","type":"PERSON","kind":"name","entity":"e1"},)"
      R"({"start":20,"end":24,"text":"5 km","type":"QUANTITY","kind":"value","value":{"number":5,"unit":"km"}}],)"
      R"("quotes":[{"id":"q1","type":"direct","start":0,"end":5,"spans":[[0,5]],"text":"“Ja,”",)"
      R"("speaker":{"start":11,"end":18,"text":"Åse Vik","entity":"e1","name":"Åse Vik","confidence":0.75},)"
      R"("cue":{"start":6,"end":10,"text":"said","lemma":"say"},"polarity":"denied","confidence":0.97}],)"
      R"("extra":{"byline":"By\n"},"provenance":{"pipeline":"copydesk 1","models":{"entities":"en-1"}}})");
}

TEST(Record, WritesTokensAndTimesOnlyWhenAsked) {
  Filled filled;
  EXPECT_FALSE(Json::parse(filled.encode()).contains("tokens"));
  EXPECT_FALSE(Json::parse(filled.encode())["provenance"].contains("received"));
  filled.payload.received_ms = 1772442900123;
  const Json record = Json::parse(filled.encode({.tokens = true}));
  EXPECT_EQ(record["tokens"].size(), 10U);
  EXPECT_EQ(record["tokens"][0], Json::array({0, 1}));
  EXPECT_EQ(record["sentences"], Json::parse("[[0,19],[20,24]]"));
  EXPECT_EQ(record["provenance"]["received"], "2026-03-02T09:15:00.123Z");
  EXPECT_EQ(record["provenance"]["enriched"].get<std::string>().size(), 24U);
}

TEST(Record, RefusesSpansThatBreakTheContract) {
  for (const Span bad : {Span{1, 3}, Span{0, 30}, Span{9, 3}}) {
    Filled filled;
    filled.mention[0].span = bad;
    EXPECT_EQ(filled.encode(), "internal");
    filled.mention[0].span = {15, 23};
    filled.quote[0].cue = bad;
    EXPECT_EQ(filled.encode() == "internal", !bad.empty());
    filled.quote[0].cue = {10, 14};
    filled.quote_spans[0] = bad;
    EXPECT_EQ(filled.encode(), "internal");
    filled.quote_spans[0] = {0, 9};
    filled.words[3] = bad;
    EXPECT_EQ(filled.encode({.tokens = true}), "internal");
  }
  Filled filled;
  filled.mention[0].entity = 1;
  EXPECT_EQ(filled.encode(), "internal");
  filled.mention[0].entity = 0;
  filled.speakers[0] = 7;
  EXPECT_EQ(filled.encode(), "internal");
  filled.speakers[0] = resolve::kNoEntity;
  filled.amounts[0].tokens = {9, 11};
  EXPECT_EQ(filled.encode(), "internal");
}

TEST(Record, EscapesWhatJsonForbids) {
  std::string text;
  for (int byte = 0; byte < 0x80; ++byte) text.push_back(static_cast<char>(byte));
  text += "é\u2028😀";
  Layers layers;
  layers.article.text = text;
  const std::string record = layers.encode();
  EXPECT_EQ(Json::parse(record)["text"], text);
  EXPECT_EQ(record.find_first_of("\r\n"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
