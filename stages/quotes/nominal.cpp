// SPDX-License-Identifier: Apache-2.0
// Cue nouns and adjectives: "her claim that it holds", "is confident that it holds".
#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"
#include "stages/syntax/frames.h"

namespace copydesk::quotes {
namespace {

/// "Her claim that it holds surprised Oss": where the noun is a subject, its verb ends the clause.
std::uint32_t before_second_verb(const syntax::Unit& unit, std::uint32_t begin, std::uint32_t end) {
  bool seen = false;
  for (std::uint32_t i = begin + 1; i < end; ++i) {
    const syntax::Chunk& c = unit[i];
    if (c.kind == syntax::ChunkKind::kThat || c.kind == syntax::ChunkKind::kWh || c.kind == syntax::ChunkKind::kComma ||
        c.kind == syntax::ChunkKind::kConjunction) {
      seen = false;
    }
    if (c.kind != syntax::ChunkKind::kVerb || !c.has(syntax::kFinite)) continue;
    if (seen && !unit[i - 1].has(syntax::kPronoun)) return i;
    seen = true;
  }
  return end;
}

}  // namespace

TokenRange Finder::possessor_of(const syntax::Unit& unit, std::uint32_t noun, SourceKind& kind) const {
  const syntax::Chunk& chunk = unit[noun];
  for (std::uint32_t i = chunk.head; i > chunk.begin; --i) {
    if (unit.words[i - 1].tag == tag::Tag::kPOS && i - 1 > chunk.begin) {
      kind = SourceKind::kNominal;
      return {unit.words[chunk.begin].token, unit.words[i - 1].token};
    }
  }
  // "a New York Times report that …"
  if (chunk.has(syntax::kName) && unit.words[chunk.head].tag != tag::Tag::kNNP) {
    std::uint32_t first = chunk.begin;
    while (first < chunk.head && unit.words[first].tag != tag::Tag::kNNP) ++first;
    std::uint32_t end = first;
    while (end < chunk.head && unit.words[end].tag == tag::Tag::kNNP) ++end;
    if (end > first) {
      kind = SourceKind::kNominal;
      return {unit.words[first].token, unit.words[end - 1].last + 1};
    }
  }
  if (unit.words[chunk.begin].tag == tag::Tag::kPRPS) {
    kind = SourceKind::kPronoun;
    return {unit.words[chunk.begin].token, unit.words[chunk.begin].token + 1};
  }
  return {};
}

/// What the noun or adjective at `chunk` takes, at `at`: the frame (0: nothing) and where its content is.
Finder::NominalContent Finder::nominal_content(const syntax::Unit& unit, std::uint32_t chunk, std::uint32_t at) const {
  const syntax::Chunk& next = unit[at];
  NominalContent taken{0, at, at};
  if (next.kind == syntax::ChunkKind::kThat) {
    taken.frame = syntax::kThatClause;
    // "Contrary to his claim that it holds, the dam …": a comma before a new clause ends it.
    const bool in_adjunct = chunk > 0 && unit.is(chunk - 1, syntax::ChunkKind::kPrep);
    taken.end = syntax::clause_end(unit, lexicon_, at, in_adjunct);
    if (chunk == 0 || !(unit.is(chunk - 1, syntax::ChunkKind::kVerb) || unit.is(chunk - 1, syntax::ChunkKind::kPrep))) {
      taken.end = before_second_verb(unit, at, taken.end);
    }
  } else if (syntax::begins_question(next) && next.word_class != syntax::WordClass::kWho &&
             next.word_class != syntax::WordClass::kWhich) {
    taken.frame = syntax::kWhClause;
    taken.end = syntax::clause_end(unit, lexicon_, at);
  } else if (next.kind == syntax::ChunkKind::kVerb && next.has(syntax::kToVerb)) {
    taken.frame = syntax::kInfinitive;
    taken.end = syntax::verb_phrase_end(unit, lexicon_, at);
  } else if (next.kind == syntax::ChunkKind::kPrep && at + 1 < unit.size()) {
    taken.frame = syntax::frame_of_preposition(next.word_class);
    taken.begin = at + 1;
    if (unit.is(taken.begin, syntax::ChunkKind::kNoun)) {
      taken.end = syntax::object_end(unit, lexicon_, taken.begin);
    } else if (syntax::begins_question(unit[taken.begin])) {
      taken.end = syntax::clause_end(unit, lexicon_, taken.begin);
    } else if (unit.is(taken.begin, syntax::ChunkKind::kVerb)) {
      taken.end = syntax::verb_phrase_end(unit, lexicon_, taken.begin);
    }
  } else if (unit[chunk].kind != syntax::ChunkKind::kNoun && syntax::is_clause(unit, at)) {
    taken.frame = syntax::kBareClause;
    taken.end = syntax::clause_end(unit, lexicon_, at);
  }
  return taken;
}

/// The verb on which a cue noun or adjective depends: "is | confident", "made the | claim"; kNoIndex where there is
/// none.
std::uint32_t Finder::verb_of_nominal(const syntax::Unit& unit, std::uint32_t chunk) {
  const syntax::ChunkKind kind = unit[chunk].kind;
  if (kind == syntax::ChunkKind::kVerb) return chunk;
  std::uint32_t before = chunk;
  while (before > 0 && (unit.is(before - 1, syntax::ChunkKind::kAdverb) ||
                        (kind == syntax::ChunkKind::kNoun && unit.is(before - 1, syntax::ChunkKind::kPrep)))) {
    --before;
  }
  return before > 0 && unit.is(before - 1, syntax::ChunkKind::kVerb) ? before - 1 : syntax::kNoIndex;
}

void Finder::nominal_cue(const syntax::Unit& unit, std::uint32_t chunk) {
  const syntax::Chunk& cue = unit[chunk];
  std::uint32_t at = chunk + 1;
  Source by;
  // "criticism by the mayor of …", "anxiety among voters that …"
  if (unit.is(at, syntax::ChunkKind::kPrep) && cue.kind == syntax::ChunkKind::kNoun &&
      unit.is(at + 1, syntax::ChunkKind::kNoun) &&
      (unit[at].word_class == syntax::WordClass::kBy || unit[at].word_class == syntax::WordClass::kFrom)) {
    by.mention = {at + 1, at + 2};
    at += 2;
  }
  if (at >= unit.size()) return;
  NominalContent taken = nominal_content(unit, chunk, at);
  if (taken.frame == 0 || (lexicon_.cue(cue.nominal).frames & taken.frame) == 0 || taken.end <= taken.begin) return;
  taken.end = syntax::over_quotation(unit, taken.begin, taken.end);
  const TokenRange content = content_tokens(unit, taken.begin, taken.end);
  if (content.empty()) return;

  SourceKind kind = SourceKind::kNone;
  TokenRange possessor;
  if (cue.kind == syntax::ChunkKind::kNoun) possessor = possessor_of(unit, chunk, kind);
  const std::uint32_t verb = verb_of_nominal(unit, chunk);
  if (verb == syntax::kNoIndex && cue.kind == syntax::ChunkKind::kAdjective) return;
  if (verb != syntax::kNoIndex && verb + 1 == chunk && kind == SourceKind::kPronoun)
    possessor = {};  // "renewed his call"
  Source source = by;
  if (possessor.empty() && !by.mention.found() && verb != syntax::kNoIndex) source = source_of(unit, verb);
  if (!reports(unit, lexicon_.cue(cue.nominal), taken.frame, taken.begin, taken.end, source)) return;
  Candidate& candidate = add(Rule::kNounCue, taken.frame);
  add_span(candidate, content);
  set_source(unit, candidate, source);
  if (!possessor.empty()) {
    candidate.source = possessor;
    candidate.source_kind = kind;
    candidate.source_reason = SourceReason::kOfCue;
  }
  set_cue(unit, candidate, verb != syntax::kNoIndex && verb + 3 >= chunk && possessor.empty() ? verb : chunk,
          chunk + 1);
  candidate.cue_index = cue.nominal;
  reported_.push_back({chunk, taken.end, false, source});
}

}  // namespace copydesk::quotes
