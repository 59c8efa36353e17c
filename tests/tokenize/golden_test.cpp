// SPDX-License-Identifier: Apache-2.0
// Cases in tests/tokenize/golden/*.tsv: text, TAB, its tokens with blanks between and " || " between sentences.
// "\n" and "\r" in the text stand for line feed and carriage return. Lines that start with "## " are headings.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/tokenize/tokenized.h"

namespace copydesk {
namespace {

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\\n" || text.substr(i, 2) == "\\r") {
      result += text[++i] == 'n' ? '\n' : '\r';
    } else {
      result += text[i];
    }
  }
  return result;
}

TEST(TokenizeGolden, CutsEveryCaseAsWritten) {
  std::size_t cases = 0;
  const std::filesystem::path folder = std::filesystem::path(COPYDESK_SOURCE_DIR) / "tests/tokenize/golden";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      if (line.empty() || line.starts_with("## ")) continue;
      const std::size_t tab = line.find('\t');
      ASSERT_NE(tab, std::string::npos) << entry.path() << ":" << number << ": no TAB";
      EXPECT_EQ(Tokenized(unescaped(line.substr(0, tab))).joined(), line.substr(tab + 1))
          << entry.path() << ":" << number;
      ++cases;
    }
  }
  EXPECT_GE(cases, 150U);
}

}  // namespace
}  // namespace copydesk
