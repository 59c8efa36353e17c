// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/quotes/candidate.h"
#include "stages/syntax/lexicon.h"

namespace copydesk::quotes {

/// How often a quote that was found like this one is right, 0 to 1: for what a cue reports, by the cue's rate in its
/// frame and the length of the content; else by rule and kind of cue. Shares measured once by
/// tools/quotes/count_cues.py (docs/quotes.md has the reliability table).
[[nodiscard]] float confidence_of(const Candidates& candidates, const Candidate& candidate, const syntax::Cue& cue);

}  // namespace copydesk::quotes
