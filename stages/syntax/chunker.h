// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// Memory for the unit at hand, reused from one to the next.
struct UnitBuffer {
  std::vector<Word> words;
  std::vector<Chunk> chunks;
  std::vector<std::uint32_t> quoted;
};

/// Splits `tokens` into words and chunks. The unit's views are into `buffer`, until the next call. `first_region`:
/// index of the first quotation that ends after the unit's begin. Linear in the number of tokens.
[[nodiscard]] Unit chunk_unit(const ArticleView& article, const Lexicon& lexicon, TokenRange tokens,
                              std::uint32_t first_region, UnitBuffer& buffer);

}  // namespace copydesk::syntax
