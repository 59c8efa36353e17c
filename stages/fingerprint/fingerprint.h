// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk::fingerprint {

/// The layer made by `fingerprint`: a sketch of a text's wording, to tell how much of it two articles share.
///
/// MinHash (A. Broder, "On the resemblance and containment of documents", 1997) over the text's shingles, each of
/// kShingleWords words in a row, punctuation and letter case left out. One hash per shingle fills all bins (P. Li,
/// A. Owen, C.-H. Zhang, "One permutation hashing", 2012); bins that stay empty borrow from others (A. Shrivastava,
/// "Optimal densification for fast and accurate minwise hashing", 2017); eight bits of each minimum are kept (P. Li,
/// A. C. König, "b-bit minwise hashing", 2010).
struct Fingerprint {
  static constexpr std::size_t kShingleWords = 3;
  static constexpr std::size_t kBins = 128;
  /// A text of fewer shingles is too short to be told from another by its wording: a flash, a caption.
  static constexpr std::uint32_t kLeastShingles = 20;

  alignas(16) std::array<std::uint8_t, kBins> bins{};
  std::uint32_t shingles = 0;  ///< of the text, repeated ones counted; 0 = no text

  [[nodiscard]] bool comparable() const noexcept { return shingles >= kLeastShingles; }
};

/// Of a text whose words have these hashes, in order. Linear.
[[nodiscard]] Fingerprint fingerprint_of(std::span<const std::uint64_t> words) noexcept;

/// Estimated Jaccard similarity of the two texts' sets of shingles: what both have, as a share of what either has.
/// 0 to 1; the standard error is at most 0.045 (that of 128 samples). Both must be comparable.
[[nodiscard]] double similarity(const Fingerprint& a, const Fingerprint& b) noexcept;

}  // namespace copydesk::fingerprint
