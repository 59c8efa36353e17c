// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "stages/entities/name_labels.h"

namespace copydesk::entities::training {

/// Chooses which sparse features get a row: those that tell most about the type of a name, by the likelihood ratio G²
/// (Dunning 1993) of the feature against the label, so that frequent but empty features and rare ones fall out.
class FeatureSelection {
 public:
  FeatureSelection() : seen_(std::size_t{1} << kSeenBits) {}

  /// First pass: how often a feature occurs at all.
  void count(std::uint64_t feature) {
    std::uint8_t& counter = seen_[index(feature)];
    if (counter < 255) ++counter;
  }
  /// Second pass: what it occurs with. Features seen fewer than `least` times are left out.
  void count(std::uint64_t feature, std::size_t type, float weight, unsigned least) {
    totals_[type] += weight;
    if (seen_[index(feature)] < least) return;
    table_[feature][type] += weight;
  }
  /// Fingerprints of the chosen features, 8 per bucket; see SparseTable.
  [[nodiscard]] std::vector<std::uint16_t> choose(std::size_t rows) const;

 private:
  static constexpr unsigned kSeenBits = 27;
  static std::size_t index(std::uint64_t feature) { return (feature * 0xD6E8FEB86659FD93ULL) >> (64 - kSeenBits); }

  std::vector<std::uint8_t> seen_;
  std::unordered_map<std::uint64_t, std::array<float, kLanes>> table_;
  std::array<double, kLanes> totals_{};
};

}  // namespace copydesk::entities::training
