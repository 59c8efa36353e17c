// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

constexpr std::string_view kArticle =
    R"({"id":"a-1","headline":"Ärger \"am\" Fluss \ud83d\ude00","text":"Ok.\n\nNo.","n":[1,-0.5e+3,true,null,{"k":"\u00e9"}],"o":{}})";

// Any prefix of an article is malformed JSON, whatever follows it in memory.
TEST(JsonReader, NoticesEveryTruncation) {
  ASSERT_TRUE(Parsed(kArticle).result()) << Parsed(kArticle).result().error().message;
  for (std::size_t size = 1; size < kArticle.size(); ++size) {
    const Parsed parsed(kArticle.substr(0, size));
    ASSERT_FALSE(parsed.result()) << kArticle.substr(0, size);
    const ErrorCode code = parsed.result().error().code;
    EXPECT_TRUE(code == ErrorCode::kMalformedJson || code == ErrorCode::kInvalidUtf8) << size << ' ' << reason(code);
  }
}

// A changed byte gives an article or an error, never a crash, and the error never quotes the text.
TEST(JsonReader, SurvivesChangedBytes) {
  std::mt19937 random(20260302);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes(kArticle);
    for (std::uint32_t change = 0; change <= random() % 3; ++change)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    const Parsed parsed(bytes);
    if (!parsed.result()) {
      EXPECT_EQ(parsed.result().error().message.find("Fluss"), std::string::npos);
      EXPECT_NE(parsed.result().error().code, ErrorCode::kInternal);
    }
  }
}

TEST(JsonReader, BoundsDepth) {
  const auto nested = [](std::size_t depth, char open, char close) {
    return "{\"id\":\"a\",\"text\":\"b\",\"x\":" + std::string(depth, open) + std::string(depth, close) + "}";
  };
  EXPECT_TRUE(Parsed(nested(parse::JsonReader::kMaxDepth - 1, '[', ']')).result());
  const Parsed deep(nested(parse::JsonReader::kMaxDepth, '[', ']'));
  ASSERT_FALSE(deep.result());
  EXPECT_EQ(deep.result().error().code, ErrorCode::kTooDeep);
  const Parsed very_deep(nested(std::size_t{5} << 20U, '[', ']'));
  ASSERT_FALSE(very_deep.result());
  EXPECT_EQ(very_deep.result().error().code, ErrorCode::kTooDeep) << very_deep.result().error().message;
}

TEST(JsonReader, ReadsManyMembersInLinearTime) {
  std::string bytes = "{\"id\":\"a\",\"text\":\"b\"";
  for (int i = 0; i < 200000; ++i) bytes += ",\"k" + std::to_string(i % 100000) + "\":" + std::to_string(i);
  bytes += "}";
  const Parsed parsed(bytes);
  ASSERT_TRUE(parsed.result());
  EXPECT_EQ(parsed.result()->fields.size(), 100002U);
}

// Elements that say nothing known cost no memory.
TEST(JsonReader, KeepsNothingOfWhatIsNotRead) {
  std::string bytes = R"({"id":"a","text":"b","x":[)";
  for (int i = 0; i < 2000000; ++i) bytes += "{},";
  bytes += "0]}";
  ChunkPool pool;
  Arena arena(pool, 4096);
  parse::JsonReader reader;
  bytes.append(parse::Payload::kPadding, ' ');
  const std::string_view value = std::string_view(bytes).substr(0, bytes.size() - parse::Payload::kPadding);
  const auto object = reader.read(value, [](std::string_view key) { return key == "x"; }, arena);
  ASSERT_TRUE(object);
  EXPECT_TRUE((*object)->items.empty());
  EXPECT_EQ((*object)->members.size(), 3U);
  EXPECT_TRUE((*object)->members[2].mixed);
}

TEST(ParseStage, RefusesWhatIsTooLarge) {
  const Parsed parsed(kArticle, "", false, {.max_article_bytes = 100});
  ASSERT_FALSE(parsed.result());
  EXPECT_EQ(parsed.result().error().code, ErrorCode::kTooLarge);
}

TEST(ParseStage, UsesTheDefaultLanguage) {
  const Parsed parsed(kArticle, "", false, {.default_language = "de"});
  ASSERT_TRUE(parsed.result());
  EXPECT_EQ(parsed.result()->language, "de");
  EXPECT_EQ(parsed.result()->analysis, parse::Analysis::kSegmentation);
}

}  // namespace
}  // namespace copydesk
