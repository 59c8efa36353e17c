// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "stages/tokenize/tokens.h"

namespace copydesk::syntax {

/// What stands before the first sentence of a paragraph and is no part of it: past "LONDON, March 1 (NWS) - " or
/// "Exclusive: "; `sentence.begin` where there is nothing of the kind. Looks at no more than 24 tokens.
[[nodiscard]] std::uint32_t past_heading(const tokenize::Tokens& tokens, std::string_view text, TokenRange sentence);

/// "EXCLUSIVE", "Read more", "MARKETS": a label that says what a text is, not who speaks. Any letter case.
[[nodiscard]] bool is_kicker(std::string_view label);

}  // namespace copydesk::syntax
