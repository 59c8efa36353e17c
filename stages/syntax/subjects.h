// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// Who says it, by position in the unit.
struct Subject {
  ChunkRange mention;
  ChunkRange antecedent;  ///< of a relative "who": the noun phrase it stands for
};

/// The subject of the verb chunk: the noun phrase before it, over appositions, relative clauses, coordinated verbs
/// and infinitives. Looks back at most kSubjectReach chunks per clause, over at most four clauses (`depth`).
[[nodiscard]] Subject subject_of(const Unit& unit, const Lexicon& lexicon, std::uint32_t verb, int depth = 0);

/// The noun phrase that begins at `chunk`, with the prepositional phrases and apposition that belong to its name.
[[nodiscard]] ChunkRange noun_phrase_at(const Unit& unit, std::uint32_t chunk);

/// The same with a participle and what it takes, to a comma or a verb: "a poll taken in Oss last week".
[[nodiscard]] ChunkRange modified_noun_phrase_at(const Unit& unit, std::uint32_t chunk);

/// The first chunk of the noun phrase that ends with `chunk`: "officials in the city" from "the city".
[[nodiscard]] std::uint32_t noun_phrase_start(const Unit& unit, std::uint32_t chunk);

inline constexpr std::uint32_t kSubjectReach = 48;

}  // namespace copydesk::syntax
