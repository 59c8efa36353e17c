// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"
#include "stages/syntax/frames.h"
#include "stages/syntax/headings.h"

namespace copydesk::quotes {

void Finder::find_reported(const syntax::Unit& unit) {
  labelled(unit);
  block(unit);
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    const syntax::Chunk& chunk = unit[i];
    if (chunk.word_class == syntax::WordClass::kAccording) {
      according_to(unit, i);
    } else if (chunk.kind == syntax::ChunkKind::kVerb && chunk.cue != 0) {
      verb_cue(unit, i);
    }
    if (chunk.nominal != 0 && (chunk.kind == syntax::ChunkKind::kNoun || chunk.kind == syntax::ChunkKind::kAdjective ||
                               (chunk.kind == syntax::ChunkKind::kVerb && chunk.has(syntax::kPassive)))) {
      nominal_cue(unit, i);
    }
  }
  remember_subject(unit);
}

Source Finder::source_of(const syntax::Unit& unit, std::uint32_t verb) const {
  // ", adding …", "and called …": right after what another cue reports, with no subject of its own.
  std::uint32_t before = verb;
  while (before > 0 && unit.is(before - 1, syntax::ChunkKind::kAdverb)) --before;
  const bool conjunction = before > 0 && unit.is(before - 1, syntax::ChunkKind::kConjunction);
  if (conjunction) --before;
  const bool comma =
      before > 0 && (unit.is(before - 1, syntax::ChunkKind::kComma) || unit.is(before - 1, syntax::ChunkKind::kDash));
  if (comma) --before;
  if (conjunction || (comma && !unit[verb].has(syntax::kFinite))) {
    const bool speech = lexicon_.cue(unit[verb].cue).speech;
    bool spoken = false;  // a verb of speech within reach
    for (auto r = reported_.rbegin(); r != reported_.rend() && !spoken && r->cue + syntax::kSubjectReach > verb; ++r) {
      spoken = r->speech && r->source.mention.found() && r->cue < verb;
    }
    for (auto other = reported_.rbegin(); other != reported_.rend() && other->cue + syntax::kSubjectReach > verb;
         ++other) {
      if (other->cue >= verb || !other->source.mention.found()) continue;
      // A verb of speech goes back to the speaker over the verbs of what is reported.
      if (speech && other->speech) return other->source;
      if (speech && !other->speech && spoken) continue;
      bool between = false;  // another verb
      for (std::uint32_t i = other->end; i < before && !between; ++i)
        between = unit[i].kind == syntax::ChunkKind::kVerb && unit[i].has(syntax::kFinite);
      if (other->end <= verb && !between) return other->source;
    }
  }
  const Source source = syntax::subject_of(unit, lexicon_, verb);
  if (source.mention.found() || !comma || !unit[verb].has(syntax::kFinite)) return source;
  // "He denied it, insisted he would stay and …": verbs in a row.
  const auto& before_it = reported_;
  for (auto other = before_it.rbegin(); other != before_it.rend() && other->cue + syntax::kSubjectReach > verb;
       ++other) {
    if (other->cue < verb && other->speech && other->source.mention.found()) return other->source;
  }
  return source;
}

void Finder::labelled(const syntax::Unit& unit) {
  // ANN LEE: It rains. — to the end of the paragraph; in a headline: "Lee: It rains".
  const tokenize::Tokens& tokens = article_.tokens;
  const std::uint32_t begin = unit.tokens.begin;
  if (!unit.opens_paragraph) return;
  std::uint32_t colon = begin;
  const std::uint32_t limit = std::min(unit.tokens.end, begin + 9);
  bool upper = true;
  bool name = true;
  while (colon < limit && tokens.text(article_.text, colon) != ":") {
    const bool word = !tokens.has(colon, tokenize::kPunctuation);
    upper = upper && (!word || tokens.has(colon, tokenize::kAllUpper));
    name = name && (!word || article_.tags[colon] == tag::Tag::kNNP || article_.tags[colon] == tag::Tag::kNNPS);
    ++colon;
  }
  if (colon == begin || colon + 1 >= limit || colon >= unit.tokens.end - 1) return;
  if (!name && !upper) return;
  const std::uint32_t first = colon + 1;
  if (!(tokens.has(first, tokenize::kInitialUpper) || tokens.has(first, tokenize::kHasDigit)) ||
      tokens.has(first, tokenize::kOpenQuote))
    return;
  if (colon - begin > 5 && !upper) return;
  if (colon - begin == 1 && tokens.spans[begin].size() == 1) return;  // "Q: …", "A: …" name nobody
  const std::string_view label = tokens.span_of({begin, colon}).of(article_.text);
  if (syntax::is_kicker(label) || tokens.has(colon - 1, tokenize::kHasDigit)) return;
  // "Soccer: Oss go top" over an article that says no "Soccer"
  const bool headline =
      begin == 0 && unit.tokens.end < tokens.size() && !unit.is(unit.size() - 1, syntax::ChunkKind::kStop);
  if (headline && colon == 1 && !recurs(begin)) return;
  std::uint32_t end = unit.tokens.end;
  if (upper) {
    while (end < tokens.size() && !tokens.has(end, tokenize::kParagraphStart)) ++end;
  } else if (unit.tokens.begin > 0 && end < tokens.size() && !tokens.has(end, tokenize::kParagraphStart)) {
    return;  // a line of its own only
  }
  const bool answers = last_label_ != syntax::kNoIndex && last_label_ + 1 == dialogue_.paragraph();
  last_label_ = dialogue_.paragraph();
  if (!upper && !answers &&
      (unit.is(unit.size() - 1, syntax::ChunkKind::kStop) || tokens.has(first, tokenize::kHasDigit))) {
    bool verb = false;  // "Lee: No deal" is a headline, "Lee: 1,200." and "Lee: A close third." are tables
    for (std::uint32_t i = 0; i < unit.size() && !verb; ++i) verb = unit[i].kind == syntax::ChunkKind::kVerb;
    if (!verb) return;
  }
  Candidate& candidate = add(Rule::kTranscript, syntax::kParenthetical);
  add_span(candidate, {first, end});
  candidate.source = {begin, colon};
  candidate.source_kind = SourceKind::kNominal;
  candidate.source_reason = SourceReason::kOfCue;
  candidate.cue = {colon, colon + 1};
}

bool Finder::recurs(std::uint32_t token) const {
  const tokenize::Tokens& tokens = article_.tokens;
  const std::uint64_t hash = tokens.lower_hashes[token];
  for (std::uint32_t other = 0; other < tokens.size(); ++other) {
    if (other != token && tokens.lower_hashes[other] == hash && tokens.has(other, tokenize::kInitialUpper)) return true;
  }
  return false;
}

void Finder::block(const syntax::Unit& unit) {
  const tokenize::Tokens& tokens = article_.tokens;
  const std::uint32_t begin = unit.tokens.begin;
  const Dialogue::Narration& told = dialogue_.narration();
  if (told.cue.empty() || told.subject.empty() || !unit.opens_paragraph) return;
  if (unit.size() == 0 || unit.is(0, syntax::ChunkKind::kQuoted) || unit.words[0].region != syntax::kNoIndex) return;
  std::uint32_t end = unit.tokens.end;
  while (end < tokens.size() && !tokens.has(end, tokenize::kParagraphStart)) ++end;
  Candidate& candidate = add(Rule::kBlock, syntax::kQuoted);
  add_span(candidate, {begin, end});
  candidate.source = told.subject;
  candidate.source_kind = told.kind;
  candidate.source_reason = SourceReason::kSentenceBefore;
  candidate.cue = told.cue;
}

bool Finder::reported_by(const syntax::Unit& unit, std::uint32_t verb) {
  // "As reported by the paper, it rains", "It rains, as first reported by the paper."
  const syntax::Chunk& cue = unit[verb];
  if (cue.has(syntax::kFinite) || (lexicon_.cue(cue.cue).frames & (syntax::kThatClause | syntax::kParenthetical)) == 0)
    return false;
  if (unit[verb + 1].word_class != syntax::WordClass::kBy || !unit.is(verb + 2, syntax::ChunkKind::kNoun)) return false;
  std::uint32_t as = verb;
  while (as > 0 && unit.is(as - 1, syntax::ChunkKind::kAdverb)) --as;
  if (as == 0 || unit[as - 1].word_class != syntax::WordClass::kAs) return false;
  --as;
  const syntax::ChunkRange by = syntax::noun_phrase_at(unit, verb + 2);
  TokenRange content;
  std::uint32_t end = by.end;
  if (as == 0 && unit.is(by.end, syntax::ChunkKind::kComma) && by.end + 1 < unit.size()) {
    end = syntax::clause_end(unit, lexicon_, by.end + 1);
    content = content_tokens(unit, by.end + 1, end);
  } else if (as > 1 && unit.is(as - 1, syntax::ChunkKind::kComma)) {
    content = content_tokens(unit, syntax::clause_begin(unit, as - 1), as - 1);
  }
  if (content.empty()) return false;
  Candidate& candidate = add(Rule::kParenthetical, syntax::kParenthetical);
  add_span(candidate, content);
  const Source source{by, {}};
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
  return true;
}

bool Finder::extracted(const syntax::Unit& unit, std::uint32_t verb, const Source& source) {
  // "…, which he said was wet", "a decision they say allowed it": what is said is about the noun before.
  const syntax::Chunk& cue = unit[verb];
  const std::uint32_t frames = lexicon_.cue(cue.cue).frames;
  if ((frames & (syntax::kThatClause | syntax::kBareClause | syntax::kCalled)) == 0 || !cue.has(syntax::kFinite))
    return false;
  if (!source.mention.found() || source.mention.begin == 0 || source.mention.end > verb) return false;
  std::uint32_t at = verb + 1;
  while (unit.is(at, syntax::ChunkKind::kAdverb)) ++at;
  const syntax::WordClass relates = unit[source.mention.begin - 1].word_class;
  const syntax::Cue& verb_of = lexicon_.cue(cue.cue);
  if (verb_of.speech &&
      verb_of.rate(syntax::kCalled) > std::max(verb_of.rate(syntax::kObject), verb_of.rate(syntax::kThatClause)) &&
      (unit.is(at, syntax::ChunkKind::kNoun) || unit.is(at, syntax::ChunkKind::kAdjective)) &&
      (relates == syntax::WordClass::kWhat || relates == syntax::WordClass::kWhich ||
       relates == syntax::WordClass::kThat) &&
      unit[at].word_class != syntax::WordClass::kReflexive && !syntax::is_clause(unit, at)) {
    // "in what she called a disgrace", "a plan that she called absurd"
    const std::uint32_t end = syntax::over_quotation(unit, at, syntax::object_end(unit, lexicon_, at));
    Candidate& candidate = add(Rule::kComplement, syntax::kCalled);
    if (relates != syntax::WordClass::kWhat) {
      add_span(candidate, content_tokens(unit, source.mention.begin - 1, source.mention.begin));
    }
    add_span(candidate, content_tokens(unit, at, end));
    set_source(unit, candidate, source);
    set_cue(unit, candidate, verb, verb + 1);
    candidate.cue_index = cue.cue;
    reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
    return true;
  }
  if ((frames & (syntax::kThatClause | syntax::kBareClause)) == 0) return false;
  if (!unit.is(at, syntax::ChunkKind::kVerb) || !(unit[at].has(syntax::kFinite) || unit[at].has(syntax::kParticiple)))
    return false;
  const std::uint32_t before = source.mention.begin - 1;
  const syntax::Chunk& about = unit[before];
  const bool relative = about.kind == syntax::ChunkKind::kThat ||
                        (about.kind == syntax::ChunkKind::kWh && about.word_class != syntax::WordClass::kWhAdverb);
  const bool contact = about.kind == syntax::ChunkKind::kNoun && !about.has(syntax::kTimePhrase);
  if (!relative && !contact) return false;
  Candidate& candidate = add(Rule::kComplement, syntax::kBareClause);
  add_span(candidate,
           content_tokens(unit, contact ? syntax::noun_phrase_start(unit, before) : before, source.mention.begin));
  const std::uint32_t end = syntax::verb_phrase_end(unit, lexicon_, at);
  add_span(candidate, content_tokens(unit, at, syntax::over_quotation(unit, at, end)));
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, end, lexicon_.cue(cue.cue).speech, source});
  return true;
}

void Finder::verb_cue(const syntax::Unit& unit, std::uint32_t verb) {
  if (reported_by(unit, verb)) return;
  const Source source = source_of(unit, verb);
  if (extracted(unit, verb, source)) return;
  if (as_introduction(unit, verb, source)) return;
  if (parenthetical(unit, verb, source)) return;
  complement(unit, verb, source);
}

/// Where a cue may stand in or after what it reports: "The dam, | she said, | will hold", "A day, | said Ann Lee".
Finder::Insertion Finder::insertion_at(const syntax::Unit& unit, std::uint32_t verb, const Source& source) const {
  const syntax::Chunk& cue = unit[verb];
  const std::uint32_t frames = lexicon_.cue(cue.cue).frames;
  Insertion in;
  in.who = source;
  in.after = verb + 1;
  const bool comma = verb > 0 && unit.is(verb - 1, syntax::ChunkKind::kComma);
  // "A day, said Ann Lee, …" is surely so where the verb takes no object.
  in.inverted = comma && (cue.has(syntax::kFinite) || cue.flags == 0) &&
                (frames & (syntax::kObject | syntax::kToldClause)) == 0 &&
                unit.is(verb + 1, syntax::ChunkKind::kNoun) && !unit[verb + 1].has(syntax::kTimePhrase) &&
                !unit[verb + 1].has(syntax::kPronoun) && !syntax::is_clause(unit, verb + 1);
  if (!cue.has(syntax::kFinite) && !in.inverted) return in;
  const bool before = source.mention.found() && source.mention.begin < verb &&
                      unit[source.mention.begin].kind == syntax::ChunkKind::kNoun;
  if (!in.inverted && before) {
    in.begin = source.mention.begin;
    if (in.begin > 0 && unit.is(in.begin - 1, syntax::ChunkKind::kPrep) &&
        unit[in.begin - 1].word_class == syntax::WordClass::kAs) {
      --in.begin;
    }
  } else if (in.inverted || (comma && unit.is(verb + 1, syntax::ChunkKind::kNoun))) {
    in.begin = verb;  // ", said Ann Lee"
    in.inverted = true;
    in.who.mention = syntax::noun_phrase_at(unit, verb + 1);
    in.after = in.who.mention.end;
  }
  if (in.begin == syntax::kNoIndex || in.begin == 0) return {};
  const syntax::ChunkKind mark = unit[in.begin - 1].kind;
  return mark == syntax::ChunkKind::kComma || mark == syntax::ChunkKind::kDash ? in : Insertion{};
}

/// Over what the cue takes besides the content: "told reporters on Tuesday". False where something else follows.
bool Finder::closes(const syntax::Unit& unit, std::uint32_t verb, Insertion& in) const {
  const std::uint32_t frames = lexicon_.cue(unit[verb].cue).frames;
  const bool takes_recipient = (frames & syntax::kToldClause) != 0;
  const std::uint32_t limit = std::min(unit.size(), in.after + 16);
  for (; in.after < limit; ++in.after) {
    const std::uint32_t at = in.after;
    const syntax::Chunk& c = unit[at];
    if (c.kind == syntax::ChunkKind::kAdverb) continue;
    if (c.kind == syntax::ChunkKind::kPrep) {
      if (c.word_class == syntax::WordClass::kAbout && (frames & syntax::kAbout) != 0)
        return false;  // "In May, he complained about it."
      if (unit.is(at + 1, syntax::ChunkKind::kNoun)) {
        in.after = syntax::noun_phrase_at(unit, at + 1).end - 1;
      } else if (unit.is(at + 1, syntax::ChunkKind::kVerb) && unit[at + 1].has(syntax::kGerundVerb)) {
        in.after = unit.is(at + 2, syntax::ChunkKind::kNoun) ? at + 2 : at + 1;  // "said in announcing the deal"
      }
      continue;
    }
    if (c.kind == syntax::ChunkKind::kConjunction && in.inverted && at == in.who.mention.end &&
        unit.is(at + 1, syntax::ChunkKind::kNoun)) {
      in.who.mention.end = at + 2;  // ", said Ann Lee and Bo Moe"
      ++in.after;
      continue;
    }
    if (c.kind != syntax::ChunkKind::kNoun) break;
    const bool recipient = (takes_recipient || c.word_class == syntax::WordClass::kRecipient) && at == verb + 1;
    if (c.has(syntax::kTimePhrase) || at > verb + 2 || (recipient && !syntax::is_clause(unit, at))) continue;
    break;
  }
  const std::uint32_t after = in.after;
  return after >= unit.size() || unit.is(after, syntax::ChunkKind::kStop) ||
         unit.is(after, syntax::ChunkKind::kComma) || unit.is(after, syntax::ChunkKind::kSemicolon) ||
         unit.is(after, syntax::ChunkKind::kDash) ||
         (in.inverted && (unit.is(after, syntax::ChunkKind::kWh) || unit.is(after, syntax::ChunkKind::kOpenParen)));
}

/// Whether [start, the cue) may be what is said: a clause, or a noun phrase. Sets `in.finite`.
bool Finder::hosts(const syntax::Unit& unit, std::uint32_t verb, std::uint32_t start, Insertion& in) const {
  const std::uint32_t begin = in.begin;
  const bool comma_after = unit.is(in.after, syntax::ChunkKind::kComma);
  // "Then, he said …", but "Overall, he said, it holds".
  if (start + 1 >= begin - 1 && !unit.is(start, syntax::ChunkKind::kNoun) &&
      !(comma_after && syntax::is_clause(unit, in.after + 1))) {
    return false;
  }
  // A quotation right before the cue is a direct quote; "… no choice" but to go, said Ann Lee" is a mixed one.
  if (unit.is(begin - 2, syntax::ChunkKind::kQuoted)) return false;
  for (std::uint32_t i = start; i < begin - 1; ++i) {
    const syntax::Chunk& c = unit[i];
    if (c.kind == syntax::ChunkKind::kQuoted &&
        (i > start || !(unit.is(i + 1, syntax::ChunkKind::kPrep) || unit.is(i + 1, syntax::ChunkKind::kConjunction)))) {
      return false;
    }
    in.finite = in.finite || c.kind == syntax::ChunkKind::kQuoted ||
                (c.kind == syntax::ChunkKind::kVerb && c.has(syntax::kFinite));
    if (unit.is(start, syntax::ChunkKind::kQuoted) && c.kind == syntax::ChunkKind::kVerb &&
        (lexicon_.cue(c.cue).frames & syntax::kParenthetical) != 0) {
      return false;
    }
  }
  if (comma_after && unit.is(in.after + 1, syntax::ChunkKind::kQuoted)) return false;
  // "The mayor, Ann Lee, said the least."
  if (begin == verb && !in.finite && !unit[verb + 1].has(syntax::kName)) return false;
  // "People like that, he said.", but not "Then, he said …".
  const bool goes_on = comma_after && in.after + 1 < unit.size();
  if (!in.finite && !goes_on && (!unit.is(start, syntax::ChunkKind::kNoun) || unit[start].has(syntax::kTimePhrase)))
    return false;
  return goes_on || !syntax::subordinates(unit[start].word_class) || has_main_clause(unit, start, begin);
}

/// "After some delay, it held, she said" has a main clause of its own; "When asked, she said" has not.
bool Finder::has_main_clause(const syntax::Unit& unit, std::uint32_t start, std::uint32_t end) {
  bool comma = false;
  for (std::uint32_t i = start; i + 1 < end; ++i) {
    comma = comma || unit[i].kind == syntax::ChunkKind::kComma;
    if (comma && unit[i].kind == syntax::ChunkKind::kVerb && unit[i].has(syntax::kFinite)) return true;
  }
  return false;
}

bool Finder::parenthetical(const syntax::Unit& unit, std::uint32_t verb, const Source& source) {
  if ((lexicon_.cue(unit[verb].cue).frames & syntax::kParenthetical) == 0) return false;
  Insertion in = insertion_at(unit, verb, source);
  if (in.begin == syntax::kNoIndex || !closes(unit, verb, in)) return false;
  const std::uint32_t start = syntax::clause_begin(unit, in.begin - 1);
  if (!hosts(unit, verb, start, in)) return false;
  const std::uint32_t next = in.after + 1;
  const bool goes_on = unit.is(in.after, syntax::ChunkKind::kComma) && next < unit.size();
  Candidate& candidate = add(Rule::kParenthetical, syntax::kParenthetical);
  add_span(candidate, content_tokens(unit, start, in.begin - 1));
  // ", said Lee, a farmer"
  const bool apposition = in.begin == verb && (in.finite || unit.is(next, syntax::ChunkKind::kNoun));
  const bool complete = in.finite && !syntax::subordinates(unit[start].word_class);
  const bool more =
      goes_on ? !apposition && continues_content(unit, next, complete)  // "The dam, she said, will hold."
              : in.finite && unit.is(in.after, syntax::ChunkKind::kSemicolon) && syntax::is_clause(unit, next);
  if (more) add_span(candidate, content_tokens(unit, next, syntax::clause_end(unit, lexicon_, next)));
  set_source(unit, candidate, in.who);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  reported_.push_back({verb, in.after, true, in.who});
  if (next >= unit.size()) dialogue_.heard(candidate, last_index());  // a quotation may go on after it
  return true;
}

bool Finder::continues_content(const syntax::Unit& unit, std::uint32_t chunk, bool complete) const {
  if (!complete) return true;
  const syntax::Chunk& c = unit[chunk];
  if (c.kind == syntax::ChunkKind::kVerb && (c.has(syntax::kGerundVerb) || c.has(syntax::kFinite)))
    return syntax::includes(lexicon_, c);  // "…, she said, including the dam"
  if (c.word_class == syntax::WordClass::kBut || c.word_class == syntax::WordClass::kWhile ||
      c.word_class == syntax::WordClass::kAs)
    return false;
  if (c.kind == syntax::ChunkKind::kConjunction && unit.is(chunk + 1, syntax::ChunkKind::kVerb)) return false;
  if (c.kind == syntax::ChunkKind::kAdverb && unit.is(chunk + 1, syntax::ChunkKind::kVerb)) return false;
  return true;
}

bool Finder::as_introduction(const syntax::Unit& unit, std::uint32_t verb, const Source& source) {
  // "As the paper noted, it rains."
  const syntax::Cue& cue = lexicon_.cue(unit[verb].cue);
  const bool puts_it = (cue.frames & syntax::kThatClause) != 0 && unit[verb + 1].has(syntax::kPronoun);
  if (!cue.speech && (cue.frames & syntax::kParenthetical) == 0 && !puts_it) return false;  // "As he left, it rained."
  if (!source.mention.found()) return false;
  const std::uint32_t begin = source.mention.begin;
  if (begin == 0 || begin > verb || unit[begin - 1].word_class != syntax::WordClass::kAs) return false;
  if (begin >= 2 && !unit.is(begin - 2, syntax::ChunkKind::kConjunction) &&
      !unit.is(begin - 2, syntax::ChunkKind::kAdverb))
    return false;
  std::uint32_t after = verb + 1;
  const std::uint32_t limit = std::min(unit.size(), verb + 14);
  while (after < limit && (unit.is(after, syntax::ChunkKind::kAdverb) || unit.is(after, syntax::ChunkKind::kPrep) ||
                           (unit.is(after, syntax::ChunkKind::kNoun) && !syntax::is_clause(unit, after)))) {
    ++after;
  }
  if (!unit.is(after, syntax::ChunkKind::kComma) || unit.is(after + 1, syntax::ChunkKind::kQuoted) ||
      after + 1 >= unit.size())
    return false;
  Candidate& candidate = add(Rule::kParenthetical, syntax::kParenthetical);
  const std::uint32_t end = syntax::clause_end(unit, lexicon_, after + 1);
  add_span(candidate, content_tokens(unit, after + 1, end));
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  reported_.push_back({verb, end, lexicon_.cue(unit[verb].cue).speech, source});
  return true;
}

void Finder::according_to(const syntax::Unit& unit, std::uint32_t chunk) {
  const syntax::ChunkRange noun = syntax::modified_noun_phrase_at(unit, chunk + 2);
  if (!noun.found()) return;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  const std::uint32_t start = syntax::clause_begin(unit, chunk);
  bool finite_before = false;
  for (std::uint32_t i = start; i < chunk; ++i) {
    finite_before = finite_before || unit[i].kind == syntax::ChunkKind::kVerb;
    if (unit[i].kind == syntax::ChunkKind::kQuoted) return;
  }
  if (finite_before || chunk > start + 3) {
    begin = start;
    end = chunk;
  } else {
    std::uint32_t comma = noun.end;
    while (comma < unit.size() && !unit.is(comma, syntax::ChunkKind::kComma) && comma < noun.end + 12) ++comma;
    if (!unit.is(comma, syntax::ChunkKind::kComma)) return;
    if (unit.is(comma + 1, syntax::ChunkKind::kQuoted)) return;
    begin = comma + 1;
    end = syntax::clause_end(unit, lexicon_, begin);
  }
  const TokenRange content = content_tokens(unit, begin, end);
  if (content.empty()) return;
  Candidate& candidate = add(Rule::kAccordingTo, syntax::kParenthetical);
  add_span(candidate, content);
  set_source(unit, candidate, {noun, {}});
  set_cue(unit, candidate, chunk, chunk + 2);
}

}  // namespace copydesk::quotes
