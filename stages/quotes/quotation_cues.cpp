// SPDX-License-Identifier: Apache-2.0
// The cue of a quotation that reads as a sentence of its own: after it, before it, or between two.
#include <algorithm>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"

namespace copydesk::quotes {
namespace {

constexpr std::uint32_t kCueReach = 40;  // chunks between a quotation and its cue, at most

/// One word and a name after it: "grumbled Ann Lee".
bool names_alone(const syntax::Unit& unit, std::uint32_t verb, const Source& source) {
  const syntax::Chunk& noun = unit[source.mention.begin];
  return noun.has(syntax::kName) && !noun.has(syntax::kTimePhrase) && unit[verb].end == unit[verb].begin + 1;
}

bool ends_clause(syntax::ChunkKind kind) {
  return kind == syntax::ChunkKind::kStop || kind == syntax::ChunkKind::kSemicolon ||
         kind == syntax::ChunkKind::kQuoted;
}

}  // namespace

/// "…," said Ann Lee; "…," chimed in Ann Lee; but "…," citing the dam.
Source Finder::inverted_subject(const syntax::Unit& unit, std::uint32_t verb, bool known) {
  const bool particle = unit.is(verb + 1, syntax::ChunkKind::kAdverb) || unit.is(verb + 1, syntax::ChunkKind::kPrep);
  const std::uint32_t noun = !known && particle && unit[verb + 2].has(syntax::kName) ? verb + 2 : verb + 1;
  Source source;
  if (unit.is(noun, syntax::ChunkKind::kNoun) && !unit[verb].has(syntax::kGerundVerb)) {
    source.mention = syntax::modified_noun_phrase_at(unit, noun);
  }
  return source;
}

Finder::CueMatch Finder::cue_after(const syntax::Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;  // a verb that is no known cue
  std::uint32_t at = quoted + 1;
  if (unit.is(at, syntax::ChunkKind::kOther)) ++at;  // the third mark where an inner quotation ends with the outer one
  while (unit.is(at, syntax::ChunkKind::kComma) || unit.is(at, syntax::ChunkKind::kDash)) ++at;
  const std::uint32_t limit = std::min(unit.size(), at + kCueReach);
  // "…," when he was asked: what follows is no cue.
  if (at < unit.size() &&
      (unit[at].word_class == syntax::WordClass::kWhAdverb || unit[at].word_class == syntax::WordClass::kSubordinator ||
       unit[at].word_class == syntax::WordClass::kWhile || unit[at].word_class == syntax::WordClass::kBecause)) {
    return {};
  }
  for (std::uint32_t i = at; i < limit; ++i) {
    const syntax::Chunk& chunk = unit[i];
    if (ends_clause(chunk.kind)) break;
    if (chunk.kind != syntax::ChunkKind::kVerb && chunk.word_class != syntax::WordClass::kAccording) continue;
    if (chunk.word_class == syntax::WordClass::kAccording) {
      const syntax::ChunkRange noun = syntax::modified_noun_phrase_at(unit, i + 2);
      if (!noun.found()) continue;
      match = {i, i + 2, {noun, {}}, 0, Rule::kAccordingTo};
      break;
    }
    const syntax::Cue& cue = lexicon_.cue(chunk.cue);
    const bool known = (cue.frames & syntax::kQuoted) != 0;
    Source source;
    if (i == at) {
      source = inverted_subject(unit, i, known);
      // Any verb will do between a comma, the closing mark and a name: "…," grumbled Ann Lee.
      if (!known && source.mention.found() && names_alone(unit, i, source) &&
          ends_in_comma(article_.regions[unit[quoted].region])) {
        other = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
      }
    } else {
      source = syntax::subject_of(unit, lexicon_, i);
      if (source.mention.found() && source.mention.begin < at) source = {};
      if (source.mention.found() && unit[source.mention.begin].kind == syntax::ChunkKind::kWh) continue;
    }
    // "It holds." Ann Lee said: "It does.": the cue is that of the next quotation.
    if (unit.is(i + 1, syntax::ChunkKind::kColon) && unit.is(i + 2, syntax::ChunkKind::kQuoted) &&
        !ends_in_comma(article_.regions[unit[quoted].region])) {
      break;
    }
    // "…," Ann Lee, a farmer working in Oss, said: no participle is the cue.
    if (known && source.mention.found() && (chunk.has(syntax::kFinite) || i == at)) {
      match = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
      break;
    }
    if (!other.found() && source.mention.found() && chunk.has(syntax::kFinite) && i > at) {
      other = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
    }
  }
  if (match.found() || other.found()) return match.found() ? match : other;
  // "…" — Ann Lee, Oss
  if (at > quoted + 1 && unit.is(at - 1, syntax::ChunkKind::kDash) && unit.is(at, syntax::ChunkKind::kNoun) &&
      unit[at].has(syntax::kName)) {
    return {at - 1, at, {syntax::noun_phrase_at(unit, at), {}}, 0, Rule::kTranscript};
  }
  return {};
}

Source Finder::speaker_before(const syntax::Unit& unit, std::uint32_t verb) const {
  // "She said it held but added, …", "He wrote that it held, saying: …"
  if (unit[verb].has(syntax::kFinite)) {
    std::uint32_t before = verb;
    while (before > 0 && unit.is(before - 1, syntax::ChunkKind::kAdverb)) --before;
    if (before == 0 || !unit.is(before - 1, syntax::ChunkKind::kConjunction)) return {};
  } else if (!unit[verb].has(syntax::kGerundVerb) || verb == 0 || !unit.is(verb - 1, syntax::ChunkKind::kComma)) {
    return {};
  }
  const std::uint32_t floor = verb > kCueReach ? verb - kCueReach : 0;
  bool nearest = unit[verb].has(syntax::kFinite);
  for (std::uint32_t i = verb; i > floor; --i) {
    const syntax::Chunk& chunk = unit[i - 1];
    if (nearest && chunk.kind == syntax::ChunkKind::kVerb && chunk.has(syntax::kFinite)) {
      nearest = false;
      if (unit.is(i, syntax::ChunkKind::kConjunction)) {  // "he laughed and said, …"
        const Source source = syntax::subject_of(unit, lexicon_, i - 1);
        if (source.mention.found() && unit[source.mention.begin].kind == syntax::ChunkKind::kNoun) return source;
      }
    }
    if (chunk.kind != syntax::ChunkKind::kVerb || !chunk.has(syntax::kFinite) || chunk.has(syntax::kPassive) ||
        !lexicon_.cue(chunk.cue).speech)
      continue;
    const Source source = syntax::subject_of(unit, lexicon_, i - 1);
    if (source.mention.found() && unit[source.mention.begin].kind == syntax::ChunkKind::kNoun) return source;
  }
  return {};
}

Finder::CueMatch Finder::cue_before(const syntax::Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;
  const std::uint32_t floor = quoted > kCueReach ? quoted - kCueReach : 0;
  const bool colon = quoted > 0 && unit.is(quoted - 1, syntax::ChunkKind::kColon);
  if (const CueMatch name = name_after_dash(unit, quoted, floor); colon && name.found()) return name;
  bool verb_seen = false;
  std::uint32_t first = quoted;
  for (std::uint32_t i = quoted; i > floor; --i) {
    const syntax::Chunk& chunk = unit[i - 1];
    if (ends_clause(chunk.kind)) break;
    first = i - 1;
    if (chunk.word_class == syntax::WordClass::kAccording) {
      const syntax::ChunkRange noun = syntax::noun_phrase_at(unit, i + 1);
      if (noun.found()) return {i - 1, i + 1, {noun, {}}, 0, Rule::kAccordingTo};
    }
    if (chunk.kind != syntax::ChunkKind::kVerb) continue;
    verb_seen = true;
    const bool known = (lexicon_.cue(chunk.cue).frames & syntax::kQuoted) != 0;
    if (!known && (!colon || !chunk.has(syntax::kFinite) || other.found())) continue;
    Source source = speaker_before(unit, i - 1);
    if (!source.mention.found()) source = syntax::subject_of(unit, lexicon_, i - 1);
    if (!source.mention.found() && unit.is(i, syntax::ChunkKind::kNoun) &&
        (i == 1 || unit.is(i - 2, syntax::ChunkKind::kComma))) {
      source.mention = syntax::noun_phrase_at(unit, i);
    }
    if (!source.mention.found()) {
      if (known && chunk.has(syntax::kGerundVerb) && i == 1) {  // Adding, "…": who spoke in the sentence before
        return {i - 1, i, {}, chunk.cue, Rule::kCueThenQuoted};
      }
      if (known && !other.found()) other = {i - 1, i, {}, chunk.cue, Rule::kCueThenQuoted};
      continue;
    }
    // She told the mayors who came, "…": the verb of a relative clause is no cue, unless of speech.
    if (known && !lexicon_.cue(chunk.cue).speech && unit[source.mention.begin].kind == syntax::ChunkKind::kWh) continue;
    if (known) {
      match = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
      break;
    }
    other = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
  }
  if (match.found()) return match;
  if (other.found()) return other;
  return colon && !verb_seen ? label_before(unit, first, quoted) : CueMatch{};
}

/// "The dam holds - Ann Lee and Bo Moe: "…"": a name between a dash and the colon.
Finder::CueMatch Finder::name_after_dash(const syntax::Unit& unit, std::uint32_t quoted, std::uint32_t floor) {
  if (quoted <= 2) return {};
  std::uint32_t name = quoted - 1;
  while (name > floor &&
         (unit.is(name - 1, syntax::ChunkKind::kNoun) || unit.is(name - 1, syntax::ChunkKind::kConjunction)))
    --name;
  if (name > floor && name + 1 < quoted && unit.is(name - 1, syntax::ChunkKind::kDash) &&
      unit[quoted - 2].has(syntax::kName)) {
    return {quoted - 1, quoted, {{name, quoted - 1}, {}}, 0, Rule::kTranscript};
  }
  return {};
}

/// ANN LEE (Greens): "…"
Finder::CueMatch Finder::label_before(const syntax::Unit& unit, std::uint32_t first, std::uint32_t quoted) const {
  std::uint32_t at = first;
  while (at < quoted && !unit.is(at, syntax::ChunkKind::kNoun)) ++at;
  const syntax::ChunkRange noun = syntax::noun_phrase_at(unit, at);
  if (!noun.found() || noun.end >= quoted) return {};
  // Said Ann Lee: "…" where the tagger takes the verb for a part of the name.
  const syntax::Word& word = unit.words[unit[noun.begin].begin];
  if (noun.begin == 0 && unit[0].end - unit[0].begin > 1 && lexicon_.cue(word.cue).speech) {
    return {0, 1, {noun, {}}, word.cue, Rule::kCueThenQuoted};
  }
  return {quoted - 1, quoted, {noun, {}}, 0, Rule::kTranscript};
}

Finder::CueMatch Finder::cue_between(const syntax::Unit& unit, std::uint32_t left, std::uint32_t right) const {
  int cues = 0;
  std::uint32_t last = syntax::kNoIndex;
  for (std::uint32_t i = left + 1; i < right; ++i) {
    if (unit[i].kind != syntax::ChunkKind::kVerb || (lexicon_.cue(unit[i].cue).frames & syntax::kQuoted) == 0) continue;
    if (!lexicon_.cue(unit[i].cue).speech) continue;
    ++cues;
    last = i;
  }
  if (cues < 2) return {};
  // The last cue stands before the second quotation, with nothing but a comma, a colon or an adjunct between.
  for (std::uint32_t i = last + 1; i < right; ++i) {
    if (unit[i].kind == syntax::ChunkKind::kVerb && unit[i].has(syntax::kFinite)) return {};
  }
  CueMatch match{last, last + 1, {}, unit[last].cue, Rule::kCueThenQuoted};
  if (unit[last].has(syntax::kFinite)) match.source = syntax::subject_of(unit, lexicon_, last);
  if (match.source.mention.found() && match.source.mention.begin <= left) match.source = {};
  return match;
}

bool Finder::ends_in_comma(const syntax::Region& region) const {
  const std::uint32_t last = region.closed ? region.tokens.end - 1 : region.tokens.end;
  std::uint32_t end = last - 1;
  while (end > region.tokens.begin &&
         (article_.tokens.flags[end] & (tokenize::kOpenQuote | tokenize::kCloseQuote)) != 0)
    --end;
  return end > region.tokens.begin && article_.tokens.text(article_.text, end) == ",";
}

}  // namespace copydesk::quotes
