#pragma once
#include "stages/quotes/candidate.h"
#include "stages/quotes/lexicon.h"

namespace copydesk::quotes {

/// How often a quote that was found like this one is right, 0 to 1: shares measured once, by rule, frame and kind of
/// cue (docs/quotes.md has the reliability table).
[[nodiscard]] float confidence_of(const Candidate& candidate, const Cue& cue);

}  // namespace copydesk::quotes
