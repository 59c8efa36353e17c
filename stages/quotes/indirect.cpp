#include <algorithm>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"
#include "stages/syntax/frames.h"
#include "stages/syntax/headings.h"

namespace copydesk::quotes {

void Finder::find_reported(const Unit& unit) {
  labelled(unit);
  block(unit);
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    const Chunk& chunk = unit[i];
    if (chunk.word_class == WordClass::kAccording) {
      according_to(unit, i);
    } else if (chunk.kind == ChunkKind::kVerb && chunk.cue != 0) {
      verb_cue(unit, i);
    }
    if (chunk.nominal != 0 && (chunk.kind == ChunkKind::kNoun || chunk.kind == ChunkKind::kAdjective ||
                               (chunk.kind == ChunkKind::kVerb && chunk.has(kPassive)))) {
      nominal_cue(unit, i);
    }
  }
  remember_subject(unit);
}

Source Finder::source_of(const Unit& unit, std::uint32_t verb) const {
  // ", adding …", "and called …": right after what another cue reports, with no subject of its own.
  std::uint32_t before = verb;
  while (before > 0 && unit.is(before - 1, ChunkKind::kAdverb)) --before;
  const bool conjunction = before > 0 && unit.is(before - 1, ChunkKind::kConjunction);
  if (conjunction) --before;
  const bool comma = before > 0 && (unit.is(before - 1, ChunkKind::kComma) || unit.is(before - 1, ChunkKind::kDash));
  if (comma) --before;
  if (conjunction || (comma && !unit[verb].has(kFinite))) {
    const bool speech = lexicon_.cue(unit[verb].cue).speech;
    bool spoken = false;  // a verb of speech within reach
    for (auto r = reported_.rbegin(); r != reported_.rend() && !spoken && r->cue + kSubjectReach > verb; ++r) {
      spoken = r->speech && r->source.mention.found() && r->cue < verb;
    }
    for (auto other = reported_.rbegin(); other != reported_.rend() && other->cue + kSubjectReach > verb; ++other) {
      if (other->cue >= verb || !other->source.mention.found()) continue;
      // A verb of speech goes back to the speaker over the verbs of what is reported.
      if (speech && other->speech) return other->source;
      if (speech && !other->speech && spoken) continue;
      bool between = false;  // another verb
      for (std::uint32_t i = other->end; i < before && !between; ++i)
        between = unit[i].kind == ChunkKind::kVerb && unit[i].has(kFinite);
      if (other->end <= verb && !between) return other->source;
    }
  }
  const Source source = subject_of(unit, lexicon_, verb);
  if (source.mention.found() || !comma || !unit[verb].has(kFinite)) return source;
  // "He denied it, insisted he would stay and …": verbs in a row.
  const auto& before_it = reported_;
  for (auto other = before_it.rbegin(); other != before_it.rend() && other->cue + kSubjectReach > verb; ++other) {
    if (other->cue < verb && other->speech && other->source.mention.found()) return other->source;
  }
  return source;
}

void Finder::labelled(const Unit& unit) {
  // ANN LEE: It rains. — to the end of the paragraph; in a headline: "Lee: It rains".
  const Tokens& tokens = article_.tokens;
  const std::uint32_t begin = unit.tokens.begin;
  if (!unit.opens_paragraph) return;
  std::uint32_t colon = begin;
  const std::uint32_t limit = std::min(unit.tokens.end, begin + 9);
  bool upper = true;
  bool name = true;
  while (colon < limit && tokens.text(article_.text, colon) != ":") {
    const bool word = !tokens.has(colon, kPunctuation);
    upper = upper && (!word || tokens.has(colon, kAllUpper));
    name = name && (!word || article_.tags[colon] == Tag::kNNP || article_.tags[colon] == Tag::kNNPS);
    ++colon;
  }
  if (colon == begin || colon + 1 >= limit || colon >= unit.tokens.end - 1) return;
  if (!name && !upper) return;
  const std::uint32_t first = colon + 1;
  if (!(tokens.has(first, kInitialUpper) || tokens.has(first, kHasDigit)) || tokens.has(first, kOpenQuote)) return;
  if (colon - begin > 5 && !upper) return;
  if (colon - begin == 1 && tokens.spans[begin].size() == 1) return;  // "Q: …", "A: …" name nobody
  const std::string_view label = tokens.span_of({begin, colon}).of(article_.text);
  if (is_kicker(label) || tokens.has(colon - 1, kHasDigit)) return;
  // "Soccer: Oss go top" over an article that says no "Soccer"
  const bool headline = begin == 0 && unit.tokens.end < tokens.size() && !unit.is(unit.size() - 1, ChunkKind::kStop);
  if (headline && colon == 1 && !recurs(begin)) return;
  std::uint32_t end = unit.tokens.end;
  if (upper) {
    while (end < tokens.size() && !tokens.has(end, kParagraphStart)) ++end;
  } else if (unit.tokens.begin > 0 && end < tokens.size() && !tokens.has(end, kParagraphStart)) {
    return;  // a line of its own only
  }
  const bool answers = last_label_ != kNone && last_label_ + 1 == dialogue_.paragraph();
  last_label_ = dialogue_.paragraph();
  if (!upper && !answers && (unit.is(unit.size() - 1, ChunkKind::kStop) || tokens.has(first, kHasDigit))) {
    bool verb = false;  // "Lee: No deal" is a headline, "Lee: 1,200." and "Lee: A close third." are tables
    for (std::uint32_t i = 0; i < unit.size() && !verb; ++i) verb = unit[i].kind == ChunkKind::kVerb;
    if (!verb) return;
  }
  Candidate& candidate = add(Rule::kTranscript, kParenthetical);
  add_span(candidate, {first, end});
  candidate.source = {begin, colon};
  candidate.source_kind = SourceKind::kNominal;
  candidate.source_reason = SourceReason::kOfCue;
  candidate.cue = {colon, colon + 1};
}

bool Finder::recurs(std::uint32_t token) const {
  const Tokens& tokens = article_.tokens;
  const std::uint64_t hash = tokens.lower_hashes[token];
  for (std::uint32_t other = 0; other < tokens.size(); ++other) {
    if (other != token && tokens.lower_hashes[other] == hash && tokens.has(other, kInitialUpper)) return true;
  }
  return false;
}

void Finder::block(const Unit& unit) {
  const Tokens& tokens = article_.tokens;
  const std::uint32_t begin = unit.tokens.begin;
  const Dialogue::Narration& told = dialogue_.narration();
  if (told.cue.empty() || told.subject.empty() || !unit.opens_paragraph) return;
  if (unit.size() == 0 || unit.is(0, ChunkKind::kQuoted) || unit.words[0].region != kNone) return;
  std::uint32_t end = unit.tokens.end;
  while (end < tokens.size() && !tokens.has(end, kParagraphStart)) ++end;
  Candidate& candidate = add(Rule::kBlock, kQuoted);
  add_span(candidate, {begin, end});
  candidate.source = told.subject;
  candidate.source_kind = told.kind;
  candidate.source_reason = SourceReason::kSentenceBefore;
  candidate.cue = told.cue;
}

bool Finder::reported_by(const Unit& unit, std::uint32_t verb) {
  // "As reported by the paper, it rains", "It rains, as first reported by the paper."
  const Chunk& cue = unit[verb];
  if (cue.has(kFinite) || (lexicon_.cue(cue.cue).frames & (kThatClause | kParenthetical)) == 0) return false;
  if (unit[verb + 1].word_class != WordClass::kBy || !unit.is(verb + 2, ChunkKind::kNoun)) return false;
  std::uint32_t as = verb;
  while (as > 0 && unit.is(as - 1, ChunkKind::kAdverb)) --as;
  if (as == 0 || unit[as - 1].word_class != WordClass::kAs) return false;
  --as;
  const ChunkRange by = noun_phrase_at(unit, verb + 2);
  TokenRange content;
  std::uint32_t end = by.end;
  if (as == 0 && unit.is(by.end, ChunkKind::kComma) && by.end + 1 < unit.size()) {
    end = clause_end(unit, lexicon_, by.end + 1);
    content = content_tokens(unit, by.end + 1, end);
  } else if (as > 1 && unit.is(as - 1, ChunkKind::kComma)) {
    content = content_tokens(unit, clause_begin(unit, as - 1), as - 1);
  }
  if (content.empty()) return false;
  Candidate& candidate = add(Rule::kParenthetical, kParenthetical);
  add_span(candidate, content);
  const Source source{by, {}};
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
  return true;
}

bool Finder::extracted(const Unit& unit, std::uint32_t verb, const Source& source) {
  // "…, which he said was wet", "a decision they say allowed it": what is said is about the noun before.
  const Chunk& cue = unit[verb];
  const std::uint32_t frames = lexicon_.cue(cue.cue).frames;
  if ((frames & (kThatClause | kBareClause | kCalled)) == 0 || !cue.has(kFinite)) return false;
  if (!source.mention.found() || source.mention.begin == 0 || source.mention.end > verb) return false;
  std::uint32_t at = verb + 1;
  while (unit.is(at, ChunkKind::kAdverb)) ++at;
  const WordClass relates = unit[source.mention.begin - 1].word_class;
  const Cue& verb_of = lexicon_.cue(cue.cue);
  if (verb_of.speech && verb_of.rate(kCalled) > std::max(verb_of.rate(kObject), verb_of.rate(kThatClause)) &&
      (unit.is(at, ChunkKind::kNoun) || unit.is(at, ChunkKind::kAdjective)) &&
      (relates == WordClass::kWhat || relates == WordClass::kWhich || relates == WordClass::kThat) &&
      unit[at].word_class != WordClass::kReflexive && !is_clause(unit, at)) {
    // "in what she called a disgrace", "a plan that she called absurd"
    const std::uint32_t end = over_quotation(unit, at, object_end(unit, lexicon_, at));
    Candidate& candidate = add(Rule::kComplement, kCalled);
    if (relates != WordClass::kWhat) {
      add_span(candidate, content_tokens(unit, source.mention.begin - 1, source.mention.begin));
    }
    add_span(candidate, content_tokens(unit, at, end));
    set_source(unit, candidate, source);
    set_cue(unit, candidate, verb, verb + 1);
    candidate.cue_index = cue.cue;
    reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
    return true;
  }
  if ((frames & (kThatClause | kBareClause)) == 0) return false;
  if (!unit.is(at, ChunkKind::kVerb) || !(unit[at].has(kFinite) || unit[at].has(kParticiple))) return false;
  const std::uint32_t before = source.mention.begin - 1;
  const Chunk& about = unit[before];
  const bool relative =
      about.kind == ChunkKind::kThat || (about.kind == ChunkKind::kWh && about.word_class != WordClass::kWhAdverb);
  const bool contact = about.kind == ChunkKind::kNoun && !about.has(kTimePhrase);
  if (!relative && !contact) return false;
  Candidate& candidate = add(Rule::kComplement, kBareClause);
  add_span(candidate, content_tokens(unit, contact ? noun_phrase_start(unit, before) : before, source.mention.begin));
  const std::uint32_t end = verb_phrase_end(unit, lexicon_, at);
  add_span(candidate, content_tokens(unit, at, over_quotation(unit, at, end)));
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
  return true;
}

void Finder::verb_cue(const Unit& unit, std::uint32_t verb) {
  if (reported_by(unit, verb)) return;
  const Source source = source_of(unit, verb);
  if (extracted(unit, verb, source)) return;
  if (as_introduction(unit, verb, source)) return;
  if (parenthetical(unit, verb, source)) return;
  complement(unit, verb, source);
}

/// Where a cue may stand in or after what it reports: "The dam, | she said, | will hold", "A day, | said Ann Lee".
Finder::Insertion Finder::insertion_at(const Unit& unit, std::uint32_t verb, const Source& source) const {
  const Chunk& cue = unit[verb];
  const std::uint32_t frames = lexicon_.cue(cue.cue).frames;
  Insertion in;
  in.who = source;
  in.after = verb + 1;
  const bool comma = verb > 0 && unit.is(verb - 1, ChunkKind::kComma);
  // "A day, said Ann Lee, …" is surely so where the verb takes no object.
  in.inverted = comma && (cue.has(kFinite) || cue.flags == 0) && (frames & (kObject | kToldClause)) == 0 &&
                unit.is(verb + 1, ChunkKind::kNoun) && !unit[verb + 1].has(kTimePhrase) &&
                !unit[verb + 1].has(kPronoun) && !is_clause(unit, verb + 1);
  if (!cue.has(kFinite) && !in.inverted) return in;
  const bool before =
      source.mention.found() && source.mention.begin < verb && unit[source.mention.begin].kind == ChunkKind::kNoun;
  if (!in.inverted && before) {
    in.begin = source.mention.begin;
    if (in.begin > 0 && unit.is(in.begin - 1, ChunkKind::kPrep) && unit[in.begin - 1].word_class == WordClass::kAs) {
      --in.begin;
    }
  } else if (in.inverted || (comma && unit.is(verb + 1, ChunkKind::kNoun))) {
    in.begin = verb;  // ", said Ann Lee"
    in.inverted = true;
    in.who.mention = noun_phrase_at(unit, verb + 1);
    in.after = in.who.mention.end;
  }
  if (in.begin == kNone || in.begin == 0) return {};
  const ChunkKind mark = unit[in.begin - 1].kind;
  return mark == ChunkKind::kComma || mark == ChunkKind::kDash ? in : Insertion{};
}

/// Over what the cue takes besides the content: "told reporters on Tuesday". False where something else follows.
bool Finder::closes(const Unit& unit, std::uint32_t verb, Insertion& in) const {
  const std::uint32_t frames = lexicon_.cue(unit[verb].cue).frames;
  const bool takes_recipient = (frames & kToldClause) != 0;
  const std::uint32_t limit = std::min(unit.size(), in.after + 16);
  for (; in.after < limit; ++in.after) {
    const std::uint32_t at = in.after;
    const Chunk& c = unit[at];
    if (c.kind == ChunkKind::kAdverb) continue;
    if (c.kind == ChunkKind::kPrep) {
      if (c.word_class == WordClass::kAbout && (frames & kAbout) != 0)
        return false;  // "In May, he complained about it."
      if (unit.is(at + 1, ChunkKind::kNoun)) {
        in.after = noun_phrase_at(unit, at + 1).end - 1;
      } else if (unit.is(at + 1, ChunkKind::kVerb) && unit[at + 1].has(kGerundVerb)) {
        in.after = unit.is(at + 2, ChunkKind::kNoun) ? at + 2 : at + 1;  // "said in announcing the deal"
      }
      continue;
    }
    if (c.kind == ChunkKind::kConjunction && in.inverted && at == in.who.mention.end &&
        unit.is(at + 1, ChunkKind::kNoun)) {
      in.who.mention.end = at + 2;  // ", said Ann Lee and Bo Moe"
      ++in.after;
      continue;
    }
    if (c.kind != ChunkKind::kNoun) break;
    const bool recipient = (takes_recipient || c.word_class == WordClass::kRecipient) && at == verb + 1;
    if (c.has(kTimePhrase) || at > verb + 2 || (recipient && !is_clause(unit, at))) continue;
    break;
  }
  const std::uint32_t after = in.after;
  return after >= unit.size() || unit.is(after, ChunkKind::kStop) || unit.is(after, ChunkKind::kComma) ||
         unit.is(after, ChunkKind::kSemicolon) || unit.is(after, ChunkKind::kDash) ||
         (in.inverted && (unit.is(after, ChunkKind::kWh) || unit.is(after, ChunkKind::kOpenParen)));
}

/// Whether [start, the cue) may be what is said: a clause, or a noun phrase. Sets `in.finite`.
bool Finder::hosts(const Unit& unit, std::uint32_t verb, std::uint32_t start, Insertion& in) const {
  const std::uint32_t begin = in.begin;
  const bool comma_after = unit.is(in.after, ChunkKind::kComma);
  // "Then, he said …", but "Overall, he said, it holds".
  if (start + 1 >= begin - 1 && !unit.is(start, ChunkKind::kNoun) && !(comma_after && is_clause(unit, in.after + 1))) {
    return false;
  }
  // A quotation right before the cue is a direct quote; "… no choice" but to go, said Ann Lee" is a mixed one.
  if (unit.is(begin - 2, ChunkKind::kQuoted)) return false;
  for (std::uint32_t i = start; i < begin - 1; ++i) {
    const Chunk& c = unit[i];
    if (c.kind == ChunkKind::kQuoted &&
        (i > start || !(unit.is(i + 1, ChunkKind::kPrep) || unit.is(i + 1, ChunkKind::kConjunction)))) {
      return false;
    }
    in.finite = in.finite || c.kind == ChunkKind::kQuoted || (c.kind == ChunkKind::kVerb && c.has(kFinite));
    if (unit.is(start, ChunkKind::kQuoted) && c.kind == ChunkKind::kVerb &&
        (lexicon_.cue(c.cue).frames & kParenthetical) != 0) {
      return false;
    }
  }
  if (comma_after && unit.is(in.after + 1, ChunkKind::kQuoted)) return false;
  // "The mayor, Ann Lee, said the least."
  if (begin == verb && !in.finite && !unit[verb + 1].has(kName)) return false;
  // "People like that, he said.", but not "Then, he said …".
  const bool goes_on = comma_after && in.after + 1 < unit.size();
  if (!in.finite && !goes_on && (!unit.is(start, ChunkKind::kNoun) || unit[start].has(kTimePhrase))) return false;
  return goes_on || !subordinates(unit[start].word_class) || has_main_clause(unit, start, begin);
}

/// "After some delay, it held, she said" has a main clause of its own; "When asked, she said" has not.
bool Finder::has_main_clause(const Unit& unit, std::uint32_t start, std::uint32_t end) {
  bool comma = false;
  for (std::uint32_t i = start; i + 1 < end; ++i) {
    comma = comma || unit[i].kind == ChunkKind::kComma;
    if (comma && unit[i].kind == ChunkKind::kVerb && unit[i].has(kFinite)) return true;
  }
  return false;
}

bool Finder::parenthetical(const Unit& unit, std::uint32_t verb, const Source& source) {
  if ((lexicon_.cue(unit[verb].cue).frames & kParenthetical) == 0) return false;
  Insertion in = insertion_at(unit, verb, source);
  if (in.begin == kNone || !closes(unit, verb, in)) return false;
  const std::uint32_t start = clause_begin(unit, in.begin - 1);
  if (!hosts(unit, verb, start, in)) return false;
  const std::uint32_t next = in.after + 1;
  const bool goes_on = unit.is(in.after, ChunkKind::kComma) && next < unit.size();
  Candidate& candidate = add(Rule::kParenthetical, kParenthetical);
  add_span(candidate, content_tokens(unit, start, in.begin - 1));
  // ", said Lee, a farmer"
  const bool apposition = in.begin == verb && (in.finite || unit.is(next, ChunkKind::kNoun));
  const bool complete = in.finite && !subordinates(unit[start].word_class);
  const bool more = goes_on ? !apposition && continues_content(unit, next, complete)  // "The dam, she said, will hold."
                            : in.finite && unit.is(in.after, ChunkKind::kSemicolon) && is_clause(unit, next);
  if (more) add_span(candidate, content_tokens(unit, next, clause_end(unit, lexicon_, next)));
  set_source(unit, candidate, in.who);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  reported_.push_back({verb, in.after, true, in.who});
  if (next >= unit.size()) dialogue_.heard(candidate, last_index());  // a quotation may go on after it
  return true;
}

bool Finder::continues_content(const Unit& unit, std::uint32_t chunk, bool complete) const {
  if (!complete) return true;
  const Chunk& c = unit[chunk];
  if (c.kind == ChunkKind::kVerb && (c.has(kGerundVerb) || c.has(kFinite)))
    return includes(lexicon_, c);  // "…, she said, including the dam"
  if (c.word_class == WordClass::kBut || c.word_class == WordClass::kWhile || c.word_class == WordClass::kAs)
    return false;
  if (c.kind == ChunkKind::kConjunction && unit.is(chunk + 1, ChunkKind::kVerb)) return false;
  if (c.kind == ChunkKind::kAdverb && unit.is(chunk + 1, ChunkKind::kVerb)) return false;
  return true;
}

bool Finder::as_introduction(const Unit& unit, std::uint32_t verb, const Source& source) {
  // "As the paper noted, it rains."
  const Cue& cue = lexicon_.cue(unit[verb].cue);
  const bool puts_it = (cue.frames & kThatClause) != 0 && unit[verb + 1].has(kPronoun);
  if (!cue.speech && (cue.frames & kParenthetical) == 0 && !puts_it) return false;  // "As he left, it rained."
  if (!source.mention.found()) return false;
  const std::uint32_t begin = source.mention.begin;
  if (begin == 0 || begin > verb || unit[begin - 1].word_class != WordClass::kAs) return false;
  if (begin >= 2 && !unit.is(begin - 2, ChunkKind::kConjunction) && !unit.is(begin - 2, ChunkKind::kAdverb))
    return false;
  std::uint32_t after = verb + 1;
  const std::uint32_t limit = std::min(unit.size(), verb + 14);
  while (after < limit && (unit.is(after, ChunkKind::kAdverb) || unit.is(after, ChunkKind::kPrep) ||
                           (unit.is(after, ChunkKind::kNoun) && !is_clause(unit, after)))) {
    ++after;
  }
  if (!unit.is(after, ChunkKind::kComma) || unit.is(after + 1, ChunkKind::kQuoted) || after + 1 >= unit.size())
    return false;
  Candidate& candidate = add(Rule::kParenthetical, kParenthetical);
  const std::uint32_t end = clause_end(unit, lexicon_, after + 1);
  add_span(candidate, content_tokens(unit, after + 1, end));
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  reported_.push_back({verb, end, lexicon_.cue(unit[verb].cue).speech, source});
  return true;
}

void Finder::according_to(const Unit& unit, std::uint32_t chunk) {
  const ChunkRange noun = modified_noun_phrase_at(unit, chunk + 2);
  if (!noun.found()) return;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  const std::uint32_t start = clause_begin(unit, chunk);
  bool finite_before = false;
  for (std::uint32_t i = start; i < chunk; ++i) {
    finite_before = finite_before || unit[i].kind == ChunkKind::kVerb;
    if (unit[i].kind == ChunkKind::kQuoted) return;
  }
  if (finite_before || chunk > start + 3) {
    begin = start;
    end = chunk;
  } else {
    std::uint32_t comma = noun.end;
    while (comma < unit.size() && !unit.is(comma, ChunkKind::kComma) && comma < noun.end + 12) ++comma;
    if (!unit.is(comma, ChunkKind::kComma)) return;
    if (unit.is(comma + 1, ChunkKind::kQuoted)) return;
    begin = comma + 1;
    end = clause_end(unit, lexicon_, begin);
  }
  const TokenRange content = content_tokens(unit, begin, end);
  if (content.empty()) return;
  Candidate& candidate = add(Rule::kAccordingTo, kParenthetical);
  add_span(candidate, content);
  set_source(unit, candidate, {noun, {}});
  set_cue(unit, candidate, chunk, chunk + 2);
}

}  // namespace copydesk::quotes
