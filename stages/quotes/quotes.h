// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "stages/span.h"

namespace copydesk::quotes {

enum class QuoteType : std::uint8_t { kDirect, kIndirect, kMixed };

/// How the text names a quote's source; decides how `resolve` looks for who it is.
enum class SourceKind : std::uint8_t {
  kNone,     ///< no source stands in the text near the quote
  kNominal,  ///< a noun phrase: a name with or without title, a description, an organisation, a document
  kPronoun,  ///< he, she, they, I, we, it, who
};

/// Whether the source stands by what the quote holds.
enum class Polarity : std::uint8_t {
  kAsserted,  ///< says it, or thinks it
  kDenied,    ///< says that it is not so: "denied that …", "rejected claims that …"
  kWithheld,  ///< does not say it: "declined to say whether …", "did not say that …"
};

/// Why a quote has its source.
enum class SourceReason : std::uint8_t {
  kNone,            ///< it has none
  kOfCue,           ///< the cue's subject, agent or possessor, or a label before a colon
  kSentenceBefore,  ///< no cue: the subject of the sentence before
  kContinued,       ///< no cue: the speaker of the quote before goes on
  kAlternates,      ///< no cue: the other speaker answers a question
};

/// One thing said, as the text reports it: not yet who the source is.
struct Quote {
  QuoteType type = QuoteType::kDirect;
  Span extent;                  ///< from the first to the last byte of the content
  std::span<const Span> spans;  ///< the content, in order; several where the cue breaks it
  SourceKind source_kind = SourceKind::kNone;
  Span source;                 ///< the source's mention: "he", "Yuri Ushakov", "A senior NATO official"
  Span antecedent;             ///< where `source` is a relative "who": the noun phrase it stands for, if clear
  Span cue;                    ///< what says that it was said: "said", "according to"; empty where there is none
  std::string_view cue_lemma;  ///< "say"; static or in the arena
  Polarity polarity = Polarity::kAsserted;
  SourceReason source_reason = SourceReason::kNone;
  std::string_view construction;  ///< how it was found: a name of stages/quotes/constructions.cpp; static
  float confidence = 1.0F;        ///< 0 to 1, calibrated: how often such a quote is right
};

/// The layer made by `quotes`: in order of `extent.begin`. Outermost only: no two quotes' spans share a byte. Extents
/// may overlap: what is reported between the two parts of a broken quote lies in its extent, not in its spans.
struct Quotes {
  std::span<const Quote> items;
};

}  // namespace copydesk::quotes
