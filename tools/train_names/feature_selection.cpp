// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/feature_selection.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "stages/entities/name_model.h"

namespace copydesk::entities::training {

std::vector<std::uint16_t> FeatureSelection::choose(std::size_t rows) const {
  std::array<double, kLanes> share{};
  double all = 0;
  for (const double total : totals_) all += total;
  for (std::size_t type = 0; type < kLanes; ++type) share[type] = (totals_[type] + 1) / (all + kLanes);

  std::vector<std::pair<double, std::uint64_t>> ranked;
  ranked.reserve(table_.size());
  for (const auto& [feature, counts] : table_) {
    double total = 0;
    for (const float count : counts) total += count;
    double gain = 0;
    for (std::size_t type = 0; type < kLanes; ++type) {
      if (counts[type] > 0) gain += counts[type] * std::log(counts[type] / (total * share[type]));
    }
    ranked.emplace_back(gain, feature);
  }
  std::sort(ranked.begin(), ranked.end(), std::greater<>());

  const std::size_t buckets = rows / SparseTable::kWays;
  std::vector<std::uint16_t> fingerprints(buckets * SparseTable::kWays);
  std::vector<std::uint8_t> used(buckets);
  std::size_t kept = 0;
  for (const auto& [gain, feature] : ranked) {
    const std::size_t bucket = SparseTable::bucket_of(feature, buckets);
    if (used[bucket] == SparseTable::kWays) continue;
    fingerprints[bucket * SparseTable::kWays + used[bucket]++] = SparseTable::fingerprint_of(feature);
    if (++kept == buckets * SparseTable::kWays) break;
  }
  std::printf("sparse features: %zu candidates, %zu kept\n", ranked.size(), kept);
  return fingerprints;
}

}  // namespace copydesk::entities::training
