// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/overlaps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace copydesk::quotes {
namespace {

/// Tokens beyond which more of them make a quote no better.
constexpr std::uint32_t kLong = 25;

/// How much of what is said a candidate is likely to hold: its confidence, times a power of its length that makes the
/// longer one of two the better one unless it is much less certain (the exponent is measured; see docs/quotes.md).
float worth(const Candidates& candidates, const Candidate& candidate) {
  // Who reports in a block quotation is quoted there, too: the block is the outer one.
  if (candidate.rule == Rule::kBlock) return std::numeric_limits<float>::max();
  static const std::array<float, kLong + 1> of_length = [] {
    std::array<float, kLong + 1> of{};
    for (std::size_t n = 0; n < of.size(); ++n) of[n] = std::pow(static_cast<float>(n), 0.25F);
    return of;
  }();
  std::uint32_t size = 0;
  for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
    size += candidates.spans[candidate.first_span + i].size();
  }
  return candidate.confidence * of_length[std::min(size, kLong)];
}

}  // namespace

void OverlapResolver::choose(const Candidates& candidates, std::uint32_t token_count,
                             std::vector<std::uint32_t>& chosen) {
  chosen.clear();
  taken_.assign(token_count, false);
  order_.clear();
  for (std::uint32_t i = 0; i < candidates.items.size(); ++i) {
    if (candidates.items[i].span_count > 0) order_.push_back({worth(candidates, candidates.items[i]), i});
  }
  std::sort(order_.begin(), order_.end(), [](const Ranked& a, const Ranked& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.candidate < b.candidate;
  });
  for (const Ranked& ranked : order_) {
    const Candidate& candidate = candidates.items[ranked.candidate];
    bool free = true;
    for (std::uint32_t i = 0; i < candidate.span_count && free; ++i) {
      const TokenRange span = candidates.spans[candidate.first_span + i];
      free = std::find(taken_.begin() + span.begin, taken_.begin() + span.end, true) == taken_.begin() + span.end;
    }
    if (!free) continue;
    for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
      const TokenRange span = candidates.spans[candidate.first_span + i];
      std::fill(taken_.begin() + span.begin, taken_.begin() + span.end, true);
    }
    chosen.push_back(ranked.candidate);
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::uint32_t a, std::uint32_t b) {
    const TokenRange x = candidates.extent(candidates.items[a]);
    const TokenRange y = candidates.extent(candidates.items[b]);
    if (x.begin != y.begin) return x.begin < y.begin;
    if (x.end != y.end) return x.end > y.end;
    return a < b;
  });
}

}  // namespace copydesk::quotes
