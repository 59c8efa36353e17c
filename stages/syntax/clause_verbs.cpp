// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/clause_builder.h"

namespace copydesk::syntax {

void ClauseBuilder::set_verb(std::uint32_t at) {
  Clause& clause = top();
  clause.verb = at;
  // "that, if given undiluted, would cause": nothing but adjuncts stood between.
  if (clause.subject == kNoIndex && clause.opener != kNoIndex && stands_for_noun(unit_[clause.opener])) {
    clause.subject = clause.opener;
  }
}

/// "did | he | go", "said | Ann Lee": the noun phrase after a verb that has none before it.
void ClauseBuilder::subject_after(std::uint32_t at) {
  Clause& clause = top();
  if (clause.subject != kNoIndex || !unit_.is(at + 1, ChunkKind::kNoun)) return;
  const Chunk& verb = unit_[at];
  const std::uint32_t next = past_adverbs(at + 2);
  if (is_auxiliary(unit_, verb)) {
    clause.subject = at + 1;
    if (unit_.is(next, ChunkKind::kVerb) && !unit_[next].has(kFinite) && !unit_[next].has(kToVerb)) asked_ = at;
    return;
  }
  const bool after_quotation = at > 0 && (unit_.is(at - 1, ChunkKind::kQuoted) || unit_.is(at - 1, ChunkKind::kComma));
  if (after_quotation) clause.subject = at + 1;
}

void ClauseBuilder::finite_verb(std::uint32_t at) {
  const std::uint32_t before = before_adverbs(at);
  const bool conjunction = (before > 0 && unit_.is(before - 1, ChunkKind::kConjunction)) || joined_ != kNoIndex;
  joined_ = kNoIndex;
  if (top().verb == kNoIndex) {
    set_verb(at);
    subject_after(at);
    return;
  }
  if (conjunction) {
    coordinated_verb(at);
    return;
  }
  const std::size_t depth = innermost([&](const Clause& c) { return waits(c); });
  if (depth != kNoDepth) {
    close_to(depth + 1, at);
    set_verb(at);
    return;
  }
  // "I think the talks in Oss | failed": what looked like an object is a subject.
  if (last_noun_ != kNoIndex && last_noun_ > top().verb && last_noun_ < at) {
    if (top().object == last_noun_) top().object = kNoIndex;
    open(ClauseKind::kComplement, last_noun_);
    top().subject = last_noun_;
    set_verb(at);
    return;
  }
  const bool comma = before > 0 && unit_.is(before - 1, ChunkKind::kComma);
  if (comma) {
    coordinated_verb(at);
    return;
  }
  const std::size_t empty = innermost([](const Clause& c) { return c.verb == kNoIndex; });
  if (empty != kNoDepth) {
    close_to(empty + 1, at);
    set_verb(at);
    return;
  }
  close_to(1, at);
  open(ClauseKind::kParataxis, at);
  set_verb(at);
}

/// "came and | saw": shares the subject of the finite verb before it.
void ClauseBuilder::coordinated_verb(std::uint32_t at) {
  const std::size_t depth = innermost([&](const Clause& c) { return is_finite_clause(c); });
  share_subject(at, depth == kNoDepth ? buffer_.open.size() - 1 : depth);
}

/// Closes the clause at `depth` and opens one that is coordinated with it, with the same subject.
void ClauseBuilder::share_subject(std::uint32_t at, std::size_t depth) {
  const std::uint32_t first = buffer_.open[depth].clause;
  close_to(depth, at);
  open(ClauseKind::kCoordinate, before_adverbs(at));
  top().parent = first;
  top().subject = buffer_.clauses[first].subject;
  top().shared_subject = true;
  set_verb(at);
}

/// "use | iodised | salt": a participle between a verb and its object.
bool ClauseBuilder::is_modifier(std::uint32_t at) const {
  const Clause& clause = buffer_.clauses[buffer_.open.back().clause];
  return at > 0 && unit_[at].kind == ChunkKind::kVerb && unit_[at].has(kParticiple) && clause.verb == at - 1 &&
         !unit_[at - 1].has(kCopula) && unit_.is(at + 1, ChunkKind::kNoun);
}

void ClauseBuilder::other_verb(std::uint32_t at) {
  const Chunk& verb = unit_[at];
  if (asked_ != kNoIndex && top().verb == asked_) {
    top().verb = at;  // "did he | go"
    asked_ = kNoIndex;
    return;
  }
  const std::uint32_t before = before_adverbs(at);
  const bool bare = !verb.has(kToVerb) && !verb.has(kGerundVerb) && !verb.has(kParticiple);
  const bool conjunction = before > 0 && unit_.is(before - 1, ChunkKind::kConjunction);
  if (bare && top().verb == kNoIndex) {  // an imperative, or a verb that the tagger did not see as finite
    set_verb(at);
    return;
  }
  if (conjunction && top().verb != kNoIndex) {
    share_subject(at, buffer_.open.size() - 1);
    return;
  }
  if (is_modifier(at)) return;
  // "asked them to leave", "for him to go", "footage of them leaving"
  const bool object = top().object != kNoIndex && top().object + 1 == before;
  const bool own = before > 1 && unit_.is(before - 1, ChunkKind::kNoun) &&
                   unit_[before - 2].word_class == WordClass::kFor && verb.has(kToVerb);
  const std::uint32_t subject = own ? before - 1 : object ? top().object : top().subject;
  const bool infinitive = verb.has(kToVerb) || bare;
  const std::size_t waiting = innermost([&](const Clause& c) { return waits(c); });
  std::uint32_t begin = own ? before - 2 : before;
  if (begin == before && before > 0 && unit_.is(before - 1, ChunkKind::kPrep)) --begin;
  open(infinitive ? ClauseKind::kInfinitive : ClauseKind::kParticiple, begin);
  top().subject = subject;
  top().shared_subject = !own;
  if (verb.has(kParticiple) && waiting != kNoDepth && buffer_.open[waiting].participle == kNoIndex) {
    buffer_.open[waiting].participle = buffer_.open.back().clause;
  }
  set_verb(at);
}

}  // namespace copydesk::syntax
