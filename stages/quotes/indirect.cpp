#include <algorithm>

#include "stages/quotes/extents.h"
#include "stages/quotes/finder.h"
#include "stages/quotes/frames.h"

namespace copydesk::quotes {
namespace {

/// "that" before a noun phrase that no verb follows: a determiner.
bool determines(const Unit& unit, std::uint32_t that) {
  if (!unit.is(that + 1, ChunkKind::kNoun)) return false;
  const std::uint32_t limit = std::min(unit.size(), that + 12);
  for (std::uint32_t i = that + 2; i < limit; ++i) {
    const Chunk& c = unit[i];
    if (c.kind == ChunkKind::kVerb && !c.has(kToVerb)) return false;
    if (c.kind == ChunkKind::kComma || c.kind == ChunkKind::kStop) break;
  }
  return true;
}

}  // namespace

void Finder::find_reported(const Unit& unit) {
  labelled(unit);
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
    const bool spoken = std::any_of(reported_.begin(), reported_.end(), [verb](const Reported& r) {
      return r.speech && r.source.mention.found() && r.cue < verb && r.cue + kSubjectReach > verb;
    });
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
  return subject_of(unit, lexicon_, verb);
}

void Finder::labelled(const Unit& unit) {
  // ANN LEE: It rains. — to the end of the paragraph; in a headline: "Lee: It rains".
  const Tokens& tokens = article_.tokens;
  const std::uint32_t begin = unit.tokens.begin;
  if (!tokens.has(begin, kParagraphStart)) return;
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
  std::uint32_t end = unit.tokens.end;
  if (upper) {
    while (end < tokens.size() && !tokens.has(end, kParagraphStart)) ++end;
  } else if (unit.tokens.begin > 0 && end < tokens.size() && !tokens.has(end, kParagraphStart)) {
    return;  // a line of its own only
  }
  Candidate& candidate = add(unit, Rule::kTranscript, kParenthetical);
  add_span(candidate, {first, end});
  candidate.source = {begin, colon};
  candidate.source_kind = SourceKind::kNominal;
  candidate.cue = {colon, colon + 1};
}

void Finder::verb_cue(const Unit& unit, std::uint32_t verb) {
  const Source source = source_of(unit, verb);
  if (as_introduction(unit, verb, source)) return;
  if (parenthetical(unit, verb, source)) return;
  complement(unit, verb, source);
}

bool Finder::parenthetical(const Unit& unit, std::uint32_t verb, const Source& source) {
  const Chunk& cue = unit[verb];
  if ((lexicon_.cue(cue.cue).frames & kParenthetical) == 0 || !cue.has(kFinite)) return false;
  std::uint32_t begin = kNone;  // of the cue clause
  Source who = source;
  std::uint32_t after = verb + 1;
  if (source.mention.found() && source.mention.begin < verb && unit[source.mention.begin].kind == ChunkKind::kNoun) {
    begin = source.mention.begin;
    if (begin > 0 && unit.is(begin - 1, ChunkKind::kPrep) && unit[begin - 1].word_class == WordClass::kAs) --begin;
  } else if (verb > 0 && unit.is(verb - 1, ChunkKind::kComma) && unit.is(verb + 1, ChunkKind::kNoun)) {
    begin = verb;  // ", said Ann Lee"
    who.mention = noun_phrase_at(unit, verb + 1);
    after = who.mention.end;
  }
  if (begin == kNone || begin == 0) return false;
  const ChunkKind before = unit[begin - 1].kind;
  if (before != ChunkKind::kComma && before != ChunkKind::kDash) return false;
  // What the cue takes besides the content: "told reporters on Tuesday".
  const bool takes_recipient = (lexicon_.cue(cue.cue).frames & kToldClause) != 0;
  const std::uint32_t limit = std::min(unit.size(), after + 16);
  for (; after < limit; ++after) {
    const Chunk& c = unit[after];
    if (c.kind == ChunkKind::kAdverb) continue;
    if (c.kind == ChunkKind::kPrep) {
      if (unit.is(after + 1, ChunkKind::kNoun)) after = noun_phrase_at(unit, after + 1).end - 1;
      continue;
    }
    if (c.kind == ChunkKind::kNoun && (c.has(kTimePhrase) || after > verb + 2)) continue;
    if (c.kind == ChunkKind::kNoun && (takes_recipient || c.word_class == WordClass::kRecipient) && after == verb + 1 &&
        !is_clause(unit, after)) {
      continue;
    }
    break;
  }
  const bool closed = after >= unit.size() || unit.is(after, ChunkKind::kStop) || unit.is(after, ChunkKind::kComma) ||
                      unit.is(after, ChunkKind::kSemicolon) || unit.is(after, ChunkKind::kDash);
  if (!closed) return false;
  const std::uint32_t start = clause_begin(unit, begin - 1);
  if (start + 1 >= begin - 1 && !unit.is(start, ChunkKind::kNoun)) return false;  // "Then, he said …"
  bool finite = false;
  for (std::uint32_t i = start; i < begin - 1; ++i) {
    if (unit[i].kind == ChunkKind::kQuoted) return false;  // found as a direct quote
    finite = finite || (unit[i].kind == ChunkKind::kVerb && unit[i].has(kFinite));
  }
  const bool goes_on =
      unit.is(after, ChunkKind::kComma) && after + 1 < unit.size() && !unit.is(after + 1, ChunkKind::kQuoted);
  if (unit.is(after, ChunkKind::kComma) && unit.is(after + 1, ChunkKind::kQuoted)) return false;
  // "People like that, he said.", but not "Then, he said …".
  if (!finite && !goes_on && (!unit.is(start, ChunkKind::kNoun) || unit[start].has(kTimePhrase))) return false;
  const Chunk& first = unit[start];
  const bool subordinate = first.word_class == WordClass::kWhile || first.word_class == WordClass::kSubordinator ||
                           first.word_class == WordClass::kWhAdverb || first.word_class == WordClass::kIf ||
                           first.word_class == WordClass::kAs || first.word_class == WordClass::kBecause;
  if (subordinate && !goes_on) {
    // "After some delay, it held, she said" has a main clause of its own; "When asked, she said" has not.
    bool main = false;
    for (std::uint32_t i = start; i + 1 < begin && !main; ++i) {
      main = unit[i].kind == ChunkKind::kComma && unit.is(i + 1, ChunkKind::kNoun) && i + 1 < begin - 1 &&
             is_clause(unit, i + 1);
    }
    if (!main) return false;
  }
  Candidate& candidate = add(unit, Rule::kParenthetical, kParenthetical);
  add_span(candidate, content_tokens(unit, start, begin - 1));
  if (goes_on && (begin != verb || !finite) && continues_content(unit, after + 1, finite && !subordinate)) {
    // "The dam, she said, will hold."
    add_span(candidate, content_tokens(unit, after + 1, clause_end(unit, lexicon_, after + 1)));
  }
  set_source(unit, candidate, who);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, after, true, who});
  if (after + 1 >= unit.size()) speaker_is(candidate);  // a quotation may go on after it
  return true;
}

bool Finder::continues_content(const Unit& unit, std::uint32_t chunk, bool complete) const {
  if (!complete) return true;
  const Chunk& c = unit[chunk];
  if (c.kind == ChunkKind::kVerb && (c.has(kGerundVerb) || c.has(kFinite))) return false;
  if (c.word_class == WordClass::kBut || c.word_class == WordClass::kWhile || c.word_class == WordClass::kAs)
    return false;
  if (c.kind == ChunkKind::kConjunction && unit.is(chunk + 1, ChunkKind::kVerb)) return false;
  if (c.kind == ChunkKind::kAdverb && unit.is(chunk + 1, ChunkKind::kVerb)) return false;
  return true;
}

bool Finder::as_introduction(const Unit& unit, std::uint32_t verb, const Source& source) {
  // "As the paper noted, it rains."
  if ((lexicon_.cue(unit[verb].cue).frames & (kThatClause | kParenthetical)) == 0 || !source.mention.found())
    return false;
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
  Candidate& candidate = add(unit, Rule::kParenthetical, kParenthetical);
  const std::uint32_t end = clause_end(unit, lexicon_, after + 1);
  add_span(candidate, content_tokens(unit, after + 1, end));
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  reported_.push_back({verb, end, lexicon_.cue(unit[verb].cue).speech, source});
  return true;
}

void Finder::complement(const Unit& unit, std::uint32_t verb, const Source& source) {
  const Chunk& cue = unit[verb];
  const std::uint32_t frames = lexicon_.cue(cue.cue).frames;
  std::uint32_t at = verb + 1;
  while (unit.is(at, ChunkKind::kAdverb) ||
         (unit.is(at, ChunkKind::kPrep) && unit.words[unit[at].begin].tag == Tag::kRP)) {
    ++at;  // "points out that"
  }
  if (at >= unit.size()) return;
  bool subordinate = false;
  if (source.mention.found() && source.mention.begin > 0 && source.mention.begin < verb) {
    const Chunk& before = unit[source.mention.begin - 1];
    subordinate = before.word_class == WordClass::kWhile || before.word_class == WordClass::kSubordinator ||
                  before.word_class == WordClass::kAs || before.word_class == WordClass::kIf ||
                  before.word_class == WordClass::kWhAdverb || before.word_class == WordClass::kBecause ||
                  unit[source.mention.begin].kind == ChunkKind::kWh;
  }
  std::uint32_t frame = 0;
  std::uint32_t begin = at;
  std::uint32_t end = at;

  const auto clause_from = [&](std::uint32_t from, Frame which) {
    frame = which;
    begin = from;
    end = clause_end(unit, lexicon_, from, subordinate);
  };
  const auto phrase_from = [&](std::uint32_t from, Frame which) {
    frame = which;
    begin = from;
    end = verb_phrase_end(unit, lexicon_, from);
  };

  if (cue.has(kPassive)) {
    Source agent;
    bool subject = false;  // is the content, or a part of it
    if (unit.is(at, ChunkKind::kPrep) && unit[at].word_class == WordClass::kBy && unit.is(at + 1, ChunkKind::kNoun)) {
      // "was asked by a caller why …"
      const ChunkRange noun = noun_phrase_at(unit, at + 1);
      if (noun.end < unit.size() && (unit.is(noun.end, ChunkKind::kThat) || begins_question(unit[noun.end]))) {
        agent.mention = noun;
        at = noun.end;
      }
    }
    if (unit.is(at, ChunkKind::kVerb) && unit[at].has(kToVerb)) {
      phrase_from(at, kPassiveInfinitive);
      subject = true;
    } else if (unit.is(at, ChunkKind::kThat) || begins_question(unit[at])) {
      clause_from(at, kPassiveThat);
    } else if (unit.is(at, ChunkKind::kPrep) && unit[at].word_class == WordClass::kAbout &&
               unit.is(at + 1, ChunkKind::kNoun)) {
      frame = kPassiveThat;  // was asked about the dam
      begin = at + 1;
      end = object_end(unit, at + 1);
    } else if (unit.is(at, ChunkKind::kPrep) && unit[at].word_class == WordClass::kOf && (frames & kObjectOf) != 0) {
      phrase_from(at, kObjectOf);  // is accused of lying
      subject = true;
    } else {
      frame = kPassiveObject;
      subject = true;
      if (unit.is(at, ChunkKind::kPrep) && unit[at].word_class == WordClass::kBy) {
        agent.mention = noun_phrase_at(unit, at + 1);
        frame = kPassiveBy;
      }
    }
    if ((frames & frame) == 0) return;
    if (subject && (!source.mention.found() || unit[source.mention.begin].kind != ChunkKind::kNoun)) return;
    const TokenRange content = end > begin ? content_tokens(unit, begin, end) : TokenRange{};
    Candidate& candidate = add(unit, Rule::kComplement, frame);
    if (subject) add_span(candidate, content_tokens(unit, source.mention.begin, source.mention.end));
    if (!content.empty()) add_span(candidate, content);
    set_source(unit, candidate, agent);
    set_cue(unit, candidate, verb, verb + 1);
    candidate.cue_index = cue.cue;
    return;
  }

  // "The dam seems safe", "he appears to agree": the subject is a part of what is said, and nobody is named.
  if ((frames & kRaising) != 0 && source.mention.found() && unit[source.mention.begin].kind == ChunkKind::kNoun &&
      (unit.is(at, ChunkKind::kAdjective) || unit.is(at, ChunkKind::kVerb) || unit.is(at, ChunkKind::kNoun))) {
    phrase_from(at, kRaising);
    Candidate& candidate = add(unit, Rule::kComplement, frame);
    add_span(candidate, content_tokens(unit, source.mention.begin, source.mention.end));
    add_span(candidate, content_tokens(unit, begin, end));
    set_cue(unit, candidate, verb, verb + 1);
    candidate.cue_index = cue.cue;
    return;
  }

  // A clause, over what may stand between: "said on Tuesday that", "told reporters in Oss that", "said he".
  const std::uint32_t clause_frames = kThatClause | kBareClause | kWhClause | kToldClause;
  if ((frames & clause_frames) != 0) {
    std::uint32_t i = at;
    bool recipient = false;
    const std::uint32_t limit = std::min(unit.size(), at + 10);
    while (i < limit && frame == 0) {
      const Chunk& c = unit[i];
      if (c.kind == ChunkKind::kThat) {
        if (i == at && determines(unit, i)) break;  // "rejected that argument"
        clause_from(i, recipient ? kToldClause : kThatClause);
      } else if (begins_question(c)) {
        if (c.word_class == WordClass::kWho || (c.word_class == WordClass::kWhich && i > at)) break;
        if (c.word_class == WordClass::kIf && i > at && !recipient) break;
        clause_from(i, recipient ? kToldClause : kWhClause);
      } else if (c.kind == ChunkKind::kNoun) {
        if (is_clause(unit, i)) {
          clause_from(i, recipient ? kToldClause : kBareClause);
        } else if (c.has(kTimePhrase) || (i > at + 1 && unit.is(i + 1, ChunkKind::kThat))) {
          ++i;
        } else if (!recipient && i == at && (frames & kToldClause) != 0) {
          recipient = true;
          i = noun_phrase_at(unit, i).end;
        } else {
          break;
        }
      } else if (c.kind == ChunkKind::kPrep && unit.is(i + 1, ChunkKind::kNoun)) {
        if (is_clause(unit, i + 1) && (frames & kBareClause) != 0) {
          break;
        }
        i = noun_phrase_at(unit, i + 1).end;
      } else if (c.kind == ChunkKind::kAdverb) {
        ++i;
      } else if ((c.kind == ChunkKind::kAdjective || c.kind == ChunkKind::kConjunction ||
                  (c.kind == ChunkKind::kVerb && c.has(kGerundVerb) && (frames & kGerund) == 0)) &&
                 i == at && (frames & kBareClause) != 0 && is_clause(unit, i)) {
        clause_from(i, kBareClause);
      } else {
        break;
      }
    }
    if (frame != 0 && (frames & frame) == 0) frame = 0;
  }

  // Words in quotation marks right after the cue: chanting "Dump it".
  if ((frame == 0 || frame == kBareClause) && (frames & kQuoted) != 0) {
    const std::uint32_t region = unit.words[unit[at].begin].region;
    const bool opens = region != kNone && article_.regions[region].tokens.begin + 1 == unit.words[unit[at].begin].token;
    const bool title = opens && !lexicon_.cue(cue.cue).speech && is_title(article_.tokens, article_.regions[region]);
    if (opens && !title) {
      std::uint32_t past = at;
      while (past < unit.size() && unit.words[unit[past].begin].region == region) ++past;
      if (past >= unit.size() || unit.is(past, ChunkKind::kStop) || unit.is(past, ChunkKind::kComma) ||
          (frame == 0 && (unit.is(past, ChunkKind::kConjunction) || unit.is(past, ChunkKind::kPrep)))) {
        frame = kQuoted;
        begin = at;
        end = past;
      }
    }
  }

  if (frame == 0) {
    const Chunk& c = unit[at];
    if (c.kind == ChunkKind::kVerb && c.has(kToVerb)) {
      phrase_from(at, kInfinitive);
    } else if (c.kind == ChunkKind::kVerb && c.has(kGerundVerb)) {
      phrase_from(at, kGerund);
    } else if (c.kind == ChunkKind::kPrep) {
      const Frame which = frame_of_preposition(c.word_class);
      if (which != 0 && at + 1 < unit.size()) {
        if (unit.is(at + 1, ChunkKind::kNoun)) {
          frame = which;
          begin = at + 1;
          const bool infinitive =
              unit.is(at + 2, ChunkKind::kVerb) && unit[at + 2].has(kToVerb);  // "called on them to go"
          end = infinitive ? verb_phrase_end(unit, lexicon_, at + 2) : object_end(unit, at + 1);
        } else if (begins_question(unit[at + 1])) {
          clause_from(at + 1, which);
        } else if (unit.is(at + 1, ChunkKind::kVerb)) {
          phrase_from(at + 1, which);
        }
      }
    } else if (c.kind == ChunkKind::kThat && unit.is(at + 1, ChunkKind::kNoun) && (frames & kObject) != 0) {
      frame = kObject;
      end = object_end(unit, at + 1);
    } else if (c.kind == ChunkKind::kNoun) {
      const std::uint32_t next = at + 1;
      end = object_end(unit, at);
      frame = kObject;
      if (next < unit.size()) {
        const Chunk& n = unit[next];
        if (n.kind == ChunkKind::kVerb && n.has(kToVerb) && (frames & kObjectInfinitive) != 0) {
          phrase_from(next, kObjectInfinitive);
          begin = at;
        } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kAs && (frames & kObjectAs) != 0) {
          phrase_from(next, kObjectAs);
          begin = at;
        } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kOf && (frames & kObjectOf) != 0) {
          phrase_from(next, kObjectOf);
          begin = at;
        } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kFor && (frames & kObjectFor) != 0) {
          phrase_from(next, kObjectFor);
          begin = at;
        } else if ((frames & kCalled) != 0) {
          // "called her vote for the war a mistake": the first noun or adjective that no preposition governs.
          std::uint32_t predicate = next;
          while (unit.is(predicate, ChunkKind::kPrep) && unit.is(predicate + 1, ChunkKind::kNoun)) predicate += 2;
          while (unit.is(predicate, ChunkKind::kConjunction) && unit.is(predicate + 1, ChunkKind::kNoun))
            predicate += 2;
          while (unit.is(predicate, ChunkKind::kPrep) && unit.is(predicate + 1, ChunkKind::kNoun)) predicate += 2;
          while (unit.is(predicate, ChunkKind::kAdverb)) ++predicate;
          if ((unit.is(predicate, ChunkKind::kNoun) && !unit[predicate].has(kTimePhrase)) ||
              unit.is(predicate, ChunkKind::kAdjective)) {
            phrase_from(predicate, kCalled);
            begin = at;
          }
        }
      }
      if (frame == kObject) begin = at;
    }
  }
  if (frame == 0 || (frames & frame) == 0) return;
  end = over_quotation(unit, begin, end);
  const TokenRange content = content_tokens(unit, begin, end);
  if (content.empty()) return;
  Candidate& candidate = add(unit, Rule::kComplement, frame);
  add_span(candidate, content);
  set_source(unit, candidate, source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = cue.cue;
  reported_.push_back({verb, end, lexicon_.cue(unit[verb].cue).speech, source});
}

void Finder::according_to(const Unit& unit, std::uint32_t chunk) {
  const ChunkRange noun = noun_phrase_at(unit, chunk + 2);
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
  Candidate& candidate = add(unit, Rule::kAccordingTo, kParenthetical);
  add_span(candidate, content);
  set_source(unit, candidate, {noun, {}});
  set_cue(unit, candidate, chunk, chunk + 2);
}

}  // namespace copydesk::quotes
