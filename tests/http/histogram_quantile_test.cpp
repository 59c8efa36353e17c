// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/histogram_quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace copydesk {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(HistogramQuantile, IsLinearWithinABucket) {
  const observe::HistogramBuckets now{{0.1, 0}, {0.2, 10}, {kInfinity, 10}};
  EXPECT_DOUBLE_EQ(observe::histogram_quantile(0.5, now, {}), 0.15);
  EXPECT_DOUBLE_EQ(observe::histogram_quantile(1, now, {}), 0.2);
}

TEST(HistogramQuantile, LooksOnlyAtWhatHappenedSince) {
  const observe::HistogramBuckets before{{0.1, 100}, {0.2, 100}, {kInfinity, 100}};
  const observe::HistogramBuckets now{{0.1, 100}, {0.2, 104}, {kInfinity, 104}};
  EXPECT_DOUBLE_EQ(observe::histogram_quantile(0.5, now, before), 0.15);
}

TEST(HistogramQuantile, IsTheLastBoundBeyondIt) {
  EXPECT_DOUBLE_EQ(observe::histogram_quantile(0.5, {{0.1, 0}, {0.2, 0}, {kInfinity, 3}}, {}), 0.2);
}

TEST(HistogramQuantile, IsUnknownWhereNothingHappened) {
  EXPECT_TRUE(std::isnan(observe::histogram_quantile(0.5, {}, {})));
  const observe::HistogramBuckets same{{0.1, 7}, {kInfinity, 9}};
  EXPECT_TRUE(std::isnan(observe::histogram_quantile(0.5, same, same)));
}

}  // namespace
}  // namespace copydesk
