// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace copydesk::observe {

/// A histogram as Prometheus has it: [upper bound, number of values up to it], bounds rising, the last one infinite.
using HistogramBuckets = std::vector<std::pair<double, std::uint64_t>>;

/// The value that a share `q` (0 to 1) of what happened between two states of one histogram is below, linear within a
/// bucket, as Prometheus' histogram_quantile; the last finite bound where it lies beyond that. NaN where nothing
/// happened. `before` may be empty: everything since the start.
[[nodiscard]] double histogram_quantile(double q, const HistogramBuckets& now, const HistogramBuckets& before);

}  // namespace copydesk::observe
