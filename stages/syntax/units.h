// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// Splits an article into units, in order: a sentence, and those that a quotation ties to it, also the few words that
/// say who asked: "Why?" Lee asked.
class UnitSplitter {
 public:
  UnitSplitter(const ArticleView& article, const Lexicon& lexicon) : article_(article), lexicon_(lexicon) {}

  /// False at the end of the text. After it, `tokens`, `opens_paragraph` and `first_region` are those of the next unit.
  [[nodiscard]] bool next();

  TokenRange tokens;
  bool opens_paragraph = false;
  std::uint32_t first_region = 0;  ///< the first quotation that ends after the unit's begin

 private:
  [[nodiscard]] bool is_cue_sentence(TokenRange sentence) const;

  const ArticleView& article_;
  const Lexicon& lexicon_;
  std::size_t sentence_ = 0;
};

}  // namespace copydesk::syntax
