// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/histogram_quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace copydesk::observe {

double histogram_quantile(double q, const HistogramBuckets& now, const HistogramBuckets& before) {
  const auto count = [&](std::size_t i) {
    const std::uint64_t earlier = i < before.size() ? before[i].second : 0;
    return static_cast<double>(now[i].second - std::min(earlier, now[i].second));
  };
  const double wanted = now.empty() ? 0 : q * count(now.size() - 1);
  if (!(wanted > 0)) return std::numeric_limits<double>::quiet_NaN();
  double lower = 0;
  double below = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double upper = now[i].first;
    if (count(i) >= wanted) {
      if (!std::isfinite(upper)) return lower;
      return lower + (upper - lower) * (wanted - below) / (count(i) - below);
    }
    lower = upper;
    below = count(i);
  }
  return lower;
}

}  // namespace copydesk::observe
