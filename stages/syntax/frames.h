// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/syntax/lexicon.h"
#include "stages/syntax/unit.h"

namespace copydesk::syntax {

/// The frame that a preposition after a cue opens; none (0) for most prepositions.
[[nodiscard]] inline Frame frame_of_preposition(WordClass word_class) {
  switch (word_class) {
    case WordClass::kAbout: return kAbout;
    case WordClass::kOn:
    case WordClass::kUpon: return kOn;
    case WordClass::kFor: return kFor;
    case WordClass::kTo: return kTo;
    case WordClass::kAgainst: return kAgainst;
    case WordClass::kOf: return kOf;
    case WordClass::kWith: return kWith;
    case WordClass::kAs: return kAs;
    case WordClass::kIn: return kIn;
    case WordClass::kAt: return kAt;
    case WordClass::kFrom: return kFrom;
    default: return Frame{};
  }
}

/// "while", "after", "as", "if", "when", "because": a subordinate clause may begin here.
[[nodiscard]] inline bool subordinates(WordClass word_class) {
  switch (word_class) {
    case WordClass::kWhile:
    case WordClass::kSubordinator:
    case WordClass::kAs:
    case WordClass::kIf:
    case WordClass::kWhAdverb:
    case WordClass::kBecause: return true;
    default: return false;
  }
}

/// "who", "why", "whether", "if": a reported question may begin here.
[[nodiscard]] inline bool begins_question(const Chunk& chunk) {
  return chunk.kind == ChunkKind::kWh || chunk.word_class == WordClass::kWhether || chunk.word_class == WordClass::kIf;
}

}  // namespace copydesk::syntax
