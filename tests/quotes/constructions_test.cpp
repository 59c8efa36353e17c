// SPDX-License-Identifier: Apache-2.0
// Every row of stages/quotes/constructions.cpp finds what stands in brackets in its example.
#include "stages/quotes/constructions.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/quotes/tagged_article.h"

namespace copydesk {
namespace {

struct Example {
  std::string text;
  std::vector<std::string> content;
};

Example example_of(std::string_view marked) {
  Example example;
  for (const char c : marked) {
    if (c == '[') {
      example.content.emplace_back();
      continue;
    }
    if (c == ']') {
      example.content.back() += '\0';  // closed
      continue;
    }
    example.text += c;
    if (!example.content.empty() && !example.content.back().ends_with('\0')) example.content.back() += c;
  }
  for (std::string& part : example.content) part.pop_back();
  return example;
}

/// Without what says "that" or stands around it: the frames decide what belongs to content, not these tests.
std::string bare(std::string_view text) {
  std::string out;
  if (text.starts_with("that ")) text.remove_prefix(5);
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == ' ') out += c;
  }
  return out;
}

TEST(Constructions, FindTheContentOfTheirExamples) {
  testing::QuoteFinder finder(COPYDESK_SOURCE_DIR "/models/tagger.model");
  for (const quotes::Construction& row : quotes::constructions()) {
    const Example example = example_of(row.example);
    bool found = false;
    std::string shown;
    for (const quotes::Quote& quote : finder.find(example.text).items) {
      std::vector<std::string> content;
      for (const Span span : quote.spans) content.push_back(bare(span.of(example.text)));
      shown += "\n    " + std::string(quote.construction) + ":";
      for (const std::string& part : content) shown += " <" + part + ">";
      std::vector<std::string> expected;
      for (const std::string& part : example.content) expected.push_back(bare(part));
      found = found || (quote.construction == row.name && content == expected);
    }
    EXPECT_TRUE(found) << row.name << ": " << row.example << shown;
  }
}

TEST(Constructions, AreOneForEachRuleAndFrameAndHaveNamesOfTheirOwn) {
  std::set<std::pair<int, std::uint32_t>> keys;
  std::set<std::string_view> names;
  for (const quotes::Construction& row : quotes::constructions()) {
    EXPECT_TRUE(keys.emplace(static_cast<int>(row.rule), row.frame).second) << row.name;
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(&quotes::construction_of(row.rule, row.frame), &row);
  }
}

}  // namespace
}  // namespace copydesk
