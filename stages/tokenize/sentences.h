// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "stages/span.h"
#include "stages/tokenize/scanner.h"
#include "stages/tokenize/token_columns.h"

namespace copydesk::tokenize {

/// Decides at which of `boundaries` sentences end. Fills `sentences` (all tokens, in order) and marks kSentenceStart.
void split_sentences(std::string_view text, const std::vector<Boundary>& boundaries, TokenColumns& tokens,
                     std::vector<TokenRange>& sentences);

}  // namespace copydesk::tokenize
