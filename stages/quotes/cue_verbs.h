#pragma once
#include <string_view>

namespace copydesk::quotes {

/// The cue verbs by frame; the format is told at `Lexicon::Lexicon`, how the lists were made in docs/quotes.md.
extern const std::string_view kCueVerbs;

/// The cue nouns and adjectives, likewise.
extern const std::string_view kCueNominals;

}  // namespace copydesk::quotes
