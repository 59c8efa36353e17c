// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/version_order.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace copydesk {
namespace {

std::optional<std::int64_t> time_of(const nlohmann::json& version) {
  return version.contains("made_at") ? std::optional<std::int64_t>(version["made_at"]) : std::nullopt;
}

std::string word_of(std::partial_ordering order) {
  if (order < 0) return "older";
  if (order > 0) return "newer";
  return order == 0 ? "same" : "unknown";
}

TEST(VersionOrder, IsThatOfTheGoldenCases) {
  std::ifstream file(std::string(COPYDESK_SOURCE_DIR) + "/tests/story/golden/version_order.jsonl");
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    const auto golden = nlohmann::json::parse(line);
    const std::string a = golden["a"].value("version", "");
    const std::string b = golden["b"].value("version", "");
    const story::Version left{a, time_of(golden["a"])};
    const story::Version right{b, time_of(golden["b"])};
    EXPECT_EQ(word_of(left <=> right), golden["a_is"].get<std::string>()) << line;
    const std::string expected = golden["a_is"];
    const std::string reverse = expected == "older" ? "newer" : expected == "newer" ? "older" : expected;
    EXPECT_EQ(word_of(right <=> left), reverse) << "the other way round: " << line;
  }
  EXPECT_GT(cases, 12);
}

}  // namespace
}  // namespace copydesk
