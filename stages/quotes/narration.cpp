// SPDX-License-Identifier: Apache-2.0
// What a unit tells of who speaks in the next one, where a quotation there has no cue.
#include <algorithm>

#include "stages/quotes/finder.h"

namespace copydesk::quotes {
namespace {

constexpr std::uint32_t kColonReach = 8;  // chunks between a cue and the colon that ends its sentence, at most

bool is_noun(const syntax::Unit& unit, const Source& source) {
  return source.mention.found() && unit[source.mention.begin].kind == syntax::ChunkKind::kNoun;
}

bool opens_subordinate(syntax::WordClass word) {
  return word == syntax::WordClass::kSubordinator || word == syntax::WordClass::kWhAdverb ||
         word == syntax::WordClass::kAs || word == syntax::WordClass::kWhile || word == syntax::WordClass::kIf;
}

}  // namespace

/// The verb of speech right before the colon that ends the unit: "She added:"
TokenRange Finder::cue_before_colon(const syntax::Unit& unit) const {
  for (std::uint32_t i = unit.size() - 1; i > 0 && i + kColonReach > unit.size(); --i) {
    const syntax::Chunk& verb = unit[i - 1];
    if (verb.kind != syntax::ChunkKind::kVerb || !verb.has(syntax::kFinite)) continue;
    const syntax::Cue& cue = lexicon_.cue(verb.cue);
    return cue.speech && (cue.frames & syntax::kQuoted) != 0 ? tokens_of(unit, {i - 1, i}) : TokenRange{};
  }
  return {};
}

/// … “the old road,” said Ann Lee, who lives there: the subject of the last verb of speech outside quotations.
Source Finder::last_speaker_in(const syntax::Unit& unit) const {
  for (auto report = reported_.rbegin(); report != reported_.rend(); ++report) {
    if (report->speech && is_noun(unit, report->source)) return report->source;
  }
  const std::uint32_t first = unit.size() > syntax::kSubjectReach ? unit.size() - syntax::kSubjectReach : 0;
  for (std::uint32_t i = unit.size(); i > first; --i) {
    const syntax::Chunk& verb = unit[i - 1];
    if (verb.kind != syntax::ChunkKind::kVerb || !verb.has(syntax::kFinite) || verb.region != syntax::kNoIndex)
      continue;
    if (!lexicon_.cue(verb.cue).speech || (lexicon_.cue(verb.cue).frames & syntax::kParenthetical) == 0) continue;
    Source source;
    const bool after_quotation =
        i >= 2 && (unit.is(i - 2, syntax::ChunkKind::kComma) || unit[i - 2].region != syntax::kNoIndex);
    if (after_quotation && unit.is(i, syntax::ChunkKind::kNoun))
      source.mention = syntax::noun_phrase_at(unit, i);
    else
      source = syntax::subject_of(unit, lexicon_, i - 1);
    if (is_noun(unit, source)) return source;
  }
  return {};
}

/// The subject of the unit's first clause that is not subordinate; before a colon, of its last.
Source Finder::main_subject(const syntax::Unit& unit, bool colon) const {
  Source found;
  const std::uint32_t limit = std::min(unit.size(), syntax::kSubjectReach);
  for (std::uint32_t i = 0; i < limit; ++i) {
    if (unit[i].kind != syntax::ChunkKind::kVerb || !unit[i].has(syntax::kFinite)) continue;
    const Source source = syntax::subject_of(unit, lexicon_, i);
    if (!is_noun(unit, source)) continue;
    if (source.mention.begin > 0 && opens_subordinate(unit[source.mention.begin - 1].word_class)) continue;
    found = source;
    if (!colon) break;
  }
  return found;
}

void Finder::remember_subject(const syntax::Unit& unit) {
  Dialogue::Narration told;
  told.colon = unit.size() > 0 && unit.is(unit.size() - 1, syntax::ChunkKind::kColon);
  if (told.colon) told.cue = cue_before_colon(unit);
  Source source;
  if (told.colon) {
    // And from Ann Lee:
    const std::uint32_t from = unit.is(0, syntax::ChunkKind::kConjunction) ? 1 : 0;
    const syntax::ChunkRange noun = syntax::noun_phrase_at(unit, from + 1);
    if (unit[from].word_class == syntax::WordClass::kFrom && noun.found() && noun.end + 1 == unit.size())
      source.mention = noun;
  }
  if (!source.mention.found()) {
    source = last_speaker_in(unit);
    told.spoke = source.mention.found();
  }
  if (!source.mention.found()) source = main_subject(unit, told.colon);
  Candidate candidate;
  set_source(unit, candidate, source);
  told.subject = candidate.source;
  told.kind = candidate.source_kind;
  dialogue_.narrated(told);
}

}  // namespace copydesk::quotes
