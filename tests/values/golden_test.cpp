// SPDX-License-Identifier: Apache-2.0
// Cases in tests/values/golden/*.jsonl, one a line: {"text", "published", "values": [{"text", "type", "value"}]}, where
// "value" is absent if the meaning cannot be told. Each is run through the tokenizer, the stage and the encoder.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/values/valued.h"

namespace copydesk {
namespace {

/// `"March 3" DATE iso=2026-03-03 precision=day`, whatever the order of the JSON's members.
std::string line_of(const simdjson::dom::element& mention) {
  std::string line =
      "\"" + std::string(std::string_view(mention["text"])) + "\" " + std::string(std::string_view(mention["type"]));
  simdjson::dom::object value;
  if (mention["value"].get(value) != simdjson::SUCCESS) return line;
  std::map<std::string, std::string> members;
  for (const auto [key, member] : value) {
    double number = 0;
    std::string_view text;
    if (member.get(number) == simdjson::SUCCESS) {
      std::ostringstream stream;
      stream.precision(12);
      stream << number;
      members[std::string(key)] = stream.str();
    } else if (member.get(text) == simdjson::SUCCESS) {
      members[std::string(key)] = text;
    }
  }
  for (const auto& [key, member] : members) line += " " + key + "=" + member;
  return line;
}

std::string lines_of(const simdjson::dom::array& mentions) {
  std::string lines;
  for (const simdjson::dom::element mention : mentions) lines += "  " + line_of(mention) + "\n";
  return lines.empty() ? "  (nothing)\n" : lines;
}

TEST(ValuesGolden, FindsAndReadsEveryCaseAsWritten) {
  std::size_t cases = 0;
  const std::filesystem::path folder = std::filesystem::path(COPYDESK_SOURCE_DIR) / "tests/values/golden";
  simdjson::dom::parser wanted_parser;
  simdjson::dom::parser found_parser;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      if (line.empty()) continue;
      simdjson::dom::element golden;
      ASSERT_EQ(wanted_parser.parse(line).get(golden), simdjson::SUCCESS) << entry.path() << ":" << number;
      std::string_view published;
      if (golden["published"].get(published) != simdjson::SUCCESS) published = {};
      const std::string_view text = golden["text"];
      Valued valued{std::string(text), published};
      const std::string record = valued.record();
      simdjson::dom::element found;
      ASSERT_EQ(found_parser.parse(record).get(found), simdjson::SUCCESS) << entry.path() << ":" << number;
      EXPECT_EQ(lines_of(found["mentions"]), lines_of(golden["values"]))
          << entry.path().filename().string() << ":" << number << ": " << valued.text() << " [" << published << "]";
      ++cases;
    }
  }
  EXPECT_GE(cases, 300U);
}

}  // namespace
}  // namespace copydesk
