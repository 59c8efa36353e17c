// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// True where the quotation reads as a sentence of its own and not as a part of the one around it.
[[nodiscard]] bool is_sentential(const ArticleView& article, const Lexicon& lexicon, const Region& region);

/// True for a short quotation whose every long word is capitalised: "The Late Show," "13 Hours".
[[nodiscard]] bool is_title(const tokenize::Tokens& tokens, const Region& region);

}  // namespace copydesk::syntax
