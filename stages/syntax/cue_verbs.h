// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace copydesk::syntax {

/// Verbs of speech, verbs beside quotations and in parentheses, irregular forms: by hand. The format is told at
/// `Lexicon::Lexicon`.
extern const std::string_view kCueVerbs;

/// How often verbs report in the other frames: counted by tools/quotes/count_cues.py (docs/quotes.md).
extern const std::string_view kVerbRates;

/// The cue nouns and adjectives, likewise.
extern const std::string_view kNominalRates;

}  // namespace copydesk::syntax
