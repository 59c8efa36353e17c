// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/desk_names.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "stages/parse/article.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk {
namespace {

class DeskNamesTest : public testing::Test {
 protected:
  DeskNamesTest() : arena_(pool_) {
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("desk_names_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~DeskNamesTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    return folder_ / name;
  }
  entities::DeskNames read(const std::string& add, const std::string& block) {
    const std::vector<std::filesystem::path> adds{file("add.tsv", add)};
    const std::vector<std::filesystem::path> blocks{file("block.tsv", block)};
    auto result = entities::DeskNames::read(adds, blocks);
    EXPECT_TRUE(result) << result.error().message;
    return *std::move(result);
  }
  std::string message(const std::string& add, const std::string& block) {
    const std::vector<std::filesystem::path> adds{file("add.tsv", add)};
    const std::vector<std::filesystem::path> blocks{file("block.tsv", block)};
    const auto result = entities::DeskNames::read(adds, blocks);
    return result ? "" : result.error().message;
  }
  /// The names of `text` after `desk`, as "TYPE words" separated by "; ". The model's names are given as words.
  std::string applied(const entities::DeskNames& desk, const std::string& text,
                      const std::vector<std::pair<std::string, EntityType>>& model = {}) {
    parse::Article article;
    article.text = text;
    tokenize::TokenizeStage::Scratch scratch;
    const StageContext context(arena_, StageContext::Clock::time_point::max());
    const tokenize::Tokens tokens = *tokenize::TokenizeStage().run({{article}}, scratch, context);
    std::vector<entities::Name> names;
    for (const auto& [words, type] : model) {
      const auto begin = text.find(words);
      TokenRange range;
      for (std::uint32_t t = 0; t < tokens.size(); ++t) {
        if (tokens.spans[t].begin == begin) range.begin = t;
        if (tokens.spans[t].end == begin + words.size()) range.end = t + 1;
      }
      names.push_back({range, type, 0.5F});
    }
    desk.apply(text, tokens, names);
    std::string out;
    for (const entities::Name& name : names) {
      if (!out.empty()) out += "; ";
      out += std::string(name_of(name.type)) + " " + std::string(tokens.span_of(name.tokens).of(text));
    }
    return out;
  }

  ChunkPool pool_;
  Arena arena_;
  std::filesystem::path folder_;
};

TEST_F(DeskNamesTest, AddsWholeWordsOnly) {
  const entities::DeskNames desk = read("ORG\tVarn\nORG\tVarn Media Group\nPERSON\tO'Keld\n", "");
  EXPECT_EQ(applied(desk, "Varn bought Varn Media Group. Varnholm did not."), "ORG Varn; ORG Varn Media Group");
  EXPECT_EQ(applied(desk, "VARN MEDIA GROUP rose; varn fell."), "ORG VARN MEDIA GROUP");
  EXPECT_EQ(applied(desk, "Then O'Keld spoke."), "PERSON O'Keld");
}

TEST_F(DeskNamesTest, LowerCaseMatchesAnyCase) {
  const entities::DeskNames desk = read("PRODUCT\ttidewatch\n", "");
  EXPECT_EQ(applied(desk, "Tidewatch and TIDEWATCH are tidewatch."),
            "PRODUCT Tidewatch; PRODUCT TIDEWATCH; PRODUCT tidewatch");
}

TEST_F(DeskNamesTest, WinsOverTheModel) {
  const entities::DeskNames desk = read("ORG\tNew Holt\n", "");
  EXPECT_EQ(applied(desk, "In New Holt City and Lund.", {{"Holt City", EntityType::kGpe}, {"Lund", EntityType::kGpe}}),
            "ORG New Holt; GPE Lund");
}

TEST_F(DeskNamesTest, Blocks) {
  const entities::DeskNames desk = read("", "Summit\nHolt\tORG\n");
  EXPECT_EQ(applied(desk, "Summit of Holt by Holt.", {{"Summit", EntityType::kEvent}, {"Holt", EntityType::kOrg}}), "");
  EXPECT_EQ(applied(desk, "Here Holt spoke.", {{"Holt", EntityType::kPerson}}), "PERSON Holt");
}

TEST_F(DeskNamesTest, KeepsLinks) {
  const entities::DeskNames desk = read("# ours\n\nORG\tVarn Media Group\thttps://desk.example/varn\nORG\tVarn\n", "");
  ASSERT_NE(desk.find("Varn Media Group"), nullptr);
  EXPECT_EQ(desk.find("Varn Media Group")->link, "https://desk.example/varn");
  EXPECT_EQ(desk.find("Varn")->link, "");
  EXPECT_EQ(desk.find("Holt"), nullptr);
}

TEST_F(DeskNamesTest, SaysWhatIsWrong) {
  EXPECT_NE(message("COMPANY\tVarn\n", "").find("add.tsv:1: 'COMPANY' is no type"), std::string::npos);
  EXPECT_NE(message("ORG\tVarn\nORG\n", "").find("add.tsv:2: no name"), std::string::npos);
  EXPECT_NE(message("DATE\tMay\n", "").find("'DATE'"), std::string::npos) << "values are no names";
  EXPECT_NE(message("", "Holt\tTHING\n").find("block.tsv:1: 'THING'"), std::string::npos);
  const std::vector<std::filesystem::path> missing{folder_ / "missing.tsv"};
  EXPECT_NE(entities::DeskNames::read(missing, {}).error().message.find("missing.tsv: cannot be read"),
            std::string::npos);
}

TEST_F(DeskNamesTest, ReloadKeepsTheOldNamesWhereTheNewOnesAreWrong) {
  const auto path = file("add.tsv", "ORG\tVarn\n");
  entities::DeskNamesFile names({path}, {});
  EXPECT_TRUE(names.current()->empty());
  EXPECT_EQ(*names.reload(), 1U);
  const auto held = names.current();
  file("add.tsv", "ORG\tVarn\nORG\tHolt Media\n");
  EXPECT_EQ(*names.reload(), 2U);
  file("add.tsv", "NONSENSE\n");
  EXPECT_FALSE(names.reload());
  EXPECT_NE(names.current()->find("Holt Media"), nullptr);
  EXPECT_EQ(held->find("Holt Media"), nullptr) << "an article on its way keeps what it started with";
}

TEST_F(DeskNamesTest, RefusesMoreThanItsBounds) {
  const std::string longest = "ORG\t" + std::string(entities::DeskNames::kMaxLineBytes - 4, 'x');
  EXPECT_EQ(message(longest + "\n", ""), "");
  EXPECT_NE(message("ORG\tNorland\n" + longest + "x\n", "").find("add.tsv:2: is longer than 4096 bytes"),
            std::string::npos);
  const std::vector<std::filesystem::path> big{file("big.tsv", "")};
  std::filesystem::resize_file(big[0], entities::DeskNames::kMaxFileBytes + 1);
  EXPECT_NE(entities::DeskNames::read(big, {}).error().message.find("is larger than 64 MiB"), std::string::npos);
  std::string many;
  for (std::size_t i = 0; i <= entities::DeskNames::kMaxNames; ++i) many += "x\n";
  EXPECT_NE(message("", many).find("block.tsv:1000001: there are more than 1000000 names"), std::string::npos);
  const std::vector<std::filesystem::path> folder{folder_};
  EXPECT_NE(entities::DeskNames::read(folder, {}).error().message.find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
