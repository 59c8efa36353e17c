// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/resolve/resolved.h"

namespace copydesk {
namespace {

/// A random article out of a few names, nouns, pronouns and marks.
test::MarkedText random_article(std::mt19937& random) {
  static const std::vector<std::string> kPieces{"[1:PERSON Mara Holt]",
                                                "[1:PERSON Holt]",
                                                "[1:PERSON Mr. Odd]",
                                                "[1:ORG Norland Bank]",
                                                "[1:ORG NB]",
                                                "[1:GPE Norland]",
                                                "[1:NORP Norish]",
                                                "{1 he}",
                                                "{1 her}",
                                                "{1 it}",
                                                "{1 they}",
                                                "{1 who}",
                                                "the baker",
                                                "a spokesman",
                                                "said",
                                                "[1:PERSON ,]",
                                                "( [1:ORG GHI] )",
                                                "'s",
                                                "{1 I}",
                                                ",",
                                                "<< we won >> {1* he} said",
                                                "[1*:PERSON Olaf Odd] said << no >>",
                                                "[1:PERSON 東 京]",
                                                "[1:LOC .]",
                                                "of the"};
  std::vector<std::string> lines;
  const auto sentences = 1 + random() % 12;
  for (std::size_t i = 0; i < sentences; ++i) {
    std::string line;
    const auto words = 1 + random() % 20;
    for (std::size_t k = 0; k < words; ++k) line += kPieces[random() % kPieces.size()] + " ";
    lines.push_back(line + ".");
  }
  return test::read_case(lines);
}

TEST(Resolution, HoldsTogetherOnRandomArticles) {
  std::mt19937 random(20260301);
  for (int round = 0; round < 500; ++round) {
    const test::MarkedText article = random_article(random);
    const test::Resolved run(article);
    const resolve::Resolution& found = run.resolution();
    SCOPED_TRACE(article.text);
    std::vector<std::uint32_t> mentions(found.entities.size());
    std::vector<std::uint32_t> quoted(found.entities.size());
    std::vector<bool> seen(found.entities.size());
    std::size_t names = 0;
    std::uint32_t next_entity = 0;
    Span before{0, 0xFFFFFFFF};
    for (const resolve::Mention& mention : found.mentions) {
      ASSERT_LT(mention.span.begin, mention.span.end);
      ASSERT_LE(mention.span.end, article.text.size());
      ASSERT_TRUE(before.begin < mention.span.begin ||
                  (before.begin == mention.span.begin && before.end > mention.span.end));
      before = mention.span;
      ASSERT_LT(mention.entity, found.entities.size());
      if (!seen[mention.entity]) {
        ASSERT_EQ(mention.entity, next_entity++) << "entities stand in order of first mention";
        seen[mention.entity] = true;
      }
      ++mentions[mention.entity];
      if (mention.kind == resolve::MentionKind::kName) ++names;
    }
    ASSERT_EQ(next_entity, found.entities.size());
    ASSERT_EQ(names, article.names.size()) << "every name is a mention of an entity";
    ASSERT_EQ(found.speakers.size(), article.quotes.size());
    for (const std::uint32_t speaker : found.speakers) {
      if (speaker == resolve::kNoEntity) continue;
      ASSERT_LT(speaker, found.entities.size());
      ++quoted[speaker];
    }
    for (std::size_t i = 0; i < found.entities.size(); ++i) {
      const resolve::Entity& entity = found.entities[i];
      EXPECT_EQ(entity.mentions, mentions[i]);
      EXPECT_EQ(entity.quoted, quoted[i]);
      EXPECT_FALSE(entity.name.empty());
      EXPECT_TRUE(!entity.unnamed || entity.quoted > 0) << "unnamed entities are sources";
      for (const std::string_view alias : entity.aliases) EXPECT_NE(alias, entity.name);
    }
  }
}

TEST(Resolution, TakesTimeInProportionToTheText) {
  // A quarter of a million names of one kind, then of all kinds: without a bounded look-back this would not end within
  // the test's time-out.
  for (const bool same : {true, false}) {
    std::string line;
    for (int i = 0; i < 250'000; ++i) {
      line += "[1:PERSON Ann ";
      line += same ? std::string("Holt") : "Holt" + std::to_string(i);
      line += "] ";
    }
    const test::MarkedText article = test::read_case({line + "."});
    const test::Resolved run(article);
    EXPECT_EQ(run.resolution().entities.size(), same ? 1U : 250'000U);
  }
}

TEST(Resolution, IsEmptyWithoutFullAnalysis) {
  const test::MarkedText marked = test::read_case({"[1:PERSON Mara Holt] spoke ."});
  parse::Article article = marked.article();
  article.analysis = parse::Analysis::kSegmentation;
  const tokenize::Tokens tokens = marked.token_layer();
  const tag::Tags tags;
  const entities::Names names;
  const values::Values values;
  const quotes::Quotes quotes;
  ChunkPool pool;
  Arena arena(pool);
  resolve::ResolveStage::Scratch scratch;
  const auto result = test::Resolved::stage().run({{article, tokens, tags, names, values, quotes}}, scratch,
                                                  StageContext(arena, StageContext::Clock::time_point::max()));
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->entities.empty());
  EXPECT_TRUE(result->mentions.empty());
}

}  // namespace
}  // namespace copydesk
