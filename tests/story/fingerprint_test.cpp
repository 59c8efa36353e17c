// SPDX-License-Identifier: Apache-2.0
#include "stages/fingerprint/fingerprint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace copydesk {
namespace {

std::vector<std::uint64_t> random_words(std::size_t count, std::mt19937_64& random) {
  std::vector<std::uint64_t> words(count);
  for (std::uint64_t& word : words) word = random();
  return words;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const auto shingles = [](const std::vector<std::uint64_t>& words) {
    std::set<std::vector<std::uint64_t>> all;
    for (std::size_t i = 0; i + fingerprint::Fingerprint::kShingleWords <= words.size(); ++i) {
      all.insert({words.begin() + static_cast<std::ptrdiff_t>(i),
                  words.begin() + static_cast<std::ptrdiff_t>(i + fingerprint::Fingerprint::kShingleWords)});
    }
    return all;
  };
  const auto left = shingles(a);
  const auto right = shingles(b);
  std::size_t both = 0;
  for (const auto& shingle : left) both += right.count(shingle);
  return static_cast<double>(both) / static_cast<double>(left.size() + right.size() - both);
}

TEST(Fingerprint, OfTheSameWordsIsTheSame) {
  std::mt19937_64 random(1);
  for (const std::size_t count : {3U, 22U, 100U, 5000U}) {
    const auto words = random_words(count, random);
    EXPECT_EQ(fingerprint::fingerprint_of(words).bins, fingerprint::fingerprint_of(words).bins);
    EXPECT_DOUBLE_EQ(fingerprint::similarity(fingerprint::fingerprint_of(words), fingerprint::fingerprint_of(words)),
                     1);
  }
}

TEST(Fingerprint, OfTooFewWordsIsNotComparable) {
  std::mt19937_64 random(1);
  for (const std::size_t count : {0U, 1U, 2U, 3U, 21U}) {
    EXPECT_FALSE(fingerprint::fingerprint_of(random_words(count, random)).comparable()) << count;
  }
  EXPECT_TRUE(fingerprint::fingerprint_of(random_words(22, random)).comparable());
}

// The estimate against the definition, for texts from 25 words, where most bins are borrowed, to 2,000.
TEST(Fingerprint, EstimatesTheShareOfCommonShingles) {
  std::mt19937_64 random(7);
  for (const std::size_t count : {25U, 60U, 300U, 2000U}) {
    double squares = 0;
    double bias = 0;
    constexpr int kPairs = 200;
    for (int pair = 0; pair < kPairs; ++pair) {
      const auto a = random_words(count, random);
      auto b = a;
      const auto changes = random() % (count / 3);
      for (std::uint64_t i = 0; i < changes; ++i) b[random() % count] = random();
      const double error =
          fingerprint::similarity(fingerprint::fingerprint_of(a), fingerprint::fingerprint_of(b)) - jaccard(a, b);
      squares += error * error;
      bias += error;
    }
    // Bins that are borrowed tell nothing new: the error is that of as many samples as there are shingles.
    const double samples = std::min<double>(fingerprint::Fingerprint::kBins, static_cast<double>(count - 2) / 2);
    EXPECT_LT(std::sqrt(squares / kPairs), 0.5 / std::sqrt(samples) * 1.3) << count;
    EXPECT_LT(std::abs(bias / kPairs), 0.02) << count;
  }
}

TEST(Fingerprint, OfDifferentTextsIsDifferent) {
  std::mt19937_64 random(3);
  double most = 0;
  for (int pair = 0; pair < 2000; ++pair) {
    most = std::max(most, fingerprint::similarity(fingerprint::fingerprint_of(random_words(200, random)),
                                                  fingerprint::fingerprint_of(random_words(200, random))));
  }
  EXPECT_LT(most, 0.1);
}

TEST(Fingerprint, DependsOnTheOrderOfWords) {
  std::mt19937_64 random(5);
  const auto words = random_words(200, random);
  const std::vector<std::uint64_t> reversed(words.rbegin(), words.rend());
  EXPECT_LT(fingerprint::similarity(fingerprint::fingerprint_of(words), fingerprint::fingerprint_of(reversed)), 0.1);
}

}  // namespace
}  // namespace copydesk
