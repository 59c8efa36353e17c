// SPDX-License-Identifier: Apache-2.0
// What is fed must be what the ledger is told of it, and what comes out must be read as it is.

#include "tests/chaos/articles.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>

#include "tests/chaos/arrivals.h"

namespace copydesk::chaos {
namespace {

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

TEST(Articles, AreAsManyOfEachSortAsTheMenuSays) {
  const Menu menu{.bad_every = 40,
                  .large_every = 50,
                  .shifted_every = 7,
                  .shift_ms = -1'000'000,
                  .keyless_every = 5,
                  .tombstone_every = 31};
  std::map<Fate, int> fates;
  int keyless = 0;
  int shifted = 0;
  constexpr int kCount = 5 * 7 * 31 * 40;
  for (int count = 0; count < kCount; ++count) {
    const FedArticle fed = make_article({2, count}, count, menu);
    const std::string id = "wire-2-" + std::to_string(count);
    ++fates[fed.fate];
    keyless += fed.record.key ? 0 : 1;
    ASSERT_EQ(fed.record.header(kArticleHeader), id);
    ASSERT_EQ(fed.record.value.has_value(), fed.fate != Fate::kTombstone);
    ASSERT_EQ(fed.record.key.value_or(id), id);
    if (!fed.record.value) continue;
    ASSERT_NE(fed.record.value->find("\"id\":\"" + id + "\""), std::string::npos);
    ASSERT_EQ(fed.record.value->ends_with('}'), fed.fate != Fate::kDeadLetter);
    ASSERT_EQ(fed.record.value->size() > 50'000, fed.fate == Fate::kTooLarge);
    if (fed.record.timestamp == 0) continue;
    ++shifted;
    ASSERT_NEAR(static_cast<double>(fed.record.timestamp), static_cast<double>(now_ms() - 1'000'000), 60'000);
  }
  // An article may be two things at once; then the first of these holds: large, tombstone, bad.
  EXPECT_EQ(fates[Fate::kTooLarge], kCount / 50);
  EXPECT_NEAR(fates[Fate::kTombstone], kCount / 31, kCount / 31 / 50 + 1);
  EXPECT_NEAR(fates[Fate::kDeadLetter], kCount / 40, kCount / 40 / 20);
  EXPECT_NEAR(keyless, kCount / 5 + kCount / 31, kCount / 31 / 4);
  EXPECT_NEAR(shifted, kCount / 7, kCount / 7 / 30 + 1);
}

TEST(Articles, ArePlainOnTheUsualMenu) {
  std::set<Fate> fates;
  for (int count = 0; count < 80; ++count) {
    const FedArticle fed = make_article({0, count}, count, {});
    fates.insert(fed.fate);
    EXPECT_TRUE(fed.record.key && fed.record.value);
    EXPECT_EQ(fed.record.timestamp, 0);
  }
  EXPECT_EQ(fates, (std::set<Fate>{Fate::kPublished, Fate::kDeadLetter}));
}

}  // namespace
}  // namespace copydesk::chaos
