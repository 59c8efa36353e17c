// SPDX-License-Identifier: Apache-2.0
#include "stages/tag/tagger_model.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace copydesk::tag {

Model::Model(const std::filesystem::path& path)
    : file_(path, kModelKind, kModelVersion),
      lexicon_(file_.array<LexiconEntry>("lexicon")),
      classes_(file_.array<std::uint64_t>("classes", 256)),
      index_(file_.array<std::uint32_t>("index")),
      rows_(file_.array<WeightRow>("rows")) {
  // Lookups end at an empty slot and trust what the slots say.
  const bool sizes = std::has_single_bit(lexicon_.size()) && lexicon_.size() > 1 &&
                     std::has_single_bit(index_.size()) && index_.size() > 1;
  const bool slots =
      sizes && std::ranges::any_of(lexicon_, [](const LexiconEntry& e) { return e.mark == 0; }) &&
      std::ranges::any_of(index_, [](std::uint32_t slot) { return slot == 0; }) &&
      std::ranges::all_of(lexicon_, [](const LexiconEntry& e) { return e.fixed < kTags || e.fixed == 0xFF; }) &&
      std::ranges::all_of(index_,
                          [&](std::uint32_t slot) { return (slot & ((1U << kRowBits) - 1)) <= rows_.size(); }) &&
      std::ranges::all_of(classes_, [](std::uint64_t tags) { return tags != 0 && tags >> kTags == 0; });
  if (!slots) {
    throw std::runtime_error("model file '" + path.string() +
                             "' holds sections that do not fit each other; train it again with tools/train_tagger");
  }
  lexicon_shift_ = 64U - static_cast<unsigned>(std::countr_zero(lexicon_.size()));
  index_shift_ = 64U - static_cast<unsigned>(std::countr_zero(index_.size()));
}

}  // namespace copydesk::tag
