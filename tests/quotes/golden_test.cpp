// SPDX-License-Identifier: Apache-2.0
// Every line of golden/*.jsonl is a text and the quotes in it: {"text", "quotes": [{"spans", "source", "cue"}]}.
// Spans are compared without outer quotation marks and punctuation; of cues, one may hold the other ("said", "had
// said").
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/quotes/tagged_article.h"

namespace copydesk {
namespace {

const std::filesystem::path kSource = COPYDESK_SOURCE_DIR;

struct FoundQuote {
  std::vector<std::string> spans;
  std::string source;
  std::string cue;
};

/// Without punctuation, quotation marks and white space at both ends.
std::string trimmed(std::string_view text) {
  const auto word_byte = [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return std::isalnum(b) != 0 || (b >= 0xC3 && b <= 0xDF) || (b >= 0x80 && b < 0xC0);
  };
  const auto mark = [](std::string_view s) {
    return s.starts_with("\xE2\x80") || s.starts_with("\xC2\xAB") || s.starts_with("\xC2\xBB");
  };
  while (!text.empty()) {
    if (mark(text))
      text.remove_prefix(text.front() == '\xE2' ? 3 : 2);
    else if (!word_byte(text.front()))
      text.remove_prefix(1);
    else
      break;
  }
  while (!text.empty()) {
    if (text.size() >= 3 && mark(text.substr(text.size() - 3)) && text[text.size() - 3] == '\xE2')
      text.remove_suffix(3);
    else if (text.size() >= 2 && mark(text.substr(text.size() - 2)))
      text.remove_suffix(2);
    else if (std::isalnum(static_cast<unsigned char>(text.back())) == 0 &&
             static_cast<unsigned char>(text.back()) < 0x80)
      text.remove_suffix(1);
    else
      break;
  }
  return std::string(text);
}

std::string shown(const std::vector<FoundQuote>& quotes) {
  std::ostringstream out;
  for (const FoundQuote& quote : quotes) {
    out << "\n    [" << quote.source << " | " << quote.cue << "]";
    for (const std::string& span : quote.spans) out << " <" << span << ">";
  }
  return out.str();
}

bool same(const std::vector<FoundQuote>& expected, const std::vector<FoundQuote>& found) {
  if (expected.size() != found.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i].spans != found[i].spans || expected[i].source != found[i].source) return false;
    const std::string& cue = found[i].cue;
    if (cue.find(expected[i].cue) == std::string::npos &&
        (cue.empty() || expected[i].cue.find(cue) == std::string::npos)) {
      return false;
    }
  }
  return true;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, QuotesAreAsWritten) {
  testing::QuoteFinder finder(kSource / "models" / "tagger.model");
  simdjson::dom::parser parser;
  std::ifstream file(kSource / "tests" / "quotes" / "golden" / GetParam());
  ASSERT_TRUE(file) << GetParam();
  std::string line;
  int number = 0;
  while (std::getline(file, line)) {
    ++number;
    const simdjson::dom::element record = parser.parse(line);
    const std::string text(record["text"].get_string().value());
    std::vector<FoundQuote> expected;
    for (const simdjson::dom::element quote : record["quotes"]) {
      FoundQuote& one = expected.emplace_back();
      for (const simdjson::dom::element span : quote["spans"]) one.spans.push_back(trimmed(std::string_view(span)));
      std::string_view value;
      if (quote["source"].get(value) == simdjson::SUCCESS) one.source = value;
      if (quote["cue"].get(value) == simdjson::SUCCESS) one.cue = value;
    }
    std::vector<FoundQuote> found;
    for (const quotes::Quote& quote : finder.find(text).items) {
      FoundQuote& one = found.emplace_back();
      for (const Span span : quote.spans) one.spans.push_back(trimmed(span.of(text)));
      one.source = quote.source.of(text);
      one.cue = quote.cue.of(text);
      EXPECT_GT(quote.confidence, 0.0F) << text;
      EXPECT_LE(quote.confidence, 1.0F) << text;
    }
    EXPECT_TRUE(same(expected, found)) << GetParam() << ":" << number << ": " << text << "\n  expected"
                                       << shown(expected) << "\n  found" << shown(found);
  }
  EXPECT_GT(number, 0);
}

std::vector<std::string> golden_files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "tests" / "quotes" / "golden")) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Quotes, Golden, ::testing::ValuesIn(golden_files()),
                         [](const auto& param) { return param.param.substr(0, param.param.find('.')); });

}  // namespace
}  // namespace copydesk
