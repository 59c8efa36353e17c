#include "stages/quotes/overlaps.h"

#include <algorithm>
#include <numeric>

namespace copydesk::quotes {

void choose_outermost(const Candidates& candidates, std::vector<std::uint32_t>& chosen) {
  chosen.resize(candidates.items.size());
  std::iota(chosen.begin(), chosen.end(), 0U);
  std::erase_if(chosen, [&](std::uint32_t i) { return candidates.items[i].span_count == 0; });
  std::sort(chosen.begin(), chosen.end(), [&](std::uint32_t a, std::uint32_t b) {
    const TokenRange x = candidates.extent(candidates.items[a]);
    const TokenRange y = candidates.extent(candidates.items[b]);
    if (x.begin != y.begin) return x.begin < y.begin;
    if (x.end != y.end) return x.end > y.end;
    return a < b;
  });
  std::size_t kept = 0;
  for (const std::uint32_t i : chosen) {
    if (kept > 0) {
      const TokenRange before = candidates.extent(candidates.items[chosen[kept - 1]]);
      const TokenRange now = candidates.extent(candidates.items[i]);
      if (before.overlaps(now)) {
        const bool inside = now.end <= before.end;
        if (inside || candidates.items[i].confidence <= candidates.items[chosen[kept - 1]].confidence) continue;
        --kept;
      }
    }
    chosen[kept++] = i;
  }
  chosen.resize(kept);
}

}  // namespace copydesk::quotes
