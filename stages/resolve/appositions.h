// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "stages/resolve/mention_list.h"
#include "stages/resolve/word_lexicon.h"

namespace copydesk::resolve {

/// "The prime minister, Una Dell, said", "Una Dell, the mayor of Lund, said": tells each noun phrase that stands beside
/// a name and says who that is which name it is (`Candidate::stands_for`), and the name what the phrase says of gender
/// and kinship. Linear: a bounded number of words and candidates around each name.
void mark_appositions(const View& view, const WordLexicon& lexicon, std::vector<Candidate>& candidates);

}  // namespace copydesk::resolve
