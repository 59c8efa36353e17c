// SPDX-License-Identifier: Apache-2.0
#include "stages/fingerprint/fingerprint.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "stages/tokenize/hash.h"

namespace copydesk::fingerprint {

namespace {

constexpr unsigned kBinBits = std::bit_width(Fingerprint::kBins) - 1;
static_assert(std::has_single_bit(Fingerprint::kBins));

constexpr std::uint64_t kEmpty = std::numeric_limits<std::uint64_t>::max();

/// The bin that an empty one borrows from, at its `attempt`: the same for every text, so that two texts borrow alike.
std::size_t lender(std::size_t bin, std::uint64_t attempt) noexcept {
  const std::uint64_t mixed =
      tokenize::hash_detail::finish(tokenize::hash_detail::step(tokenize::hash_detail::kSeed + attempt, bin + 1));
  return static_cast<std::size_t>(mixed >> (64 - kBinBits));
}

}  // namespace

Fingerprint fingerprint_of(std::span<const std::uint64_t> words) noexcept {
  Fingerprint made;
  if (words.size() < Fingerprint::kShingleWords) return made;
  std::array<std::uint64_t, Fingerprint::kBins> least;
  least.fill(kEmpty);
  const std::size_t count = words.size() - Fingerprint::kShingleWords + 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t hash = tokenize::hash_detail::kSeed;
    for (std::size_t word = 0; word < Fingerprint::kShingleWords; ++word) {
      hash = tokenize::hash_detail::step(hash, words[i + word]);
    }
    hash = tokenize::hash_detail::finish(hash);
    std::uint64_t& bin = least[hash >> (64 - kBinBits)];
    bin = std::min(bin, hash << kBinBits);
  }
  made.shingles = static_cast<std::uint32_t>(std::min<std::size_t>(count, std::numeric_limits<std::uint32_t>::max()));
  for (std::size_t bin = 0; bin < Fingerprint::kBins; ++bin) {
    std::size_t from = bin;
    for (std::uint64_t attempt = 0; least[from] == kEmpty; ++attempt) from = lender(bin, attempt);
    // Not the highest bits, which are small in every minimum, nor the lowest, which the shift has made zero.
    constexpr unsigned kMiddle = 24;
    made.bins[bin] = static_cast<std::uint8_t>(least[from] >> kMiddle);
  }
  return made;
}

double similarity(const Fingerprint& a, const Fingerprint& b) noexcept {
  unsigned equal = 0;
  for (std::size_t bin = 0; bin < Fingerprint::kBins; ++bin) equal += a.bins[bin] == b.bins[bin] ? 1U : 0U;
  constexpr double kByChance = 1.0 / 256;  // eight bits of different minima are equal that often
  const double share = static_cast<double>(equal) / static_cast<double>(Fingerprint::kBins);
  return std::max(0.0, (share - kByChance) / (1 - kByChance));
}

}  // namespace copydesk::fingerprint
