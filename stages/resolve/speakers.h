#pragma once
#include <cstdint>
#include <vector>

#include "stages/resolve/mention_list.h"

namespace copydesk::who {

/// The candidate that is the head of a quote's source, or kNone: "Mara Holt" in "Mara Holt, a baker from Lund",
/// "spokesman" in "Holt's spokesman", "he". `candidates` are in text order.
[[nodiscard]] std::uint32_t find_source(const View& view, const std::vector<Candidate>& candidates, const Quote& quote);

}  // namespace copydesk::who
