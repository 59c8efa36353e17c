#include "stages/quotes/overlaps.h"

#include <algorithm>
#include <numeric>

namespace copydesk::quotes {

namespace {

/// Earlier quotes that one quote is compared with: only those at hand can share words with it.
constexpr std::size_t kOverlapReach = 8;

/// True where the two share tokens. What stands between the spans of a broken quote is no part of it.
bool share_tokens(const Candidates& candidates, const Candidate& a, const Candidate& b) {
  if (!candidates.extent(a).overlaps(candidates.extent(b))) return false;
  for (std::uint32_t i = 0; i < a.span_count; ++i) {
    for (std::uint32_t k = 0; k < b.span_count; ++k) {
      if (candidates.spans[a.first_span + i].overlaps(candidates.spans[b.first_span + k])) return true;
    }
  }
  return false;
}

}  // namespace

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
    const Candidate& now = candidates.items[i];
    const std::size_t floor = kept > kOverlapReach ? kept - kOverlapReach : 0;
    std::size_t other = kept;
    while (other > floor && !share_tokens(candidates, candidates.items[chosen[other - 1]], now)) --other;
    if (other > floor) {
      const Candidate& before = candidates.items[chosen[other - 1]];
      const bool inside = candidates.extent(now).end <= candidates.extent(before).end;
      if (inside || other < kept || now.confidence <= before.confidence) continue;
      --kept;
    }
    chosen[kept++] = i;
  }
  chosen.resize(kept);
}

}  // namespace copydesk::quotes
