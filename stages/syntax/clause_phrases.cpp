// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/clause_builder.h"
#include "stages/syntax/extents.h"
#include "stages/syntax/frames.h"

namespace copydesk::syntax {

void ClauseBuilder::preposition(std::uint32_t at) {
  const WordClass word = unit_[at].word_class;
  const bool opens = subordinates(word) || word == WordClass::kWhether || word == WordClass::kThan;
  const Chunk& next = unit_[at + 1];
  const bool subject = next.kind == ChunkKind::kNoun && (opens ? is_clause(unit_, at + 1)
                                                               : word == WordClass::kNone && is_nominative(next) &&
                                                                     is_finite_verb(unit_[past_adverbs(at + 2)]));
  const bool verb = opens && is_finite_verb(unit_[past_adverbs(at + 1)]);
  // "Once Lee left, …": a word that is mostly a preposition
  const bool starts = at == top().extent.begin || (at > 0 && unit_.is(at - 1, ChunkKind::kComma));
  const bool once =
      word == WordClass::kNone && starts && next.kind == ChunkKind::kNoun && is_finite_verb(unit_[at + 2]);
  if (!subject && !verb && !once && !(opens && unit_[at].word_class != WordClass::kAs && next.kind == ChunkKind::kThat))
    return;
  const bool question = word == WordClass::kWhether || (word == WordClass::kIf && unit_.is(at - 1, ChunkKind::kVerb));
  open(question ? ClauseKind::kComplement : ClauseKind::kAdverbial, at, at);
}

/// "correct | that | error": "that" before a common noun, after a verb that takes no clause or where none follows.
bool ClauseBuilder::is_determiner(std::uint32_t at) const {
  if (unit_[at].kind != ChunkKind::kThat || at == 0 || !unit_.is(at - 1, ChunkKind::kVerb)) return false;
  const Chunk& noun = unit_[at + 1];
  if (noun.kind != ChunkKind::kNoun || noun.has(kPronoun) || noun.has(kName)) return false;
  const tag::Tag first = unit_.words[noun.begin].tag;
  if (first == tag::Tag::kDT || first == tag::Tag::kPRPS || unit_.words[noun.head].tag == tag::Tag::kNNS) return false;
  return (lexicon_.cue(unit_[at - 1].cue).frames & (kThatClause | kToldClause)) == 0 || !is_clause(unit_, at + 1);
}

void ClauseBuilder::opener(std::uint32_t at) {
  const Chunk& chunk = unit_[at];
  if (is_determiner(at)) return;
  std::uint32_t before = at;
  if (before > 0 && unit_.is(before - 1, ChunkKind::kPrep)) --before;
  const std::uint32_t begin = before;
  if (before > 0 && unit_.is(before - 1, ChunkKind::kComma)) --before;
  const bool after_noun =
      before > 0 && (unit_.is(before - 1, ChunkKind::kNoun) || unit_.is(before - 1, ChunkKind::kCloseParen));
  const bool relates =
      chunk.kind == ChunkKind::kThat || chunk.word_class == WordClass::kWho || chunk.word_class == WordClass::kWhich;
  const std::uint32_t next = past_adverbs(at + 1);
  // "that dam", "which dam": a determiner, unless a clause follows
  const bool takes_verb = unit_.is(next, ChunkKind::kVerb) && !unit_[next].has(kToVerb);
  ClauseKind kind = ClauseKind::kComplement;
  if (after_noun && relates)
    kind = ClauseKind::kRelative;
  else if (chunk.word_class == WordClass::kWhAdverb && (at == 0 || !unit_.is(at - 1, ChunkKind::kVerb)))
    kind = after_noun && before == begin ? ClauseKind::kRelative : ClauseKind::kAdverbial;
  // A question or an exclamation of its own: "Who came?"
  if (top().verb == kNoIndex && top().subject == kNoIndex && chunk.kind == ChunkKind::kWh &&
      kind != ClauseKind::kAdverbial) {
    top().opener = at;
  } else {
    open(kind, begin, at);
  }
  if (takes_verb && chunk.word_class != WordClass::kWhAdverb) top().subject = at;
}

void ClauseBuilder::conjunction(std::uint32_t at) {
  const std::uint32_t next = past_adverbs(at + 1);
  joined_ = at;
  if (!unit_.is(next, ChunkKind::kNoun)) return;
  const bool waiting = innermost([&](const Clause& c) { return waits(c); }) != kNoDepth;
  const bool sure = is_nominative(unit_[next]) && is_finite_verb(unit_[past_adverbs(next + 1)]);
  const bool clause =
      top().verb != kNoIndex &&
      (waiting ? sure : leads_to_verb(next) || (unit_.is(at - 1, ChunkKind::kComma) && is_clause(unit_, next)));
  if (!clause) {
    const std::uint32_t left = at > 0 && unit_.is(at - 1, ChunkKind::kComma) ? at - 1 : at;
    if (left == 0 || !unit_.is(left - 1, ChunkKind::kNoun)) return;
    // "the old and | famous bridge": the first is half a phrase
    if (top().subject == left - 1 && !tag::is_noun(unit_.words[unit_[left - 1].head].tag) &&
        !unit_[left - 1].has(kPronoun)) {
      top().subject = next;
    }
    return;
  }
  std::size_t depth = innermost([&](const Clause& c) { return is_finite_clause(c); });
  if (depth == kNoDepth) depth = buffer_.open.size() - 1;
  const std::uint32_t first = buffer_.open[depth].clause;
  close_to(depth, at);
  open(ClauseKind::kCoordinate, next);
  top().parent = first;
}

void ClauseBuilder::noun(std::uint32_t at) {
  const Chunk& chunk = unit_[at];
  const bool governed = at > 0 && unit_.is(at - 1, ChunkKind::kPrep) && top().opener != at - 1;
  if (governed) {
    // "sure for him | to go" and "with him leaving" have subjects of their own
    return;
  }
  if (at > 0 && unit_.is(at - 1, ChunkKind::kConjunction) && top().verb == kNoIndex && top().subject != kNoIndex)
    return;
  const bool before_verb = unit_.is(past_adverbs(at + 1), ChunkKind::kVerb);
  const bool listed = unit_.is(at + 1, ChunkKind::kConjunction);
  if (chunk.has(kTimePhrase) && !((before_verb || listed) && top().verb == kNoIndex && top().subject == kNoIndex))
    return;
  // "we | all know"
  if (at > 0 && unit_[at - 1].has(kPronoun) && chunk.end == chunk.begin + 1 &&
      !tag::is_noun(unit_.words[chunk.head].tag) && !chunk.has(kPronoun)) {
    return;
  }
  joined_ = kNoIndex;
  if (top().verb == kNoIndex)
    noun_before_verb(at);
  else
    noun_after_verb(at);
  last_noun_ = at;
}

void ClauseBuilder::noun_before_verb(std::uint32_t at) {
  Clause& clause = top();
  if (clause.subject == kNoIndex) {
    clause.subject = at;
    return;
  }
  const bool comma = at > 0 && unit_.is(at - 1, ChunkKind::kComma);
  const std::uint32_t next = past_adverbs(at + 1);
  if (comma) {
    const bool number = unit_.words[unit_[clause.subject].head].tag == tag::Tag::kCD;
    if ((is_finite_verb(unit_[next]) && !unit_[clause.subject].has(kName)) || number) {
      clause.subject = at;  // "The next day, Lee left", "On May 3, 2019, Lee left"
    }
    return;
  }
  // "the man she met | left"
  if (is_finite_verb(unit_[next]) && clause.subject + 1 == at) {
    open(ClauseKind::kRelative, at);
    top().subject = at;
  }
}

/// "the talks in Oss soon | failed": nothing but prepositional phrases and adverbs before a finite verb.
bool ClauseBuilder::leads_to_verb(std::uint32_t at) const {
  constexpr std::uint32_t kPhrase = 12;
  const std::uint32_t limit = at + kPhrase;
  std::uint32_t next = past_adverbs(at + 1);
  while (next < limit && unit_.is(next, ChunkKind::kPrep) && unit_.is(next + 1, ChunkKind::kNoun)) {
    next = past_adverbs(next + 2);
  }
  return is_finite_verb(unit_[next]);
}

/// Whether the noun phrase at `at`, after a verb, is a subject: "said sales fell", but not "a study of men taking
/// drugs showed", where another one waits for that verb.
bool ClauseBuilder::begins_clause(std::uint32_t at) const {
  if (!leads_to_verb(at) && ((lexicon_.cue(unit_[buffer_.clauses[buffer_.open.back().clause].verb].cue).frames &
                              (kBareClause | kToldClause)) == 0 ||
                             !is_clause(unit_, at))) {
    return false;
  }
  if (innermost([&](const Clause& c) { return waits(c); }) == kNoDepth) return true;
  const Clause& clause = buffer_.clauses[buffer_.open.back().clause];
  const bool takes_clause = (lexicon_.cue(unit_[clause.verb].cue).frames & (kBareClause | kToldClause)) != 0;
  return takes_clause || (is_nominative(unit_[at]) && is_finite_verb(unit_[past_adverbs(at + 1)]));
}

void ClauseBuilder::noun_after_verb(std::uint32_t at) {
  Clause& clause = top();
  std::uint32_t before = before_adverbs(at);
  if (before > 0 && before == at && is_determiner(before - 1)) --before;
  const bool modified = before > 1 && is_modifier(before - 1);
  const bool after_verb = before > 0 && before - (modified ? 2 : 1) == clause.verb;
  const bool comma =
      before > 0 && (unit_.is(before - 1, ChunkKind::kComma) || unit_.is(before - 1, ChunkKind::kCloseParen));
  const bool starts_clause = comma ? leads_to_verb(at) || is_clause(unit_, at) : begins_clause(at);
  if (starts_clause && comma) {
    // "When it rained, she left": the clause around it waits for a subject; else a sentence of its own follows.
    std::size_t depth = innermost([](const Clause& c) { return c.verb == kNoIndex && c.subject == kNoIndex; });
    if (depth == kNoDepth) {
      close_to(1, at);
      const std::uint32_t first = buffer_.open[0].clause;
      open(ClauseKind::kParataxis, at);
      top().parent = first;
    } else {
      close_to(depth + 1, at);
    }
    top().subject = at;
    return;
  }
  if (starts_clause) {
    const bool relative =
        at > 0 && unit_.is(at - 1, ChunkKind::kNoun) && !unit_[at - 1].has(kPronoun) && clause.object == at - 1;
    open(relative ? ClauseKind::kRelative : ClauseKind::kComplement, at);
    top().subject = at;
    return;
  }
  if (is_finite_verb(unit_[past_adverbs(at + 1)]) && at > 0 && unit_.is(at - 1, ChunkKind::kNoun)) {
    open(ClauseKind::kRelative, at);  // "the house he built"
    top().subject = at;
    return;
  }
  const Chunk& verb = unit_[clause.verb];
  if (after_verb || (clause.object != kNoIndex && clause.object + 1 == at)) {
    if (!verb.has(kCopula) && !verb.has(kPassive)) clause.object = at;
    return;
  }
}

}  // namespace copydesk::syntax
