// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// A clause that is still open, innermost last.
struct OpenClause {
  std::uint32_t clause = kNoIndex;      ///< index in ClauseBuffer::clauses
  std::uint32_t participle = kNoIndex;  ///< the first past participle while the subject waited for a verb, by clause
  bool inserted = false;                ///< in brackets or between dashes: nothing outside belongs to it
};

/// Memory for the clauses of the unit at hand, reused from one to the next.
struct ClauseBuffer {
  std::vector<Clause> clauses;
  std::vector<OpenClause> open;
  std::vector<std::uint32_t> kept;
};

/// Finds the clauses of `unit`, in one pass from left to right with a stack of
/// open clauses: a noun phrase that nothing governs waits for its verb; "that", "who", "while" … open a clause; a
/// finite verb takes the phrase that waits in the innermost clause, and closes those inside that have had theirs. The
/// unit's view is into `buffer`, until the next call. Time is linear: each clause is opened and closed once, and
/// `is_clause()` looks ahead at most 22 chunks.
void find_clauses(const Lexicon& lexicon, Unit& unit, ClauseBuffer& buffer);

}  // namespace copydesk::syntax
