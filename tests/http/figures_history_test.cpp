// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/figures_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace copydesk {
namespace {

constexpr std::int64_t kStart = 1'800'000'000'000;

observe::Metrics::Figures figures(double published, std::uint64_t fast = 0, std::uint64_t slow = 0) {
  return {.json = "{}",
          .published = published,
          .words = 10 * published,
          .dead_letters = 1,
          .lag = 5,
          .end_to_end = {{0.1, fast}, {0.2, fast + slow}, {std::numeric_limits<double>::infinity(), fast + slow}}};
}

TEST(FiguresHistory, SaysNothingBeforeTheFirst) {
  const live_page::FiguresHistory history;
  EXPECT_EQ(history.newest(), "null");
  EXPECT_EQ(history.json(), "[]");
}

TEST(FiguresHistory, HasTotalsAndTheLatencyOfTheLastHalfMinute) {
  live_page::FiguresHistory history;
  history.add(figures(3, 4, 0), kStart);
  EXPECT_EQ(history.newest(), "[1800000000000,3,30,1,5,0.05,0.095]");
  history.add(figures(4, 4, 10), kStart + 20'000);
  EXPECT_EQ(history.newest(), "[1800000020000,4,40,1,5,0.15,0.195]");
  history.add(figures(4, 4, 10), kStart + 51'000);
  EXPECT_EQ(history.newest(), "[1800000051000,4,40,1,5,null,null]");
  EXPECT_EQ(nlohmann::json::parse(history.json()).size(), 3U);
}

TEST(FiguresHistory, OfTwoHoursKeepsTheLastOneCoarseAndTenMinutesFine) {
  live_page::FiguresHistory history;
  constexpr int kSeconds = 7200;
  for (int i = 0; i < kSeconds; ++i) {
    observe::Metrics::Figures now = figures(i);
    if (i % 60 == 7) now.lag = 1000;  // for a second only
    history.add(now, kStart + 1000 * i);
  }
  const auto samples = nlohmann::json::parse(history.json());
  EXPECT_EQ(samples.size(), live_page::FiguresHistory::kFine + live_page::FiguresHistory::kCoarse);
  const std::int64_t last = kStart + 1000 * (kSeconds - 1);
  EXPECT_EQ(samples.back()[0], last);
  const std::int64_t age = last - samples.front()[0].get<std::int64_t>();
  EXPECT_GE(age, 3'590'000);
  EXPECT_LE(age, 3'610'000);
  int peaks = 0;
  for (std::size_t i = 0; i < live_page::FiguresHistory::kCoarse; ++i) peaks += samples[i][4] == 1000 ? 1 : 0;
  EXPECT_EQ(peaks, 50) << "one a minute, none lost";
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const auto step = samples[i][0].get<std::int64_t>() - samples[i - 1][0].get<std::int64_t>();
    EXPECT_LE(step, live_page::FiguresHistory::kCoarseStep.count());
    EXPECT_GE(step, 1000);
    if (i > live_page::FiguresHistory::kCoarse) {
      EXPECT_EQ(step, 1000);
    }
  }
}

}  // namespace
}  // namespace copydesk
