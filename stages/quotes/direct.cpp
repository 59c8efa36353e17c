#include <algorithm>

#include "stages/quotes/finder.h"

namespace copydesk::quotes {
namespace {

constexpr std::uint32_t kCueReach = 40;  // chunks between a quotation and its cue, at most

bool ends_clause(ChunkKind kind) {
  return kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon || kind == ChunkKind::kQuoted;
}

}  // namespace

Finder::CueMatch Finder::cue_after(const Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;  // a verb that is no known cue
  std::uint32_t at = quoted + 1;
  while (unit.is(at, ChunkKind::kComma) || unit.is(at, ChunkKind::kDash)) ++at;
  const std::uint32_t limit = std::min(unit.size(), at + kCueReach);
  for (std::uint32_t i = at; i < limit; ++i) {
    const Chunk& chunk = unit[i];
    if (ends_clause(chunk.kind)) break;
    if (chunk.kind != ChunkKind::kVerb && chunk.word_class != WordClass::kAccording) continue;
    if (chunk.word_class == WordClass::kAccording) {
      const ChunkRange noun = noun_phrase_at(unit, i + 2);
      if (!noun.found()) continue;
      match = {i, i + 2, {noun, {}}, 0, Rule::kAccordingTo};
      break;
    }
    const Cue& cue = lexicon_.cue(chunk.cue);
    const bool known = (cue.frames & kQuoted) != 0;
    Source source;
    if (i == at) {
      if (unit.is(i + 1, ChunkKind::kNoun)) source.mention = noun_phrase_at(unit, i + 1);
    } else {
      source = subject_of(unit, i);
      if (source.mention.found() && source.mention.begin < at) source = {};
      if (source.mention.found() && unit[source.mention.begin].kind == ChunkKind::kWh) continue;
    }
    if (known && source.mention.found()) {
      match = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
      break;
    }
    if (!other.found() && source.mention.found() && chunk.has(kFinite) && i > at) {
      other = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
    }
  }
  return match.found() ? match : other;
}

Finder::CueMatch Finder::cue_before(const Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;
  const std::uint32_t floor = quoted > kCueReach ? quoted - kCueReach : 0;
  const bool colon = quoted > 0 && unit.is(quoted - 1, ChunkKind::kColon);
  bool verb_seen = false;
  std::uint32_t first = quoted;
  for (std::uint32_t i = quoted; i > floor; --i) {
    const Chunk& chunk = unit[i - 1];
    if (ends_clause(chunk.kind)) break;
    first = i - 1;
    if (chunk.word_class == WordClass::kAccording) {
      const ChunkRange noun = noun_phrase_at(unit, i + 1);
      if (noun.found()) return {i - 1, i + 1, {noun, {}}, 0, Rule::kAccordingTo};
    }
    if (chunk.kind != ChunkKind::kVerb) continue;
    verb_seen = true;
    const bool known = (lexicon_.cue(chunk.cue).frames & kQuoted) != 0;
    if (!known && (!colon || !chunk.has(kFinite) || other.found())) continue;
    Source source = subject_of(unit, i - 1);
    if (!source.mention.found() && unit.is(i, ChunkKind::kNoun) && i == 1) source.mention = noun_phrase_at(unit, i);
    if (!source.mention.found()) continue;
    if (known) {
      match = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
      break;
    }
    other = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
  }
  if (match.found()) return match;
  if (other.found()) return other;
  if (colon && !verb_seen) {
    // ANN LEE (Greens): "…"
    std::uint32_t at = first;
    while (at < quoted && !unit.is(at, ChunkKind::kNoun)) ++at;
    const ChunkRange noun = noun_phrase_at(unit, at);
    if (noun.found() && noun.end < quoted) return {quoted - 1, quoted, {noun, {}}, 0, Rule::kTranscript};
  }
  return {};
}

void Finder::find_direct(const Unit& unit) {
  if (article_.tokens.has(unit.tokens.begin, kParagraphStart)) ++paragraph_;
  for (std::size_t n = 0; n < unit.quoted.size(); ++n) {
    const std::uint32_t quoted = unit.quoted[n];
    const TokenRange tokens = article_.regions[unit[quoted].region].tokens;
    const bool follows = n > 0 && unit.quoted[n - 1] + 1 == quoted;
    // "A," she said, "B": what a cue between two quotations joins is one quote.
    if (n > 0 && last_.candidate != kNone && last_.paragraph == paragraph_) {
      Candidate& previous = out_.items[last_.candidate];
      if (follows || previous.rule == Rule::kQuotedThenCue || previous.rule == Rule::kAccordingTo) {
        const CueMatch after = cue_after(unit, quoted);
        if (follows || !after.found()) {
          add_span(previous, tokens);
          continue;
        }
      }
    }
    const CueMatch after = cue_after(unit, quoted);
    CueMatch match = after;
    const bool introduced =
        quoted > 0 && (unit.is(quoted - 1, ChunkKind::kColon) || unit.is(quoted - 1, ChunkKind::kComma) ||
                       unit.is(quoted - 1, ChunkKind::kVerb) || unit.is(quoted - 1, ChunkKind::kThat));
    if (!after.found() || after.cue == 0 || introduced) {
      const CueMatch before = cue_before(unit, quoted);
      if (before.found() && (before.cue != 0 || !after.found() || before.rule == Rule::kTranscript)) match = before;
    }
    if (!match.found()) {
      quoted_alone(unit, quoted);
      continue;
    }
    Candidate& candidate = add(unit, match.rule, kQuoted);
    add_span(candidate, tokens);
    set_source(unit, candidate, match.source);
    set_cue(unit, candidate, match.begin, match.end);
    candidate.cue_index = match.cue;
    before_last_ = last_;
    last_ = {candidate.source, candidate.source_kind, paragraph_, static_cast<std::uint32_t>(out_.items.size() - 1)};
  }
}

void Finder::quoted_alone(const Unit& unit, std::uint32_t quoted) {
  const Region& region = article_.regions[unit[quoted].region];
  if (last_.candidate != kNone && last_.paragraph == paragraph_) {
    add_span(out_.items[last_.candidate], region.tokens);  // "A," she said. "B."
    return;
  }
  // Only a unit that is nothing but the quotation speaks by itself.
  std::uint32_t words = 0;
  for (std::uint32_t i = 0; i < unit.size() && words < 2; ++i) {
    if (i != quoted && unit[i].kind != ChunkKind::kStop) ++words;
  }
  if (words > 0) return;
  Candidate& candidate = add(unit, Rule::kQuotedAlone, kQuoted);
  add_span(candidate, region.tokens);
  if (last_.candidate != kNone && last_.paragraph + 1 == paragraph_) {
    const Speaker& speaker = last_;
    candidate.source = speaker.source;
    candidate.source_kind = speaker.kind;
  }
  before_last_ = last_;
  last_ = {candidate.source, candidate.source_kind, paragraph_, static_cast<std::uint32_t>(out_.items.size() - 1)};
}

}  // namespace copydesk::quotes
