// SPDX-License-Identifier: Apache-2.0
// Quotations are found, and their speakers, where the article has no part of speech.
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/quotes/plain_article.h"

namespace copydesk {
namespace {

struct Case {
  const char* name;
  const char* text;
  const char* quote;   ///< the extent of the first quote
  const char* source;  ///< empty: none
};

class Untagged : public ::testing::TestWithParam<Case> {};

TEST_P(Untagged, FindsQuotationAndSpeaker) {
  const syntax::SyntaxStage syntax;
  const quotes::QuotesStage stage;
  testing::PlainArticle article(GetParam().text);
  const quotes::Quotes quotes = article.run(syntax, stage);
  ASSERT_EQ(quotes.items.size(), 1U);
  const quotes::Quote& quote = quotes.items[0];
  EXPECT_EQ(quote.extent.of(article.text()), GetParam().quote);
  EXPECT_EQ(quote.source.of(article.text()), GetParam().source);
  EXPECT_EQ(quote.type, quotes::QuoteType::kDirect);
}

INSTANTIATE_TEST_SUITE_P(
    Marks, Untagged,
    ::testing::Values(
        Case{"straight", "\"The dam will hold,\" Mara Quill said.", "\"The dam will hold,\"", "Mara Quill"},
        Case{"curly", "\xE2\x80\x9CThe dam will hold,\xE2\x80\x9D said Mara Quill.",
             "\xE2\x80\x9CThe dam will hold,\xE2\x80\x9D", "Mara Quill"},
        Case{"two_apostrophes", "''The dam will hold,'' she said.", "''The dam will hold,''", "she"},
        Case{"guillemets", "\xC2\xABThe dam will hold,\xC2\xBB he said.", "\xC2\xABThe dam will hold,\xC2\xBB", "he"},
        Case{"cue_first", "Mara Quill said, \"The dam will hold.\"", "\"The dam will hold.\"", "Mara Quill"},
        Case{"colon", "She added: \"The dam will hold.\"", "\"The dam will hold.\"", "She"},
        Case{"broken", "\"The dam,\" she said, \"will hold.\"", "\"The dam,\" she said, \"will hold.\"", "she"},
        Case{"next_sentence", "\"The dam will hold,\" she said. \"We checked it.\"",
             "\"The dam will hold,\" she said. \"We checked it.\"", "she"}),
    [](const auto& param) { return std::string(param.param.name); });

// Quadratic work on so many marks would not end within the test's time-out.
TEST(Untagged, TimeIsLinearInTheNumberOfMarks) {
  const syntax::SyntaxStage syntax;
  const quotes::QuotesStage stage;
  std::string text;
  for (std::size_t i = 0; i < 1'000'000; ++i) text += "\" ";
  testing::PlainArticle article(std::move(text));
  article.run(syntax, stage);
}

TEST(Untagged, AnyWordsInAnyOrderGiveQuotesInOrderAndInTheText) {
  static constexpr std::string_view kWords[] = {"said",
                                                "\"",
                                                "\xE2\x80\x9C",
                                                "\xE2\x80\x9D",
                                                "'",
                                                ",",
                                                ".",
                                                ":",
                                                ";",
                                                "-",
                                                "(",
                                                ")",
                                                "and",
                                                "but",
                                                "that",
                                                "who",
                                                "which",
                                                "Mara",
                                                "Quill",
                                                "the",
                                                "of",
                                                "to",
                                                "told",
                                                "reporters",
                                                "adding",
                                                "accused",
                                                "called",
                                                "as",
                                                "by",
                                                "according",
                                                "wants",
                                                "asked",
                                                "whether",
                                                "?",
                                                "!",
                                                "\n",
                                                "12",
                                                "QUILL",
                                                "if",
                                                "while",
                                                "with",
                                                "claim",
                                                "''"};
  const syntax::SyntaxStage syntax;
  const quotes::QuotesStage stage;
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t words = 1 + random() % 120;
    for (std::size_t i = 0; i < words; ++i) {
      text += kWords[random() % std::size(kWords)];
      if (random() % 4 != 0) text += ' ';
    }
    testing::PlainArticle article(text);
    std::uint32_t begin = 0;
    std::vector<bool> said(text.size(), false);
    for (const quotes::Quote& quote : article.run(syntax, stage).items) {
      ASSERT_LE(begin, quote.extent.begin) << text;
      ASSERT_LT(quote.extent.begin, quote.extent.end) << text;
      ASSERT_LE(quote.extent.end, text.size()) << text;
      ASSERT_LE(quote.source.end, text.size()) << text;
      ASSERT_LE(quote.cue.end, text.size()) << text;
      ASSERT_FALSE(quote.spans.empty()) << text;
      for (const Span span : quote.spans) {
        for (std::uint32_t at = span.begin; at < span.end; ++at) {
          ASSERT_FALSE(said[at]) << "said twice, at byte " << at << ": " << text;
          said[at] = true;
        }
      }
      begin = quote.extent.begin;
    }
  }
}

TEST(Untagged, EmptyTextHasNoQuotes) {
  const syntax::SyntaxStage syntax;
  const quotes::QuotesStage stage;
  testing::PlainArticle article("");
  EXPECT_TRUE(article.run(syntax, stage).items.empty());
}

}  // namespace
}  // namespace copydesk
