// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "stages/entities/token_facts.h"

namespace copydesk::entities {

/// The features of the model, in one place for training and for use: changing anything here needs a new model (and a
/// new `kModelVersion`).
///
/// - *Sparse* features look at a window of two tokens and their combinations. Each is a 64-bit hash; the model keeps a
///   row of 48 scores for those that training found to matter.
/// - *Dense* features look at one token. Each is a row of an embedding table; their sum is the network's input.

inline constexpr std::size_t kMaxSparse = 24;  ///< more than any token can have
inline constexpr std::size_t kMaxDense = 80;

/// A template's number and up to three values make a feature's hash.
[[nodiscard]] constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a) noexcept {
  const std::uint64_t hash = (a + kind * 0xD6E8FEB86659FD93ULL) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 32);
}
[[nodiscard]] constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a, std::uint64_t b) noexcept {
  return feature(kind, a ^ std::rotl(b * 0xBF58476D1CE4E5B9ULL, 23));
}
[[nodiscard]] constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a, std::uint64_t b,
                                              std::uint64_t c) noexcept {
  return feature(kind, a ^ std::rotl(b * 0xBF58476D1CE4E5B9ULL, 23) ^ std::rotl(c * 0x94D049BB133111EBULL, 41));
}

/// Calls `sink(hash)` for each sparse feature of token `i` of a sentence. `sentence` has two empty facts before its
/// first token and after its last one, so that i is from 2.
template <class Sink>
void visit_sparse(const TokenFacts* sentence, std::size_t i, Sink&& sink) {
  const TokenFacts& p2 = sentence[i - 2];
  const TokenFacts& p1 = sentence[i - 1];
  const TokenFacts& t = sentence[i];
  const TokenFacts& n1 = sentence[i + 1];
  const TokenFacts& n2 = sentence[i + 2];
  const std::uint64_t form = t.form;

  sink(feature(1, t.word));
  sink(feature(2, t.word, form));
  sink(feature(3, p1.word, form));
  sink(feature(4, n1.word, form));
  sink(feature(5, p1.word, t.word));
  sink(feature(6, t.word, n1.word));
  sink(feature(7, p1.word, form, n1.word));
  sink(feature(8, p2.word, p1.word));
  sink(feature(9, n1.word, n2.word));
  sink(feature(10, t.suffix2, form));
  sink(feature(11, t.suffix4, form));
  sink(feature(12, t.prefix4, form));
  sink(feature(13, t.cluster, form));
  sink(feature(14, p1.cluster, form));
  sink(feature(15, n1.cluster, form));
  sink(feature(16, p1.cluster, t.cluster));
  sink(feature(17, t.cluster, n1.cluster));
  sink(feature(18, p1.small_cluster, t.small_cluster, form));
  sink(feature(19, t.small_cluster, n1.small_cluster, form));
  sink(feature(20, p1.small_cluster, n1.small_cluster, form));
  sink(feature(21, p1.lists, t.lists, form));
  sink(feature(22, t.lists, n1.lists, form));
  if (t.phrases != 0) sink(feature(23, t.phrases));
}

/// The embedding table's parts: first row and number of rows of each.
struct DenseRows {
  std::uint32_t first;
  std::uint32_t count;
};
inline constexpr DenseRows kVectorRows{0, 20001};  ///< one per word vector; the last for unknown words
inline constexpr DenseRows kWordRows{20001, 1 << 15};
inline constexpr DenseRows kPrefixRows{52769, 1 << 13};
inline constexpr DenseRows kSuffixRows{60961, 1 << 13};
inline constexpr DenseRows kShapeRows{69153, 1 << 10};
inline constexpr DenseRows kFormRows{70177, 1 << 10};
inline constexpr DenseRows kListRows{71201, 16};
inline constexpr DenseRows kPhraseRows{71217, 32};
inline constexpr DenseRows kDocumentRows{71249, 16};
/// Which corpus a sentence comes from, as training knows it: corpora differ in what they call a name. The last row is
/// the mixture that the runtime uses for all text.
inline constexpr DenseRows kSourceRows{71265, 8};
inline constexpr std::size_t kDenseRows = 71273;

/// A hash's row in a part whose size is a power of two.
[[nodiscard]] constexpr std::uint32_t hashed_row(DenseRows rows, std::uint64_t hash) noexcept {
  return rows.first + static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15ULL) >> 40) % rows.count;
}

/// Calls `sink(row)` for each dense feature of a token.
template <class Sink>
void visit_dense(const TokenFacts& t, Sink&& sink) {
  sink(kVectorRows.first + (t.vector < kVectorRows.count ? t.vector : kVectorRows.count - 1));
  sink(hashed_row(kWordRows, t.word));
  sink(hashed_row(kPrefixRows, t.prefix3));
  sink(hashed_row(kSuffixRows, t.suffix3));
  sink(hashed_row(kShapeRows, t.shape));
  sink(kFormRows.first + t.form + 64U * t.case_bucket + (t.sentence_start ? 512U : 0U));
  for (unsigned lists = t.lists; lists != 0; lists &= lists - 1) {
    sink(kListRows.first + static_cast<std::uint32_t>(std::countr_zero(lists)));
  }
  for (std::uint32_t phrases = t.phrases; phrases != 0; phrases &= phrases - 1) {
    sink(kPhraseRows.first + static_cast<std::uint32_t>(std::countr_zero(phrases)));
  }
  for (unsigned facts = t.document; facts != 0; facts &= facts - 1) {
    sink(kDocumentRows.first + static_cast<std::uint32_t>(std::countr_zero(facts)));
  }
}

}  // namespace copydesk::entities
