// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <unordered_map>
#include <vector>

#include "stages/tag/tagger_features.h"
#include "stages/tag/tagger_model.h"

namespace copydesk::training {

/// What the corpora tell of words: the tags each has, and its distributional cluster.
class Lexicon {
 public:
  void count(const tag::WordView& word, std::uint8_t tag, bool gold);
  /// Keeps the `size` most frequent words; clusters from a file of "word TAB row TAB cluster …" lines, where given.
  void build(std::size_t size, const std::filesystem::path& clusters);
  void look_up(tag::WordView& word) const;

  [[nodiscard]] const std::vector<tag::LexiconEntry>& entries() const { return table_; }
  [[nodiscard]] const std::array<std::uint64_t, 256>& classes() const { return classes_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t fixed() const { return fixed_; }

 private:
  struct Counts {
    std::array<std::uint32_t, tag::kTags> all{};
    std::array<std::uint32_t, tag::kTags> gold{};
    std::uint32_t total = 0;
  };
  [[nodiscard]] std::uint64_t tags_of(const Counts& counts) const;
  [[nodiscard]] std::uint8_t only_tag(const Counts& counts) const;
  [[nodiscard]] const tag::LexiconEntry* find(std::uint64_t key) const;

  std::unordered_map<std::uint64_t, Counts> counts_;
  std::array<std::uint64_t, 256> classes_{};
  std::vector<tag::LexiconEntry> table_;
  unsigned shift_ = 0;
  std::size_t size_ = 0;
  std::size_t fixed_ = 0;
};

}  // namespace copydesk::training
