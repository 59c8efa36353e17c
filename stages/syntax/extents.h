// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// Chunks that one search for an end may pass, so that time stays linear.
inline constexpr std::uint32_t kExtentReach = 120;

/// ", including A and B" is about what stands before.
[[nodiscard]] bool includes(const Lexicon& lexicon, const Chunk& verb);

/// True where a noun phrase and its finite verb begin at `chunk`: "the talks in Oss failed".
[[nodiscard]] bool is_clause(const Unit& unit, std::uint32_t chunk);

/// Past the last chunk of the clause that begins at `chunk`: before ", but …", ", which …", ", adding …", "; …", or
/// another cue's "he said".
/// `subordinate`: the cue's own clause is one ("while he said …"), so that a comma before a new clause ends it.
[[nodiscard]] std::uint32_t clause_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk,
                                       bool subordinate = false);

/// Past the last chunk of the infinitive, gerund or predicate that begins at `chunk`: before a comma, unless in a
/// list, and before a new clause.
[[nodiscard]] std::uint32_t verb_phrase_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk);

/// Past the last chunk of the noun phrase that begins at `chunk`, with what modifies it.
[[nodiscard]] std::uint32_t object_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk);

/// `end`, or past the last chunk of the quotation that begins in [begin, end) and goes on after it.
[[nodiscard]] std::uint32_t over_quotation(const Unit& unit, std::uint32_t begin, std::uint32_t end);

/// The first chunk of the clause that ends before `chunk`.
[[nodiscard]] std::uint32_t clause_begin(const Unit& unit, std::uint32_t chunk);

}  // namespace copydesk::syntax
