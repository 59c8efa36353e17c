// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/fingerprint/fingerprint.h"

namespace copydesk::story {

/// Finds fingerprints that may be alike without comparing all of them: locality-sensitive hashing by bands
/// (J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", 3.4). A fingerprint is cut into kBands bands of
/// kRows bins; two that agree in a whole band are candidates, which two of similarity s are with probability
/// 1 - (1 - s^kRows)^kBands: 0.87 at 0.5, 0.99 at 0.6, 0.9998 at 0.7, 0.23 at 0.3.
///
/// A table of fixed size whose places hold the latest numbers only: memory, and the time for one article, are bounded
/// whatever the texts are. What is overwritten is missed, never mistaken: the caller compares candidates in full.
class NearDuplicateIndex {
 public:
  static constexpr std::size_t kRows = 4;
  static constexpr std::size_t kBands = fingerprint::Fingerprint::kBins / kRows;
  static constexpr std::size_t kPlaces = 4;  ///< most candidates of a band
  using Number = std::uint32_t;              ///< of an article; not 0

  /// Room for about so many fingerprints; older ones get lost little by little beyond that.
  explicit NearDuplicateIndex(std::size_t capacity);

  void add(Number number, const fingerprint::Fingerprint& fingerprint) noexcept;
  /// Fills `candidates` with the numbers that share a band, each once, in no particular order.
  void find(const fingerprint::Fingerprint& fingerprint, std::vector<Number>& candidates) const;

 private:
  using Bucket = std::array<Number, kPlaces>;
  [[nodiscard]] std::size_t bucket_of(const fingerprint::Fingerprint& fingerprint, std::size_t band) const noexcept;

  std::vector<Bucket> buckets_;  // their number is a power of two
};

}  // namespace copydesk::story
