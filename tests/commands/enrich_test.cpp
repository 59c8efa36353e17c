// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/enrich.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "pipeline/commands/exit_codes.h"

namespace copydesk {
namespace {

commands::EnrichOptions options(unsigned threads) {
  commands::EnrichOptions options;
  options.settings.pipeline.models = std::string(COPYDESK_SOURCE_DIR) + "/models";
  options.settings.pipeline.threads = threads;
  options.settings.output.timestamps = false;
  return options;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) result.push_back(line);
  return result;
}

TEST(Enrich, WritesRecordsInInputOrder) {
  std::string input;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int j = 0; j < i % 17 * 20; ++j) text += "Mara Venn spoke. ";  // of very different cost
    input += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"" + text + "End.\"}\n";
  }
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(commands::enrich(options(4), in, out, err), commands::kExitOk);
  const auto records = lines(out.str());
  ASSERT_EQ(records.size(), 300U);
  for (std::size_t i = 0; i < records.size(); ++i) {
    ASSERT_NE(records[i].find("\"id\":\"" + std::to_string(i) + "\""), std::string::npos) << i;
  }
  EXPECT_EQ(err.str(), "");
}

// tests/commands/golden/wire_semantics.jsonl: a line for each article, with what its record must hold and must not.
TEST(Enrich, KeepsTheSemanticsOfTheWire) {
  std::ifstream file(std::string(COPYDESK_SOURCE_DIR) + "/tests/commands/golden/wire_semantics.jsonl");
  struct Expected {
    std::vector<std::string> holds;
    std::vector<std::string> lacks;
  };
  std::string input;
  std::vector<Expected> expected;
  for (std::string line; std::getline(file, line);) {
    const auto golden = nlohmann::ordered_json::parse(line);
    input += golden["article"].dump() + "\n";
    expected.push_back(
        {golden.value("holds", std::vector<std::string>()), golden.value("lacks", std::vector<std::string>())});
  }
  ASSERT_GE(expected.size(), 8U);
  for (const unsigned threads : {1U, 4U}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(commands::enrich(options(threads), in, out, err), commands::kExitOk) << err.str();
    const auto records = lines(out.str());
    ASSERT_EQ(records.size(), expected.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      for (const std::string& part : expected[i].holds)
        EXPECT_NE(records[i].find(part), std::string::npos) << part << "\n" << records[i];
      for (const std::string& part : expected[i].lacks)
        EXPECT_EQ(records[i].find(part), std::string::npos) << part << "\n" << records[i];
    }
  }
}

TEST(Enrich, ExplainsPhrasesClausesAndSpeakers) {
  std::istringstream in(
      R"({"id":"a\u001b[2J","text":"Mayor Ilse Brandt said the bridge would reopen in May. \"We are ready,\" she told reporters."})"
      "\n");
  std::ostringstream out;
  std::ostringstream err;
  commands::EnrichOptions explained = options(1);
  explained.explain = true;
  EXPECT_EQ(commands::enrich(explained, in, out, err), commands::kExitOk) << err.str();
  for (const char* part :
       {"  sentence  Mayor Ilse Brandt said the bridge",
        "    phrases [Mayor Ilse Brandt]noun [said]verb [the bridge]noun",
        "    clause 1  main; subject Mayor Ilse Brandt; verb said",
        "    clause 2  complement of 1; subject the bridge; verb would reopen", "  quoted sentence  We are ready",
        "    construction  verb and clause; cue said; confidence", "    source  Mayor Ilse Brandt; beside the cue",
        "    speaker  Ilse Brandt (PERSON); confidence", "    construction  quotation, then cue; cue told;",
        "she stands for Ilse Brandt at byte 6"}) {
    EXPECT_NE(out.str().find(part), std::string::npos) << part << "\n" << out.str();
  }
  EXPECT_EQ(out.str().find('\x1b'), std::string::npos) << "it is shown on a terminal";
}

TEST(Enrich, MarksNothingWhereTheSettingsSaySo) {
  std::istringstream in(
      "{\"id\":\"a\",\"version\":2,\"text\":\"Two.\"}\n{\"id\":\"a\",\"version\":1,\"text\":\"One.\"}\n");
  std::ostringstream out;
  std::ostringstream err;
  commands::EnrichOptions unmarked = options(2);
  unmarked.settings.story.marks = false;
  EXPECT_EQ(commands::enrich(unmarked, in, out, err), commands::kExitOk);
  EXPECT_EQ(out.str().find("superseded"), std::string::npos);
}

TEST(Enrich, SaysWhereBadInputStandsKeepsItAndGoesOn) {
  const auto dead_letters = std::filesystem::path(::testing::TempDir()) / "copydesk-dead-letters.jsonl";
  std::filesystem::remove(dead_letters);
  std::istringstream in("{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\n{\"id\":\"3\",\"text\":\"Three.\"}\n");
  std::ostringstream out;
  std::ostringstream err;
  commands::EnrichOptions with_file = options(2);
  with_file.dead_letters = dead_letters;
  EXPECT_EQ(commands::enrich(with_file, in, out, err), commands::kExitFailure);
  EXPECT_EQ(lines(out.str()).size(), 2U);
  EXPECT_EQ(err.str().rfind("standard input:2: malformed_json: ", 0), 0U) << err.str();
  std::ostringstream kept;
  kept << std::ifstream(dead_letters).rdbuf();
  EXPECT_EQ(lines(kept.str()).size(), 1U);
  EXPECT_NE(kept.str().find(R"("reason":"malformed_json")"), std::string::npos);
  EXPECT_NE(kept.str().find(R"("value":"{\"id\":")"), std::string::npos);
  std::filesystem::remove(dead_letters);
}

TEST(Enrich, IncludesTokensOnlyWhenAsked) {
  for (const bool tokens : {false, true}) {
    std::istringstream in("{\"id\":\"1\",\"text\":\"One. Two.\"}\n");
    std::ostringstream out;
    std::ostringstream err;
    commands::EnrichOptions with_tokens = options(1);
    with_tokens.settings.output.tokens = tokens;
    EXPECT_EQ(commands::enrich(with_tokens, in, out, err), commands::kExitOk);
    EXPECT_EQ(out.str().find("\"sentences\":[[0,4],[5,9]]") != std::string::npos, tokens) << out.str();
  }
}

TEST(Enrich, GivesOnlySegmentationForAnotherLanguage) {
  std::istringstream in(
      "{\"uri\":\"urn:x:1\",\"language\":\"fr\",\"body_text\":\"« Nous sommes prêts », a dit Mara Venn à Paris.\"}\n");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(commands::enrich(options(1), in, out, err), commands::kExitOk) << err.str();
  EXPECT_NE(out.str().find(R"("analysis":"segmentation")"), std::string::npos);
  EXPECT_NE(out.str().find(R"("quotes":[])"), std::string::npos);
  EXPECT_NE(out.str().find(R"("mentions":[])"), std::string::npos);
}

TEST(Enrich, KnowsTheNewsroomsOwnNames) {
  const auto folder = std::filesystem::path(::testing::TempDir());
  const auto add = folder / "copydesk-add.tsv";
  const auto block = folder / "copydesk-block.tsv";
  std::ofstream(add) << "ORG\tquiet harbour\thttps://desk.example/quiet-harbour\n";
  std::ofstream(block) << "Harrowby\n";
  commands::EnrichOptions with_names = options(1);
  with_names.settings.names.add = {add.string()};
  with_names.settings.names.block = {block.string()};
  std::istringstream in("{\"id\":\"1\",\"text\":\"Staff of quiet harbour met in Harrowby on Tuesday.\"}\n");
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(commands::enrich(with_names, in, out, err), commands::kExitOk) << err.str();
  EXPECT_NE(out.str().find(R"("text":"quiet harbour","type":"ORG")"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("https://desk.example/quiet-harbour"), std::string::npos) << out.str();
  EXPECT_EQ(out.str().find(R"("text":"Harrowby")"), std::string::npos) << out.str();
  std::ofstream(add) << "no such type\tname\n";
  EXPECT_THROW(static_cast<void>(commands::enrich(with_names, in, out, err)), std::runtime_error);
  std::filesystem::remove(add);
  std::filesystem::remove(block);
}

}  // namespace
}  // namespace copydesk
