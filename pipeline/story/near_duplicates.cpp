// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/near_duplicates.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "stages/tokenize/hash.h"

namespace copydesk::story {

NearDuplicateIndex::NearDuplicateIndex(std::size_t capacity)
    // One and a half times the places needed: bands fall on buckets unevenly.
    : buckets_(std::bit_ceil(std::max<std::size_t>(1, capacity * kBands * 3 / 2 / kPlaces))) {}

std::size_t NearDuplicateIndex::bucket_of(const fingerprint::Fingerprint& fingerprint,
                                          std::size_t band) const noexcept {
  std::uint32_t rows = 0;
  static_assert(sizeof rows == kRows);
  std::memcpy(&rows, fingerprint.bins.data() + band * kRows, kRows);
  const std::uint64_t hash =
      tokenize::hash_detail::finish(tokenize::hash_detail::step(tokenize::hash_detail::kSeed + band, rows));
  return static_cast<std::size_t>(hash >> 16U) & (buckets_.size() - 1);
}

void NearDuplicateIndex::add(Number number, const fingerprint::Fingerprint& fingerprint) noexcept {
  for (std::size_t band = 0; band < kBands; ++band) {
    Bucket& bucket = buckets_[bucket_of(fingerprint, band)];
    std::copy_backward(bucket.begin(), bucket.end() - 1, bucket.end());
    bucket.front() = number;
  }
}

void NearDuplicateIndex::find(const fingerprint::Fingerprint& fingerprint, std::vector<Number>& candidates) const {
  candidates.clear();
  for (std::size_t band = 0; band < kBands; ++band) {
    for (const Number number : buckets_[bucket_of(fingerprint, band)]) {
      if (number != 0) candidates.push_back(number);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
}

}  // namespace copydesk::story
