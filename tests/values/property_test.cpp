// SPDX-License-Identifier: Apache-2.0
// What must hold for any text: no crash, values in order and inside a sentence, linear time.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "tests/values/valued.h"

namespace copydesk {
namespace {

constexpr std::string_view kPublished = "2026-03-02T09:15:00Z";

void expect_sound(const Valued& valued) {
  std::uint32_t end = 0;
  for (const values::Value& value : valued.values().items) {
    ASSERT_LE(end, value.tokens.begin) << valued.text();
    ASSERT_LT(value.tokens.begin, value.tokens.end) << valued.text();
    ASSERT_LE(value.tokens.end, valued.tokens().size()) << valued.text();
    ASSERT_FALSE(is_name(value.type)) << valued.text();
    end = value.tokens.end;
  }
}

TEST(ValuesProperty, RandomPiecesOfValuesMakeSoundValues) {
  static constexpr std::string_view kPieces[] = {
      "3",       "42",          "2026",       "1,200",   "99999999999999999999",
      "0",       "4.5",         "1/2",        "½",       "-",
      "–",       "$",           "US$",        "£",       "€",
      "%",       "percent",     "km",         "m",       "bn",
      "to",      "and",         "a",          "half",    "the",
      "March",   "May",         "Monday",     "Q1",      "first",
      "third",   "last",        "next",       "two",     "twenty",
      "one",     "hundred",     "million",    "dozens",  "of",
      "between", "more than",   "about",      "early",   "end of",
      "year",    "years",       "old",        "ago",     "10:30",
      "a.m.",    "GMT",         "noon",       "night",   "BC",
      "1990s",   "'90s",        "century",    "quarter", ",",
      ".",       "(",           ")",          "dollars", "cents",
      "tons",    "°C",          "12/31/2025", "2-1",     "0th",
      "31st",    "February 30", "\n\n",       "minus",   "é"};
  std::mt19937 random(20260302);
  std::uniform_int_distribution<std::size_t> pick(0, std::size(kPieces) - 1);
  std::uniform_int_distribution<int> length(1, 24);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int left = length(random); left > 0; --left) {
      text += kPieces[pick(random)];
      if (random() % 4 != 0) text += ' ';
    }
    Valued valued(text, round % 3 == 0 ? std::string_view{} : kPublished);
    expect_sound(valued);
    ASSERT_FALSE(valued.record().empty()) << text;
  }
}

TEST(ValuesProperty, RandomBytesMakeSoundValues) {
  std::mt19937 random(7);
  static constexpr std::string_view kBytes = "0123456789.,:/-'$%ms \n";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto left = random() % 60; left > 0; --left) text += kBytes[random() % kBytes.size()];
    expect_sound(Valued(text, kPublished));
  }
}

void expect_sound_repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  expect_sound(Valued(text, kPublished));
}

TEST(ValuesProperty, TimeIsLinearInTextsMadeToHurt) {
  // Quadratic work on so many pieces would not end within the test's time-out. A sanitizer's build, many times slower,
  // looks for faults of memory: a twentieth is enough there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::size_t kPieces = 10'000;
#else
  constexpr std::size_t kPieces = 200'000;
#endif
  for (const char* piece : {"1", "and "}) expect_sound_repeated(piece, 5 * kPieces);
  for (const char* piece : {"1 ",       "one and ", "hundred ", "million ", "two hundred and ", "1,000,", "-", "5-",
                            "the ",     "early ",   "about ",   "last ",    "of hundreds ",     "March ", "$", "$1 to ",
                            "between ", "Monday ",  "1990s ",   "a half ",  "March 3 to ",      "% "}) {
    expect_sound_repeated(piece, kPieces);
  }
}

TEST(ValuesStage, OnlyFullAnalysisFindsValues) {
  EXPECT_EQ(Valued("In 2024, two people.", kPublished).values().items.size(), 2U);
  EXPECT_TRUE(Valued("In 2024, two people.", kPublished, parse::Analysis::kSegmentation).values().items.empty());
}

TEST(ValuesStage, RelativeDatesHaveNoValueWithoutPublicationTime) {
  const Valued valued("He left yesterday.", "");
  ASSERT_EQ(valued.values().items.size(), 1U);
  EXPECT_EQ(valued.values().items[0].meaning, values::Value::Meaning::kUnknown);
}

TEST(ValuesStage, AnExpiredDeadlineIsAnError) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "day ";
  parse::Article article;
  article.text = text;
  ChunkPool pool;
  Arena arena(pool);
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  const auto tokens = *tokenize::TokenizeStage().run({{article}}, tokenize_scratch,
                                                     StageContext(arena, StageContext::Clock::time_point::max()));
  values::ValuesStage::Scratch scratch;
  const auto result = values::ValuesStage().run(
      {{article, tokens}}, scratch, StageContext(arena, StageContext::Clock::now() - std::chrono::seconds(1)));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::kDeadline);
}

}  // namespace
}  // namespace copydesk
