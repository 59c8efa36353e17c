// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// Noun phrases that stand for the same thing or beside each other, of one unit; memory is reused.
struct JoinedPhrases {
  std::vector<ChunkPair> appositions;
  std::vector<ChunkPair> coordinations;
  std::vector<bool> subjects;  ///< by chunk: the subject of a clause, so that a comma before it joins nothing
};

/// Finds appositions ("Ann Lee, a farmer", "the council (OCC)") and coordinated noun phrases ("Ann Lee, Bo Moe and Per
/// Lie": one pair for each two neighbours) by what stands around commas, conjunctions and brackets. Reads the clauses
/// of `unit`. Linear in the number of chunks.
void join_phrases(const Unit& unit, JoinedPhrases& found);

}  // namespace copydesk::syntax
