// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "stages/syntax/lexicon.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::syntax {

/// Tags from closed-class words, cue verbs and capitals, for articles that have no part of speech.
void guess_tags(const tokenize::Tokens& tokens, std::string_view text, const Lexicon& lexicon,
                std::vector<tag::Tag>& tags);

}  // namespace copydesk::syntax
