// SPDX-License-Identifier: Apache-2.0
// The repository's set of bad records (tests/wire/bad): each must come to what its manifest says.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

TEST(BadInput, ComesToWhatTheManifestSays) {
  const std::string folder = std::string(COPYDESK_SOURCE_DIR) + "/tests/wire/bad/";
  std::ifstream manifest(folder + "manifest.tsv");
  std::string line;
  std::getline(manifest, line);
  std::size_t cases = 0;
  while (std::getline(manifest, line)) {
    std::istringstream row(line);
    std::string file;
    std::string outcome;
    std::string word;
    std::string fault;
    std::string message;
    std::getline(row, file, '\t');
    std::getline(row, outcome, '\t');
    std::getline(row, word, '\t');
    std::getline(row, fault, '\t');
    std::getline(row, message, '\t');
    std::ifstream input(folder + file, std::ios::binary);
    ASSERT_TRUE(input) << file;
    const std::string bytes(std::istreambuf_iterator<char>(input), {});
    const Parsed parsed(bytes);
    const std::string_view got = parsed.result() ? "-" : reason(parsed.result().error().code);
    EXPECT_EQ(got, word) << file;
    if (!message.empty() && !parsed.result()) {
      EXPECT_NE(parsed.result().error().message.find(message), std::string::npos)
          << file << ": " << parsed.result().error().message;
    }
    ++cases;
  }
  EXPECT_GT(cases, 40U);
}

}  // namespace
}  // namespace copydesk
