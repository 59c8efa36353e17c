#pragma once
#include <string_view>

namespace copydesk::quotes {

/// The cue verbs and their frames, one per line; the format is told at `Lexicon::Lexicon`.
extern const std::string_view kCueVerbs;

}  // namespace copydesk::quotes
