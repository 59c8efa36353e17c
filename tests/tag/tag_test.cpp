// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "stages/tag/punctuation_tag.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk {
namespace {

const std::filesystem::path kModel = std::filesystem::path(COPYDESK_SOURCE_DIR) / "models/tagger.model";

/// "word/TAG" for every token.
class Tagger {
 public:
  explicit Tagger(const std::filesystem::path& model = kModel) : stage_(model) {}

  std::string operator()(const std::string& text, parse::Analysis analysis = parse::Analysis::kFull) {
    parse::Article article;
    article.text = text;
    article.analysis = analysis;
    Arena arena(pool_);
    const StageContext context(arena, StageContext::Clock::time_point::max());
    const auto tokens = tokenize::TokenizeStage().run(Reads<parse::Article>{std::tuple<const parse::Article&>(article)},
                                                      tokenize_, context);
    const auto tags =
        stage_.run(Reads<parse::Article, tokenize::Tokens>{std::tuple<const parse::Article&, const tokenize::Tokens&>(
                       article, *tokens)},
                   scratch_, context);
    std::string line;
    if (!tags) return tags.error().message;
    for (std::size_t i = 0; i < tags->of.size(); ++i) {
      if (i != 0) line += ' ';
      line += std::string(tokens->text(text, i)) + "/" + std::string(tag::name_of(tags->of[i]));
    }
    return line;
  }

 private:
  ChunkPool pool_;
  tag::TagStage stage_;
  tokenize::TokenizeStage::Scratch tokenize_;
  tag::TagStage::Scratch scratch_;
};

TEST(Tag, ReadsPlainNews) {
  Tagger tag;
  EXPECT_EQ(tag("The minister said that she would resign on Friday."),
            "The/DT minister/NN said/VBD that/IN she/PRP would/MD resign/VB on/IN Friday/NNP ./PUNCT");
  EXPECT_EQ(tag("“We don’t know,” Vole told reporters."),
            "“/PUNCT We/PRP do/VBP n’t/RB know/VB ,/PUNCT ”/PUNCT Vole/NNP told/VBD reporters/NNS ./PUNCT");
  EXPECT_EQ(tag("Shares of Norcorp fell 3.5% to $12."),
            "Shares/NNS of/IN Norcorp/NNP fell/VBD 3.5/CD %/NN to/IN $/SYM 12/CD ./PUNCT");
}

TEST(Tag, TellsTheSameWordApartByItsPlace) {
  Tagger tag;
  EXPECT_NE(tag("They plan to report it.").find("report/VB"), std::string::npos);
  EXPECT_NE(tag("The report was long.").find("report/NN"), std::string::npos);
  EXPECT_NE(tag("She had left.").find("left/VBN"), std::string::npos);
  EXPECT_NE(tag("She left early.").find("left/VBD"), std::string::npos);
}

TEST(Tag, ReadsCapitalsAndSmallLetters) {
  Tagger tag;
  EXPECT_NE(tag("MINISTER SAYS TALKS WILL CONTINUE").find("SAYS/VBZ TALKS/NNS WILL/MD CONTINUE/VB"), std::string::npos);
  EXPECT_NE(tag("the minister said that talks will continue in london").find("london/NNP"), std::string::npos);
}

TEST(Tag, TagsNothingWhereTheAnalysisIsNotFull) {
  EXPECT_EQ(Tagger()("The minister said so.", parse::Analysis::kSegmentation), "");
}

TEST(Tag, TagsLongSentencesInPiecesAsInOne) {
  Tagger tag;
  const std::string clause = "the minister said that she would resign and ";
  std::string text;
  for (int i = 0; i < 200; ++i) text += clause;
  const std::string tags = tag(text);
  // Every repetition is tagged alike, wherever a piece ends.
  const std::string expected = "the/DT minister/NN said/VBD that/IN she/PRP would/MD resign/VB and/CC";
  std::size_t count = 0;
  for (std::size_t at = tags.find(expected); at != std::string::npos; at = tags.find(expected, at + 1)) ++count;
  EXPECT_EQ(count, 200U);
}

TEST(Tag, TakesAnyText) {
  Tagger tag;
  EXPECT_EQ(tag(""), "");
  EXPECT_NE(tag("日本 😀 naïve Łódź ½").find("😀/PUNCT"), std::string::npos);
}

TEST(PunctuationTag, TellsSymbols) {
  using tag::punctuation_tag;
  EXPECT_EQ(tag::punctuation_tag("&", false), tag::Tag::kCC);
  EXPECT_EQ(tag::punctuation_tag("%", false), tag::Tag::kNN);
  EXPECT_EQ(tag::punctuation_tag("€", false), tag::Tag::kSYM);
  EXPECT_EQ(tag::punctuation_tag("–", true), tag::Tag::kSYM);
  EXPECT_EQ(tag::punctuation_tag("–", false), tag::Tag::kPunct);
  EXPECT_EQ(tag::punctuation_tag("...", false), tag::Tag::kPunct);
}

TEST(TagModel, RefusesMissingAndDamagedFiles) {
  EXPECT_THROW(Tagger("no/such/tagger.model"), std::runtime_error);
  std::ifstream file(kModel, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  std::string damaged = bytes.str();
  ASSERT_GT(damaged.size(), 1000U);
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  const auto path = std::filesystem::temp_directory_path() / ("copydesk_tagger_" + std::to_string(::getpid()));
  std::ofstream(path, std::ios::binary) << damaged;
  try {
    const tag::TagStage stage(path);
    ADD_FAILURE() << "a damaged model was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("damaged"), std::string::npos);
  }
  std::filesystem::remove(path);
}

TEST(TagModel, RefusesSectionsThatDoNotFit) {
  const auto path = std::filesystem::temp_directory_path() / ("copydesk_tagger_" + std::to_string(::getpid()));
  const std::vector<tag::LexiconEntry> lexicon(4);
  const std::vector<std::uint64_t> classes(256, 1);
  const std::vector<tag::WeightRow> rows(1);
  for (const auto& index :
       {std::vector<std::uint32_t>{0, 2}, std::vector<std::uint32_t>{1, 1}, std::vector<std::uint32_t>{0, 0, 0}}) {
    const std::vector<ModelSection> sections{model_section("lexicon", lexicon), model_section("classes", classes),
                                             model_section("index", index), model_section("rows", rows)};
    write_model_file(path, tag::kModelKind, tag::kModelVersion, sections);
    EXPECT_THROW((void)tag::TagStage(path), std::runtime_error);
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace copydesk
