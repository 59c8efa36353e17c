// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "stages/entities/name_labels.h"
#include "stages/entities/token_facts.h"

namespace copydesk::entities {

/// What a document's names say of each other: a word that is a person's surname in one place is likely to be that
/// person in the next, and a name keeps its type. Names found first vote for their words; the votes of *other*
/// occurrences are then added to a sentence's scores, which is decoded again. (One sense per discourse: Gale, Church
/// and Yarowsky 1992.) Keeps its buffers; one per thread.
class NameVotes {
 public:
  /// Counts the names of a whole document. `labels` and `facts` are of the same tokens.
  void collect(std::span<const std::uint8_t> labels, std::span<const TokenFacts> facts);

  /// Adds what the other occurrences say to `scores` (rows of 64). `unit` is how many scores make one natural
  /// logarithm. False where nothing speaks against `labels`, so that there is nothing to decode again.
  bool apply(std::span<const std::uint8_t> labels, std::span<const TokenFacts> facts, float unit,
             std::int16_t* scores) const;

 private:
  struct Entry {
    std::uint64_t word = 0;
    bool used = false;
    std::array<std::uint16_t, kTypes> votes{};
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t word) const noexcept;

  std::vector<Entry> table_;
  std::size_t mask_ = 0;
  std::size_t entries_ = 0;
};

}  // namespace copydesk::entities
