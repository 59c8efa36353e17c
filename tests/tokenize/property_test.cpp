// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "stages/tokenize/code_points.h"
#include "stages/tokenize/hash.h"
#include "tests/tokenize/token_rules.h"
#include "tests/tokenize/tokenized.h"

namespace copydesk {
namespace {

void append_utf8(std::string& text, char32_t c) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0U | c >> 6U);
    byte(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    byte(0xE0U | c >> 12U);
    byte(0x80U | (c >> 6U & 0x3FU));
    byte(0x80U | (c & 0x3FU));
  } else {
    byte(0xF0U | c >> 18U);
    byte(0x80U | (c >> 12U & 0x3FU));
    byte(0x80U | (c >> 6U & 0x3FU));
    byte(0x80U | (c & 0x3FU));
  }
}

TEST(TokenizeProperty, HoldsForRandomMixturesOfWhatTokensAreMadeOf) {
  const std::vector<std::string> pieces{
      "a",       "I",      "word",   "Word",   "NATO", "U.S.", "Mr.", "No.",  "don't", "’s", "'",      "’",
      "‘",       "“",      "”",      "\"",     "''",   "``",   ".",   "..",   "...",   "…",  "!",      "?",
      ",",       ";",      ":",      "-",      "--",   "—",    "–",   "/",    "(",     ")",  "[",      "]",
      "1",       "10",     "3.5",    "1,000",  "%",    "$",    "€",   "#",    "@",     "&",  "*",      "_",
      "http://", "www.",   ".com",   "x@y.zz", "é",    "Ł",    "я",   "日本", "ا",     "😀", "\u200D", "\uFE0F",
      "\u0301",  "🇺",      "🇸",      "½",      " ",    " ",    " ",   "\n",   "\n\n",  "\t", "\r\n",   "\u00A0",
      "\u200B",  "\u2028", "cannot", "gonna",  "+1",   "non-", "km",  "°"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const auto length = random() % 24;
    for (unsigned i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
    ASSERT_EQ(broken_rule(Tokenized(text)), "") << text;
  }
}

TEST(TokenizeProperty, HoldsForRandomCodePoints) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned i = 0; i < 60; ++i) {
      const char32_t limit = i % 3 == 0 ? 0x80 : i % 3 == 1 ? 0x3000 : 0x110000;
      auto c = static_cast<char32_t>(random() % limit);
      if (c >= 0xD800 && c < 0xE000) c = 'x';
      append_utf8(text, c);
    }
    ASSERT_EQ(broken_rule(Tokenized(text)), "") << text;
  }
}

TEST(TokenizeProperty, HoldsForEveryAsciiPair) {
  for (unsigned a = 0; a < 128; ++a) {
    for (unsigned b = 0; b < 128; ++b) {
      for (const std::string_view form : {"%%", "x%%", "%%x", "x%%x", "x%x%x", "1%%1", "X%X% y"}) {
        std::string text;
        bool first = true;
        for (const char c : form) {
          text += c != '%' ? c : static_cast<char>(first ? a : b);
          first = first && c != '%';
        }
        ASSERT_EQ(broken_rule(Tokenized(text)), "") << text;
      }
    }
  }
}

TEST(Tokenize, TellsAWordsForm) {
  const auto flags = [](std::string text) {
    return Tokenized("x " + std::move(text)).tokens().flags[1] & ~(tokenize::kSpaceBefore | tokenize::kClitic);
  };
  EXPECT_EQ(flags("word"), tokenize::kHasLower);
  EXPECT_EQ(flags("Word"), tokenize::kInitialUpper | tokenize::kHasLower);
  EXPECT_EQ(flags("Commonwealth"), tokenize::kInitialUpper | tokenize::kHasLower);
  EXPECT_EQ(flags("commonwealtH"), tokenize::kHasLower);
  EXPECT_EQ(flags("NATO"), tokenize::kInitialUpper | tokenize::kAllUpper);
  EXPECT_EQ(flags("U.S."), tokenize::kInitialUpper | tokenize::kAllUpper);
  EXPECT_EQ(flags("I"), tokenize::kInitialUpper | tokenize::kAllUpper);
  EXPECT_EQ(flags("Érik"), tokenize::kInitialUpper | tokenize::kHasLower | tokenize::kNonAscii);
  EXPECT_EQ(flags("Łódź"), tokenize::kInitialUpper | tokenize::kHasLower | tokenize::kNonAscii);
  EXPECT_EQ(flags("ŁÓDŹ"), tokenize::kInitialUpper | tokenize::kAllUpper | tokenize::kNonAscii);
  EXPECT_EQ(flags("Москва"), tokenize::kInitialUpper | tokenize::kHasLower | tokenize::kNonAscii);
  EXPECT_EQ(flags("naïve"), tokenize::kHasLower | tokenize::kNonAscii);
  EXPECT_EQ(flags("日本"), tokenize::kNonAscii);
  EXPECT_EQ(flags("21st"), tokenize::kHasLower | tokenize::kHasDigit);
  EXPECT_EQ(flags("1,200.50"), tokenize::kHasDigit | tokenize::kNumeric);
  EXPECT_EQ(flags("2026"), tokenize::kHasDigit | tokenize::kNumeric);
  EXPECT_EQ(flags("%"), tokenize::kPunctuation);
  EXPECT_EQ(flags("—"), tokenize::kPunctuation | tokenize::kNonAscii);
  EXPECT_EQ(flags("😀"), tokenize::kPunctuation | tokenize::kNonAscii);
  EXPECT_EQ(flags("“"), tokenize::kPunctuation | tokenize::kNonAscii | tokenize::kOpenQuote);
  EXPECT_EQ(flags("”"), tokenize::kPunctuation | tokenize::kNonAscii | tokenize::kCloseQuote);
  EXPECT_EQ(flags("\"so"), tokenize::kPunctuation | tokenize::kOpenQuote);
}

TEST(Tokenize, TellsWhetherAStraightMarkOpensOrCloses) {
  const Tokenized made("\"Go,\" he said. (\"Now.\")");
  std::vector<unsigned> sides;
  for (std::uint32_t i = 0; i < made.tokens().size(); ++i) {
    if (made.tokens().text(made.text(), i) == "\"")
      sides.push_back(made.tokens().flags[i] & (tokenize::kOpenQuote | tokenize::kCloseQuote));
  }
  EXPECT_EQ(sides, (std::vector<unsigned>{tokenize::kOpenQuote, tokenize::kCloseQuote, tokenize::kOpenQuote,
                                          tokenize::kCloseQuote}));
}

TEST(Tokenize, MarksCliticsAndParagraphs) {
  const Tokenized made("They'll go.\n\nIt isn’t far.");
  const tokenize::Tokens& tokens = made.tokens();
  std::string clitics;
  std::string paragraphs;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.has(i, tokenize::kClitic)) clitics += std::string(tokens.text(made.text(), i)) + " ";
    if (tokens.has(i, tokenize::kParagraphStart)) paragraphs += std::string(tokens.text(made.text(), i)) + " ";
  }
  EXPECT_EQ(clitics, "'ll n’t ");
  EXPECT_EQ(paragraphs, "They It ");
}

TEST(Tokenize, ReportsALateArticle) {
  parse::Article article;
  ChunkPool pool;
  Arena arena(pool);
  tokenize::TokenizeStage::Scratch scratch;
  const std::string many = [] {
    std::string words;
    while (words.size() < 4U << 20U) words += "word ";
    return words;
  }();
  article.text = many;
  const auto result =
      tokenize::TokenizeStage().run(Reads<parse::Article>{std::tuple<const parse::Article&>(article)}, scratch,
                                    StageContext(arena, StageContext::Clock::time_point::min()));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::kDeadline);
}

TEST(Tokenize, MeetsTheMemoryLimitAsBadAlloc) {
  EXPECT_THROW(Tokenized(std::string(100'000, '.') + " " + std::string(100'000, ','), 1U << 20U), std::bad_alloc);
}

TEST(Tokenize, TakesEmptyText) {
  const Tokenized made("");
  ASSERT_TRUE(made.result().ok());
  EXPECT_EQ(made.tokens().size(), 0U);
  EXPECT_TRUE(made.tokens().sentences.empty());
}

TEST(HashLower, FoldsCaseAndApostrophes) {
  static_assert(tokenize::hash_lower("Said") == tokenize::hash_lower("sAID"));
  static_assert(tokenize::hash_lower("don’t") == tokenize::hash_lower("DON'T"));
  static_assert(tokenize::hash_lower("said") != tokenize::hash_lower("says"));
  static_assert(tokenize::hash_lower("a") != tokenize::hash_lower("aa"));
  EXPECT_NE(tokenize::hash_lower("commonwealth"), tokenize::hash_lower("commonwealt"));
}

}  // namespace
}  // namespace copydesk
