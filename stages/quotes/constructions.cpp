// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/constructions.h"

#include <algorithm>
#include <array>

namespace copydesk::quotes {
namespace {

constexpr auto kConstructions = std::to_array<Construction>({
    // A quotation that reads as a sentence of its own.
    {Rule::kQuotedThenCue, syntax::kQuoted, "quotation, then cue", "[“It holds,”] she said."},
    {Rule::kCueThenQuoted, syntax::kQuoted, "cue, then quotation", "She said: [“It holds.”]"},
    {Rule::kTranscript, syntax::kQuoted, "label, then quotation", "Ann Lee: [“The dam holds.”]"},
    {Rule::kAccordingTo, syntax::kQuoted, "quotation, according to", "[“It holds,”] according to Ann Lee."},
    {Rule::kQuotedAlone, syntax::kQuoted, "quotation without a cue", "Ann Lee shook her head. [“It holds.”]"},
    {Rule::kBlock, syntax::kQuoted, "paragraph after a cue and a colon", "Ann Lee added:\n\n[The dam holds. We stay.]"},
    // What a cue stands beside or in.
    {Rule::kTranscript, syntax::kParenthetical, "label", "ANN LEE: [The dam holds.]"},
    {Rule::kAccordingTo, syntax::kParenthetical, "according to", "[The dam holds], according to Ann Lee."},
    {Rule::kParenthetical, syntax::kParenthetical, "cue in or after a sentence", "[The dam holds], Ann Lee said."},
    // What a verb takes.
    {Rule::kComplement, syntax::kThatClause, "verb and that clause", "Ann Lee said that [the dam holds]."},
    {Rule::kComplement, syntax::kBareClause, "verb and clause", "Ann Lee said [the dam holds]."},
    {Rule::kComplement, syntax::kWhClause, "verb and question", "Ann Lee asked [why the dam leaks]."},
    {Rule::kComplement, syntax::kToldClause, "verb, listener and clause",
     "Ann Lee told reporters that [the dam holds]."},
    {Rule::kComplement, syntax::kObject, "verb and object", "Ann Lee slammed [the old bridge in the valley]."},
    {Rule::kComplement, syntax::kInfinitive, "verb and infinitive", "Ann Lee vowed [to rebuild the dam]."},
    {Rule::kComplement, syntax::kGerund, "verb and gerund", "Ann Lee opposed [rebuilding the dam]."},
    {Rule::kComplement, syntax::kObjectInfinitive, "verb, person and infinitive", "Ann Lee urged [them to leave]."},
    {Rule::kComplement, syntax::kQuoted, "verb and words in quotation marks", "They shouted [“dump it”]."},
    {Rule::kComplement, syntax::kCalled, "verb, object and name for it", "Ann Lee called [the plan a disgrace]."},
    {Rule::kComplement, syntax::kObjectAs, "verb, object and as", "Ann Lee described [the plan as a disgrace]."},
    {Rule::kComplement, syntax::kObjectOf, "verb, object and of",
     "Ann Lee accused [the council of hiding the report]."},
    {Rule::kComplement, syntax::kObjectFor, "verb, object and for",
     "Ann Lee praised [the council for rebuilding the dam]."},
    {Rule::kComplement, syntax::kAbout, "verb and about", "Ann Lee complained about [the noise of the dam]."},
    {Rule::kComplement, syntax::kOn, "verb and on", "Ann Lee called on [the council to rebuild the dam]."},
    {Rule::kComplement, syntax::kFor, "verb and for", "Ann Lee called for [a new vote on the dam]."},
    {Rule::kComplement, syntax::kTo, "verb and to", "Ann Lee referred to [the cracks in the old dam]."},
    {Rule::kComplement, syntax::kAgainst, "verb and against", "Ann Lee warned against [a new vote on the dam]."},
    {Rule::kComplement, syntax::kOf, "verb and of", "Ann Lee warned of [a new flood in the valley]."},
    {Rule::kComplement, syntax::kWith, "verb and with", "Ann Lee disagreed with [the council on the new dam]."},
    {Rule::kComplement, syntax::kAs, "verb and as", "It is what Ann Lee described as [a great disgrace]."},
    {Rule::kComplement, syntax::kIn, "verb and in", "Ann Lee agreed in [the main points of the plan]."},
    {Rule::kComplement, syntax::kPassiveInfinitive, "passive and infinitive", "[The dam] is expected [to hold]."},
    {Rule::kComplement, syntax::kPassiveThat, "passive and clause", "Ann Lee was asked [whether the dam holds]."},
    {Rule::kComplement, syntax::kPassiveBy, "passive and by", "[The flood] was reported by Ann Lee."},
    {Rule::kComplement, syntax::kRaising, "seems", "[The dam] seems [safe to the people of the valley]."},
    // What a noun or an adjective takes.
    {Rule::kNounCue, syntax::kThatClause, "noun or adjective and that clause",
     "Ann Lee repeated her claim that [the dam holds]."},
    {Rule::kNounCue, syntax::kBareClause, "adjective and clause", "Ann Lee was clear [the dam would hold]."},
    {Rule::kNounCue, syntax::kWhClause, "noun or adjective and question",
     "Ann Lee was uncertain [whether the dam would hold]."},
    {Rule::kNounCue, syntax::kInfinitive, "noun or adjective and infinitive",
     "Ann Lee was surprised [to see the old dam hold]."},
    {Rule::kNounCue, syntax::kAbout, "noun or adjective and about",
     "Ann Lee was worried about [the cracks in the dam]."},
    {Rule::kNounCue, syntax::kOn, "noun and on", "Ann Lee gave her opinion on [the new dam in the valley]."},
    {Rule::kNounCue, syntax::kFor, "noun and for", "Ann Lee answered with a call for [a new vote on the dam]."},
    {Rule::kNounCue, syntax::kTo, "adjective and to", "Ann Lee was open to [a new vote on the dam]."},
    {Rule::kNounCue, syntax::kAgainst, "noun and against",
     "Ann Lee joined a protest against [the plan for the new dam]."},
    {Rule::kNounCue, syntax::kOf, "noun or adjective and of", "Ann Lee was critical of [the plan for the dam]."},
    {Rule::kNounCue, syntax::kWith, "adjective and with", "Ann Lee was pleased with [the work on the new dam]."},
    {Rule::kNounCue, syntax::kIn, "noun and in", "Ann Lee was confident in [the people of the valley]."},

});

}  // namespace

std::span<const Construction> constructions() {
  return kConstructions;
}

const Construction& construction_of(Rule rule, std::uint32_t frame) {
  const auto* row = std::find_if(kConstructions.begin(), kConstructions.end(),
                                 [&](const Construction& c) { return c.rule == rule && c.frame == frame; });
  return row == kConstructions.end() ? kConstructions.front() : *row;
}

}  // namespace copydesk::quotes
