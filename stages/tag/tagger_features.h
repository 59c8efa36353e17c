// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stages/span.h"
#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/tokens.h"

// What the tagger looks at. Shared by the stage and by what trains it (tools/train_tagger.cpp), so that both see the
// same features.
namespace copydesk::tag {

/// One word as the features see it. Zero: beyond the sentence's ends.
struct WordView {
  std::uint64_t hash = 0;      ///< hash_lower()
  std::uint64_t tail = 0;      ///< the last eight bytes in lower case, the last one highest
  std::uint32_t head = 0;      ///< the first three bytes in lower case
  std::uint16_t flags = 0;     ///< TokenFlag
  std::uint16_t cluster = 0;   ///< distributional class of the word; 0 = unknown
  std::uint8_t ambiguity = 0;  ///< which tags the lexicon knows the word to have: index of a class
  std::uint8_t fixed = 0xFF;   ///< the tag where the lexicon knows but one; else 0xFF
};

[[nodiscard]] inline WordView word_view(std::string_view text, Span span, std::uint16_t flags,
                                        std::uint64_t hash) noexcept {
  namespace block = tokenize::block;
  const auto lowered = [](std::uint64_t bytes) {
    return tokenize::block::lowered(bytes, tokenize::block::capitals(bytes, tokenize::block::letters(bytes)));
  };
  const std::uint32_t size = span.size();
  const std::uint64_t first = lowered(tokenize::block::load(text, span.begin) & tokenize::block::low_bytes(size));
  WordView view;
  view.hash = hash;
  view.tail = size >= 8 ? lowered(tokenize::block::load(text, span.end - 8)) : first << (8 * (8 - size));
  view.head = static_cast<std::uint32_t>(first & 0xFFFFFFU);
  view.flags = flags;
  return view;
}

/// The lexicon's key: a word's lower-case hash and how it is capitalised.
[[nodiscard]] inline std::uint64_t lexicon_key(std::uint64_t hash, std::uint16_t flags) noexcept {
  const std::uint64_t form = (flags & tokenize::kInitialUpper) == 0 ? 0U : (flags & tokenize::kHasLower) != 0 ? 1U : 2U;
  return (hash + form * 0x9E3779B97F4A7C15ULL) * 0xD6E8FEB86659FD93ULL;
}

inline constexpr std::size_t kStaticFeatures = 23;
inline constexpr std::size_t kDynamicFeatures = 7;
inline constexpr std::size_t kFeatures = kStaticFeatures + kDynamicFeatures;
/// Stands for the tag before the sentence's first word.
inline constexpr std::uint32_t kNoTag = 63;
/// Words on both sides that the features look at.
inline constexpr std::size_t kContext = 2;

[[nodiscard]] constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0) noexcept {
  std::uint64_t hash = (a + kind * 0x9E3779B97F4A7C15ULL) * 0xBF58476D1CE4E5B9ULL;
  hash = ((hash ^ hash >> 31U) + b) * 0x94D049BB133111EBULL;  // constants of SplitMix64
  return hash ^ hash >> 29U;
}

/// The features of `word[0]` that depend on words alone; word[-kContext .. kContext] are valid.
inline void static_features(const WordView* word, std::uint64_t* out) noexcept {
  const WordView& w = word[0];
  const auto suffix = [](const WordView& view, unsigned bytes) { return view.tail >> (64 - 8 * bytes); };
  const auto shape = [](const WordView& view) {
    return std::uint64_t{view.flags} & (tokenize::kInitialUpper | tokenize::kAllUpper | tokenize::kHasLower |
                                        tokenize::kHasDigit | tokenize::kNumeric | tokenize::kPunctuation |
                                        tokenize::kNonAscii | tokenize::kSentenceStart | tokenize::kClitic);
  };
  std::size_t n = 0;
  const auto add = [&](std::uint64_t a, std::uint64_t b = 0) {
    out[n] = feature(n, a, b);
    ++n;
  };
  add(w.hash);
  add(w.hash, shape(w));
  add(word[-1].hash);
  add(word[1].hash);
  add(word[-2].hash);
  add(word[2].hash);
  add(word[-1].hash, w.hash);
  add(w.hash, word[1].hash);
  add(suffix(w, 2), shape(w));
  add(suffix(w, 3));
  add(suffix(w, 4));
  add(suffix(w, 5));
  add(w.head);
  add(shape(word[-1]), shape(w) << 16U | shape(word[1]));
  add(suffix(word[1], 3));
  add(suffix(word[-1], 3));
  add(w.ambiguity, word[1].ambiguity);
  add(word[1].ambiguity, word[2].ambiguity);
  add(w.cluster, shape(w));
  add(word[1].cluster);
  add(word[-1].cluster);
  add(w.cluster, word[1].cluster);
  add(word[-1].hash, word[1].hash);
}

/// The features that depend on the tags of the two words before.
inline void dynamic_features(const WordView* word, std::uint32_t before, std::uint32_t before_that,
                             std::uint64_t* out) noexcept {
  const WordView& w = word[0];
  std::size_t n = 0;
  const auto add = [&](std::uint64_t a, std::uint64_t b) {
    out[n] = feature(kStaticFeatures + n, a, b);
    ++n;
  };
  add(before, 0);
  add(before, before_that);
  add(w.hash, before);
  add(word[1].hash, before);
  add(w.tail >> 40U, before);
  add(std::uint64_t{w.ambiguity} << 8U | word[1].ambiguity, before);
  add(w.ambiguity, before << 8U | before_that);
}

}  // namespace copydesk::tag
