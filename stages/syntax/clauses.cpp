// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/clauses.h"

#include <algorithm>

#include "stages/syntax/clause_builder.h"

namespace copydesk::syntax {

void ClauseBuilder::open(ClauseKind kind, std::uint32_t begin, std::uint32_t opener, bool inserted) {
  constexpr std::size_t kDeepest = 24;  // no sentence that people read is deeper; keeps innermost() constant
  if (buffer_.open.size() >= kDeepest) close_to(1, begin);
  Clause clause;
  clause.kind = kind;
  clause.opener = opener;
  clause.extent = {begin, begin};
  clause.parent = buffer_.open.empty() ? kNoIndex : buffer_.open.back().clause;
  buffer_.open.push_back({static_cast<std::uint32_t>(buffer_.clauses.size()), kNoIndex, inserted});
  buffer_.clauses.push_back(clause);
}

void ClauseBuilder::close_to(std::size_t depth, std::uint32_t end) {
  while (end > 0 && is_joint(unit_[end - 1].kind)) --end;
  while (buffer_.open.size() > depth) {
    if (buffer_.open.back().participle != kNoIndex)
      take_participle(top(), buffer_.clauses[buffer_.open.back().participle]);
    complete(top(), end);
    buffer_.open.pop_back();
  }
}

/// "The mill | burned.": where no finite verb came, the tagger took a past tense for a participle.
void ClauseBuilder::take_participle(Clause& clause, Clause& participle) {
  if (clause.verb != kNoIndex) return;
  clause.verb = participle.verb;
  clause.object = participle.object;
  participle.verb = kNoIndex;
}

/// Sets the end, and the object of "that she built", which is the opener.
void ClauseBuilder::complete(Clause& clause, std::uint32_t end) {
  while (clause.extent.begin < end && is_joint(unit_[clause.extent.begin].kind)) ++clause.extent.begin;
  clause.extent.end = std::max(end, clause.extent.begin);
  if (clause.verb == kNoIndex || clause.opener == kNoIndex || clause.object != kNoIndex ||
      clause.subject == clause.opener)
    return;
  const Chunk& verb = unit_[clause.verb];
  const Chunk& opener = unit_[clause.opener];
  const bool about = opener.kind == ChunkKind::kWh || clause.kind == ClauseKind::kRelative;
  const bool governed = clause.opener > 0 && unit_.is(clause.opener - 1, ChunkKind::kPrep);
  if (about && stands_for_noun(opener) && !governed && !verb.has(kCopula) && !verb.has(kPassive)) {
    clause.object = clause.opener;
  }
}

void ClauseBuilder::step(std::uint32_t at) {
  const Chunk& chunk = unit_[at];
  switch (chunk.kind) {
    case ChunkKind::kNoun: noun(at); break;
    case ChunkKind::kVerb:
      if (chunk.has(kFinite))
        finite_verb(at);
      else
        other_verb(at);
      break;
    case ChunkKind::kPrep: preposition(at); break;
    case ChunkKind::kAdjective:  // "many | left"
      if (top().verb == kNoIndex && top().subject == kNoIndex && is_finite_verb(unit_[past_adverbs(at + 1)])) {
        top().subject = at;
      }
      break;
    case ChunkKind::kThat:
    case ChunkKind::kWh: opener(at); break;
    case ChunkKind::kConjunction: conjunction(at); break;
    case ChunkKind::kOpenParen: insertion(at, true); break;
    case ChunkKind::kCloseParen: insertion(at, false); break;
    default: punctuation(at); break;
  }
}

void ClauseBuilder::punctuation(std::uint32_t at) {
  switch (unit_[at].kind) {
    case ChunkKind::kStop:
    case ChunkKind::kSemicolon:
    case ChunkKind::kColon:
      close_to(0, at);
      open(ClauseKind::kMain, at + 1);
      asked_ = last_noun_ = joined_ = kNoIndex;
      break;
    case ChunkKind::kQuoted: close_to(1, at); break;
    case ChunkKind::kDash: {
      const bool inside = innermost([](const Clause& c) { return c.kind == ClauseKind::kInserted; }) != kNoDepth;
      if (inside || (waits(top()) && !is_finite_verb(unit_[at + 1]))) insertion(at, !inside);
      break;
    }
    default: break;
  }
}

void ClauseBuilder::insertion(std::uint32_t at, bool opens) {
  if (opens) {
    open(ClauseKind::kInserted, at + 1, kNoIndex, true);
    return;
  }
  for (std::size_t depth = buffer_.open.size(); depth > 1; --depth) {
    if (!buffer_.open[depth - 1].inserted) continue;
    close_to(depth - 1, at);
    return;
  }
}

/// Clauses that got no verb are none; what hangs on them hangs on what they hang on.
void ClauseBuilder::drop_verbless() {
  std::vector<Clause>& clauses = buffer_.clauses;
  buffer_.kept.clear();  // by clause: its place, or that of the nearest one around it
  std::uint32_t count = 0;
  for (const Clause clause : clauses) {
    const std::uint32_t around = clause.parent == kNoIndex ? kNoIndex : buffer_.kept[clause.parent];
    buffer_.kept.push_back(clause.verb == kNoIndex ? around : count);
    if (clause.verb == kNoIndex) continue;
    clauses[count] = clause;
    clauses[count].parent = around;
    ++count;
  }
  clauses.resize(count);
}

void find_clauses(const Lexicon& lexicon, Unit& unit, ClauseBuffer& buffer) {
  buffer.clauses.clear();
  buffer.open.clear();
  ClauseBuilder(unit, lexicon, buffer).run();
  unit.clauses = buffer.clauses;
}

}  // namespace copydesk::syntax
