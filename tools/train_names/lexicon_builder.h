// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "stages/entities/name_lexicon.h"
#include "tools/train_names/corpus.h"

namespace copydesk::entities::training {

/// The word and phrase lists of the model, built from the gazetteers' folder and from the silver text.
class LexiconBuilder {
 public:
  /// `gaz.tsv`, `case.tsv`, `word_clusters.tsv.gz` of `folder`. Throws std::runtime_error where one is missing.
  void read_gazetteers(const std::filesystem::path& folder);

  /// Counts the names of a document of the silver text.
  void count_names(const LabelledDocument& document);
  /// Adds those seen in `documents` documents or more, as each kind that they were in `share` or more of them.
  void add_counted(std::uint32_t documents, double share);

  /// Gives names that `documents` or more label, `share` or more of them as one other kind, that kind's usual type.
  void overrule(LabelledDocument& document, std::uint32_t documents, double share) const;

  [[nodiscard]] std::vector<WordFacts> word_slots() const;
  [[nodiscard]] std::vector<PhraseFacts> phrase_slots() const;
  [[nodiscard]] std::size_t words() const { return words_.size(); }
  [[nodiscard]] std::size_t phrases() const { return phrases_.size(); }

 private:
  void add_phrase(const std::vector<std::uint64_t>& words, std::uint8_t lists);

  struct Counted {
    std::array<std::uint32_t, kTypes> by_type{};
    std::uint32_t last_document = 0;
    std::vector<std::uint64_t> words;
  };
  std::unordered_map<std::uint64_t, WordFacts> words_;
  std::unordered_map<std::uint64_t, std::uint8_t> phrases_;
  std::unordered_map<std::uint64_t, Counted> counted_;
  std::uint32_t document_ = 0;
};

}  // namespace copydesk::entities::training
