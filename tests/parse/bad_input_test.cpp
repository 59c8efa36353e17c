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
    row >> file >> outcome >> word;
    std::ifstream input(folder + file, std::ios::binary);
    ASSERT_TRUE(input) << file;
    const std::string bytes(std::istreambuf_iterator<char>(input), {});
    const Parsed parsed(bytes);
    const std::string_view got = parsed.result() ? "-" : reason(parsed.result().error().code);
    EXPECT_EQ(got, word) << file;
    ++cases;
  }
  EXPECT_GT(cases, 40U);
}

}  // namespace
}  // namespace copydesk
