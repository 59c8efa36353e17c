// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/quotes.h"
#include "stages/span.h"
#include "stages/syntax/syntax.h"

namespace copydesk::quotes {

using namespace syntax;  // the rules speak of its phrases and clauses throughout

/// How a quote was found; quotes found alike are right alike often, which is what the confidence says.
enum class Rule : std::uint8_t {
  kQuotedThenCue,  ///< "…," she said
  kCueThenQuoted,  ///< she said: "…"
  kTranscript,     ///< ANN LEE: "…"
  kBlock,          ///< She added: and a paragraph of its own
  kAccordingTo,
  kQuotedAlone,            ///< a quotation with no cue; the speaker is that of its neighbour
  kQuotedFragment,         ///< words in quotation marks that only a noun or 's ties to a source
  kParenthetical,  ///< it rains, she said
  kComplement,             ///< she said it rains
  kNounCue,                ///< her claim that it rains
};

/// A quote before overlaps are resolved. Content is `span_count` ranges of tokens from `first_span` on.
struct Candidate {
  std::uint32_t first_span = 0;
  std::uint32_t span_count = 0;
  TokenRange source;
  TokenRange antecedent;
  SourceKind source_kind = SourceKind::kNone;
  SourceReason source_reason = SourceReason::kNone;
  TokenRange cue;
  std::uint16_t cue_index = 0;  ///< into the layer's lexicon
  std::uint32_t frame = 0;      ///< the one Frame that held
  Rule rule = Rule::kComplement;
  float confidence = 0;
};

/// Candidates of one article with their spans.
struct Candidates {
  std::vector<Candidate> items;
  std::vector<TokenRange> spans;

  void clear() {
    items.clear();
    spans.clear();
  }
  [[nodiscard]] TokenRange extent(const Candidate& c) const {
    return {spans[c.first_span].begin, spans[c.first_span + c.span_count - 1].end};
  }
};

}  // namespace copydesk::quotes
