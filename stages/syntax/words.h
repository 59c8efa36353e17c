// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// The words of `tokens`: compounds with hyphens are one, quotation marks are none, and a quotation that reads as a
/// sentence of its own is one word with the tag kLS, in place of all of its tokens. `first_region` as in chunk_unit().
/// Corrects what taggers often get wrong beside quotations. Linear in the number of tokens.
void read_words(const ArticleView& article, const Lexicon& lexicon, TokenRange tokens, std::uint32_t first_region,
                std::vector<Word>& words);

}  // namespace copydesk::syntax
