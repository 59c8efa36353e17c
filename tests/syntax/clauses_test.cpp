// SPDX-License-Identifier: Apache-2.0
// Clauses with their subjects, objects and extents, appositions and coordination, of short sentences.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/syntax/syntax_of.h"

namespace copydesk {
namespace {

using syntax::Clause;
using syntax::kNoIndex;
using syntax::Unit;

/// "left(Ann Lee; the hall)", one for each clause; a subject that stands in another clause has a star.
std::string clauses_of(testing::SyntaxMaker& maker, const syntax::Unit& unit) {
  std::string all;
  for (const syntax::Clause& clause : unit.clauses) {
    if (!all.empty()) all += ", ";
    all += std::string(maker.words(unit, clause.verb)) + "(" + std::string(maker.words(unit, clause.subject));
    if (clause.shared_subject) all += "*";
    if (clause.object != syntax::kNoIndex) all += "; " + std::string(maker.words(unit, clause.object));
    all += ")";
  }
  return all;
}

std::string pairs_of(testing::SyntaxMaker& maker, const syntax::Unit& unit, std::span<const syntax::ChunkPair> pairs) {
  std::string all;
  for (const syntax::ChunkPair pair : pairs) {
    if (!all.empty()) all += ", ";
    all += std::string(maker.words(unit, pair.first)) + "/" + std::string(maker.words(unit, pair.second));
  }
  return all;
}

struct Sentence {
  const char* name;
  const char* text;
  const char* clauses;
};

class Clauses : public ::testing::TestWithParam<Sentence> {};

TEST_P(Clauses, HaveSubjectsAndObjects) {
  testing::SyntaxMaker maker;
  const syntax::Syntax& syntax = maker.make(GetParam().text);
  ASSERT_EQ(syntax.units.size(), 1U);
  EXPECT_EQ(clauses_of(maker, syntax.units[0]), GetParam().clauses);
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, Clauses,
    ::testing::Values(
        Sentence{"one", "Ann Lee sold the mill.", "sold(Ann Lee; the mill)"},
        Sentence{"that", "Ann Lee said that the mill burned.", "said(Ann Lee), burned(the mill)"},
        Sentence{"bare", "Ann Lee said the mill burned.", "said(Ann Lee), burned(the mill)"},
        Sentence{"coordinated", "Ann Lee came and saw the mill.", "came(Ann Lee), saw(Ann Lee*; the mill)"},
        Sentence{"new_subject", "Ann Lee sold the mill, but he kept the farm.",
                 "sold(Ann Lee; the mill), kept(he; the farm)"},
        Sentence{"after_adjuncts", "Ann Lee sold the mill and in May left the town.",
                 "sold(Ann Lee; the mill), left(Ann Lee*; the town)"},
        Sentence{"apposition", "Ann Lee, the mayor of Oss, sold the mill.", "sold(Ann Lee; the mill)"},
        Sentence{"relative", "The man who came sold the mill.", "sold(The man; the mill), came(who)"},
        Sentence{"relative_object", "The mill that she sold burned.", "burned(The mill), sold(she; that)"},
        Sentence{"contact", "The mill she sold burned.", "burned(The mill), sold(she)"},
        Sentence{"fronted", "When the mill closed, she left.", "left(she), closed(the mill)"},
        Sentence{"date", "On May 3, 2019, the council sold the mill.", "sold(the council; the mill)"},
        Sentence{"infinitive", "She asked them to leave.", "asked(She; them), to leave(them*)"},
        Sentence{"control", "She hopes to leave.", "hopes(She), to leave(She*)"},
        Sentence{"question", "Did the mayor sell the mill?", "sell(the mayor; the mill)"},
        Sentence{"passive", "The mill was sold by the council.", "was sold(The mill)"},
        Sentence{"there", "There was a fire at the mill.", "was(There)"},
        Sentence{"determiner", "She wanted to correct that error.", "wanted(She), to correct(She*; that error)"},
        Sentence{"brackets", "Ann Lee (the mayor, who was ill) resigned.", "resigned(Ann Lee), was(who)"}),
    [](const auto& param) { return param.param.name; });

TEST(Clauses, EndWhereTheNextOneBegins) {
  testing::SyntaxMaker maker;
  const syntax::Syntax& syntax = maker.make("When it rained in Oss, she left the mill and he stayed.");
  ASSERT_EQ(syntax.units.size(), 1U);
  const syntax::Unit& unit = syntax.units[0];
  ASSERT_EQ(unit.clauses.size(), 3U);
  EXPECT_EQ(maker.words(unit, unit.clauses[0].extent), "When it rained in Oss, she left the mill");
  EXPECT_EQ(maker.words(unit, unit.clauses[1].extent), "When it rained in Oss");
  EXPECT_EQ(maker.words(unit, unit.clauses[2].extent), "he stayed");
  EXPECT_EQ(unit.clauses[1].parent, 0U);
  EXPECT_EQ(unit.clauses[2].kind, syntax::ClauseKind::kCoordinate);
}

TEST(Clauses, OfSentencesInsideAQuotationAreThere) {
  testing::SyntaxMaker maker;
  const syntax::Syntax& syntax = maker.make("“The mill burned. I saw it,” Ann Lee said.");
  ASSERT_EQ(syntax.units.size(), 1U);
  EXPECT_EQ(clauses_of(maker, syntax.units[0]), "said(Ann Lee)");
  ASSERT_EQ(syntax.quoted_units.size(), 2U);
  EXPECT_EQ(clauses_of(maker, syntax.quoted_units[0]), "burned(The mill)");
  EXPECT_EQ(clauses_of(maker, syntax.quoted_units[1]), "saw(I; it)");
}

TEST(JoinedPhrases, AreAppositionsAndCoordination) {
  testing::SyntaxMaker maker;
  const syntax::Syntax& syntax = maker.make("Ann Lee, the mayor, met Bo Moe, Una Dell and the Oss Mill Board (OMB).");
  ASSERT_EQ(syntax.units.size(), 1U);
  const syntax::Unit& unit = syntax.units[0];
  EXPECT_EQ(pairs_of(maker, unit, unit.appositions), "Ann Lee/the mayor, the Oss Mill Board/OMB");
  EXPECT_EQ(pairs_of(maker, unit, unit.coordinations), "Bo Moe/Una Dell, Una Dell/the Oss Mill Board");
}

TEST(Syntax, TakesTimeInProportionToTheText) {
  testing::SyntaxMaker maker;
  std::string nested;
  for (int i = 0; i < 20'000; ++i) nested += "she said that the man who ";
  std::string lists;
  for (int i = 0; i < 20'000; ++i) lists += "the mayor, Ann Lee, and ";
  for (const std::string& text : {nested, lists}) {
    const auto begin = std::chrono::steady_clock::now();
    (void)maker.make(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  }
}

}  // namespace
}  // namespace copydesk
