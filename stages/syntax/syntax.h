// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "stages/syntax/unit.h"
#include "stages/tag/tags.h"

namespace copydesk::syntax {

/// The layer made by `syntax`: the text as quotations, words, base phrases and clauses. English only; empty where the
/// analysis is not full. Made once; `quotes` and `resolve` read it, and `copydesk enrich --explain` prints it.
struct Syntax {
  std::span<const syntax::Region> quotations;  ///< in order, outermost only
  std::span<const syntax::Unit> units;         ///< in order; they cover the text but for datelines
  /// The sentences inside the quotations that read as sentences of their own, in order: a chunk kQuoted stands for them
  /// in `units`. With phrases and clauses, but nothing quoted in them.
  std::span<const syntax::Unit> quoted_units;
  std::span<const tag::Tag> tags;            ///< one per token: the tagger's, or guessed where it made none
  const syntax::Lexicon* lexicon = nullptr;  ///< what cues of words and chunks are indices into; lives as the stage
};

}  // namespace copydesk::syntax
