// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/code_points.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace copydesk {
namespace {

std::string random_text(std::mt19937& random, std::size_t characters) {
  static constexpr std::array<std::string_view, 8> kAlphabet{"a", " ", "\n", "é", "“", "ﷺ", "😀", "\xCC\x81"};
  std::string text;
  const std::size_t kinds = 1 + random() % kAlphabet.size();
  for (std::size_t i = 0; i < characters; ++i) text += kAlphabet[random() % kinds];
  return text;
}

TEST(CodePoints, AgreeWithCountingOneByOne) {
  std::mt19937 random(7);
  encode::CodePoints points;
  for (int round = 0; round < 300; ++round) {
    const std::string text = random_text(random, random() % 300);
    points.index(text);
    std::uint32_t naive = 0;
    for (std::uint32_t at = 0; at <= text.size(); ++at) {
      const bool boundary = at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
      EXPECT_EQ(points.is_valid({at, at}), boundary);
      if (!boundary) continue;
      EXPECT_EQ(points.before(at), naive) << at;
      ++naive;
    }
  }
}

TEST(CodePoints, RefuseSpansOutsideTheText) {
  encode::CodePoints points;
  points.index("été");
  EXPECT_TRUE(points.is_valid({0, 5}));
  EXPECT_FALSE(points.is_valid({0, 6}));
  EXPECT_FALSE(points.is_valid({3, 2}));
  EXPECT_FALSE(points.is_valid({1, 3}));
  EXPECT_FALSE(points.is_valid({0, 0xFFFFFFFF}));
}

}  // namespace
}  // namespace copydesk
