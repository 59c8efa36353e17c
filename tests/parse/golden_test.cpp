// SPDX-License-Identifier: Apache-2.0
// Runs every line of golden/*.jsonl: {"case", input, "expect"}. The input is "json" (an object, printed as it is),
// "raw" (the bytes as a string) or "hex" (the bytes); "name" is the record's key, "txt": true makes it a text file.
// "expect" names the article's fields, or {"error", "says"} for bad input.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

using Json = nlohmann::ordered_json;

std::string bytes_of(const Json& golden) {
  if (golden.contains("raw")) return golden["raw"];
  if (golden.contains("json")) return golden["json"].dump();
  const std::string hex = golden["hex"];
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

std::string_view format_name(parse::InputFormat format) {
  switch (format) {
    case parse::InputFormat::kNinjs1: return "ninjs1";
    case parse::InputFormat::kNinjs2: return "ninjs2";
    case parse::InputFormat::kNinjs3: return "ninjs3";
    case parse::InputFormat::kPlainJson: return "json";
    case parse::InputFormat::kPlainText: break;
  }
  return "txt";
}

std::string_view status_name(parse::PublicationStatus status) {
  if (status == parse::PublicationStatus::kWithheld) return "withheld";
  return status == parse::PublicationStatus::kCanceled ? "canceled" : "usable";
}

std::string_view analysis_name(parse::Analysis analysis) {
  if (analysis == parse::Analysis::kSegmentation) return "segmentation";
  return analysis == parse::Analysis::kNone ? "none" : "full";
}

Json describe(const parse::Article& article) {
  Json json{{"id", article.id},
            {"text", article.text},
            {"version", article.version},
            {"language", article.language},
            {"published", article.published},
            {"embargoed", article.embargoed},
            {"format", format_name(article.format)},
            {"status", status_name(article.status)},
            {"analysis", analysis_name(article.analysis)}};
  if (article.published_time) {
    json["seconds"] = article.published_time->seconds;
    json["zone"] = article.published_time->offset_minutes;
  }
  json["segments"] = Json::array();
  for (const parse::Segment& segment : article.segments) {
    json["segments"].push_back(Json::array({segment.field, segment.span.begin, segment.span.end}));
  }
  json["extra"] = Json::object();
  for (const parse::RawField& field : article.fields) {
    if (!field.carried) json["extra"][std::string(field.key)] = std::string(field.value);
  }
  return json;
}

void check(const Json& golden) {
  const Parsed parsed(bytes_of(golden), golden.value("name", ""), golden.value("txt", false));
  const Json& expect = golden["expect"];
  if (expect.contains("error")) {
    ASSERT_FALSE(parsed.result()) << describe(*parsed.result());
    EXPECT_EQ(reason(parsed.result().error().code), expect["error"].get<std::string>())
        << parsed.result().error().message;
    if (expect.contains("says")) {
      const std::string says = expect["says"];
      EXPECT_NE(parsed.result().error().message.find(says), std::string::npos) << parsed.result().error().message;
    }
    return;
  }
  ASSERT_TRUE(parsed.result()) << reason(parsed.result().error().code) << ": " << parsed.result().error().message;
  const Json got = describe(*parsed.result());
  for (const auto& [field, value] : expect.items()) EXPECT_EQ(got.value(field, Json()), value) << field;
}

class ParseGolden : public testing::TestWithParam<std::string> {};

TEST_P(ParseGolden, Holds) {
  std::ifstream file(std::string(COPYDESK_SOURCE_DIR) + "/tests/parse/golden/" + GetParam() + ".jsonl");
  std::string line;
  std::size_t cases = 0;
  while (std::getline(file, line)) {
    const Json golden = Json::parse(line);
    SCOPED_TRACE(golden["case"].get<std::string>());
    check(golden);
    ++cases;
  }
  EXPECT_GT(cases, 0U);
}

std::vector<std::string> golden_files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(COPYDESK_SOURCE_DIR "/tests/parse/golden")) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Files, ParseGolden, testing::ValuesIn(golden_files()),
                         [](const auto& file) { return file.param; });

}  // namespace
}  // namespace copydesk
