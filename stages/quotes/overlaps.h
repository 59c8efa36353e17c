#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/candidate.h"

namespace copydesk::quotes {

/// Chooses candidates none of which lies in or overlaps another, in text order: of two, the outer one; where they
/// cross, the more confident. Writes indices into `candidates.items`. O(n log n).
void choose_outermost(const Candidates& candidates, std::vector<std::uint32_t>& chosen);

}  // namespace copydesk::quotes
