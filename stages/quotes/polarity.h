// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/quotes/candidate.h"
#include "stages/syntax/lexicon.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::quotes {

/// Whether the source stands by the content: "denied that …", "refused to say whether …", from the words of the cue, a
/// "not" among them and the verb that governs it. What stands in quotation marks alone was said.
[[nodiscard]] Polarity polarity_of(const tokenize::Tokens& tokens, const syntax::Lexicon& lexicon,
                                   const Candidate& candidate);

}  // namespace copydesk::quotes
