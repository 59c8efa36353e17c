// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <span>

#include "stages/model_file.h"
#include "stages/tag/tagger_features.h"
#include "stages/tag/tags.h"

namespace copydesk::tag {

inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::kPunct) + 1;
inline constexpr std::string_view kModelKind = "tagger";
inline constexpr std::uint32_t kModelVersion = 1;

/// What the lexicon knows of a word in one capitalisation. Found by the key's high bits; empty where `mark` is 0.
struct LexiconEntry {
  std::uint32_t mark;  ///< low half of the key, never 0
  std::uint16_t cluster;
  std::uint8_t ambiguity;
  std::uint8_t fixed;
};
static_assert(sizeof(LexiconEntry) == 8);

/// One feature's weight for every tag.
struct WeightRow {
  std::array<std::int8_t, 40> of;  ///< of[tag]; the last three are zero
};
static_assert(kTags <= 40 && sizeof(WeightRow) == 40);

/// A slot of the index from features to rows: 14 bits of the feature's hash, 18 bits of row + 1; 0 = empty.
inline constexpr unsigned kRowBits = 18;

/// The trained weights, read-only (ModelFile). Layout: models/tagger.md.
class Model {
 public:
  /// Throws std::runtime_error as ModelFile does, and where the sections do not fit each other.
  explicit Model(const std::filesystem::path& path);

  /// Fills cluster, ambiguity and fixed of `word`.
  void look_up(WordView& word) const noexcept {
    const LexiconEntry* entry = find(lexicon_key(word.hash, word.flags));
    if (entry != nullptr) word.fixed = entry->fixed;
    if (entry == nullptr) entry = find(lexicon_key(word.hash, 0));
    if (entry == nullptr) return;
    word.cluster = entry->cluster;
    word.ambiguity = entry->ambiguity;
  }
  /// Bit t: the word may have tag t.
  [[nodiscard]] std::uint64_t allowed(std::uint8_t ambiguity) const noexcept { return classes_[ambiguity]; }

  /// The feature's weights; nullptr where it has none.
  [[nodiscard]] const WeightRow* row(std::uint64_t feature) const noexcept {
    const std::size_t mask = index_.size() - 1;
    const auto mark = static_cast<std::uint32_t>(feature << kRowBits);
    for (std::size_t slot = feature >> index_shift_;; slot = (slot + 1) & mask) {
      const std::uint32_t found = index_[slot];
      if (found == 0) return nullptr;
      if (((found ^ mark) >> kRowBits) == 0) return &rows_[(found & ((1U << kRowBits) - 1)) - 1];
    }
  }
  void prefetch(std::uint64_t feature) const noexcept { __builtin_prefetch(&index_[feature >> index_shift_]); }

 private:
  [[nodiscard]] const LexiconEntry* find(std::uint64_t key) const noexcept {
    const std::size_t mask = lexicon_.size() - 1;
    const auto mark = static_cast<std::uint32_t>(key) | 1U;
    for (std::size_t slot = key >> lexicon_shift_; lexicon_[slot].mark != 0; slot = (slot + 1) & mask) {
      if (lexicon_[slot].mark == mark) return &lexicon_[slot];
    }
    return nullptr;
  }

  ModelFile file_;
  std::span<const LexiconEntry> lexicon_;
  std::span<const std::uint64_t> classes_;
  std::span<const std::uint32_t> index_;
  std::span<const WeightRow> rows_;
  unsigned lexicon_shift_ = 0;
  unsigned index_shift_ = 0;
};

}  // namespace copydesk::tag
