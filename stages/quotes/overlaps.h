// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/candidate.h"

namespace copydesk::quotes {

/// Chooses candidates no two of which share a token: of those that do, the one that is likely to hold more of what is
/// said, by its confidence and its length. Keeps its memory from one article to the next.
class OverlapResolver {
 public:
  /// Writes indices into `candidates.items`, in text order. Sorts, and looks at each token of each candidate.
  void choose(const Candidates& candidates, std::uint32_t token_count, std::vector<std::uint32_t>& chosen);

 private:
  struct Ranked {
    float worth;
    std::uint32_t candidate;
  };
  std::vector<bool> taken_;  // by token
  std::vector<Ranked> order_;
};

}  // namespace copydesk::quotes
