// SPDX-License-Identifier: Apache-2.0
// Whether a noun phrase and its finite verb begin at a chunk.
#include <algorithm>

#include "stages/syntax/chunk_tests.h"
#include "stages/syntax/extents.h"

namespace copydesk::syntax {
namespace {

/// After "and": a new subject and its verb, which is no verb of "A and B": "he", or a singular verb.
bool begins_clause(const Unit& unit, std::uint32_t chunk) {
  if (!is_finite_verb(unit[chunk + 1]) || unit[chunk + 1].has(kModal)) return false;
  if (unit[chunk].has(kPronoun)) return true;
  return unit.words[unit[chunk + 1].begin].tag == tag::Tag::kVBZ;
}

/// Past a list of nouns that goes on at `comma`: ", b, c of d and e"; else kNoIndex.
std::uint32_t past_list(const Unit& unit, std::uint32_t comma) {
  constexpr int kItems = 8;
  std::uint32_t i = comma;
  for (int item = 0; item < kItems; ++item) {
    const bool last = unit.is(i, ChunkKind::kConjunction) ||
                      (unit.is(i, ChunkKind::kComma) && unit.is(i + 1, ChunkKind::kConjunction));
    if (last && item == 0) return kNoIndex;
    if (!last && !unit.is(i, ChunkKind::kComma)) return kNoIndex;
    i += unit.is(i, ChunkKind::kComma) && last ? 2 : 1;
    if (!unit.is(i, ChunkKind::kNoun) || unit[i].has(kPronoun)) return kNoIndex;
    ++i;
    while (i < comma + kExtentReach && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
    if (last) return i;
  }
  return kNoIndex;
}

/// Reads on from a noun phrase to the finite verb whose subject it may be.
class VerbSearch {
 public:
  VerbSearch(const Unit& unit, std::uint32_t chunk) : unit_(unit), chunk_(chunk), at_(chunk) {}

  [[nodiscard]] bool finds_verb();

 private:
  enum class Step : std::uint8_t { kGoOn, kFound, kNone };

  [[nodiscard]] bool passes_subject();
  void over(std::uint32_t chunks) { at_ += chunks; }
  /// Over `at_` and the noun phrase after it, if there is one.
  void over_with_noun() { at_ += unit_.is(at_ + 1, ChunkKind::kNoun) ? 2 : 1; }
  [[nodiscard]] Step step();
  [[nodiscard]] Step verb();
  [[nodiscard]] Step preposition();
  [[nodiscard]] Step conjunction();
  [[nodiscard]] Step comma();
  [[nodiscard]] Step dash();
  [[nodiscard]] Step noun();

  const Unit& unit_;
  std::uint32_t chunk_;
  std::uint32_t at_;
  std::uint32_t limit_ = 0;
  bool relative_ = false;      ///< in a relative clause on the subject
  bool had_relative_ = false;  ///< nouns after its verb belong to it
};

/// Over the first phrase. False where nothing that may be a subject stands there.
bool VerbSearch::passes_subject() {
  switch (unit_[at_].kind) {
    case ChunkKind::kNoun:
    case ChunkKind::kAdjective: break;  // "much of the talk was …"
    case ChunkKind::kVerb:              // "using it was …"
      if (!unit_[at_].has(kGerundVerb)) return false;
      if (unit_.is(at_ + 1, ChunkKind::kNoun)) ++at_;
      break;
    case ChunkKind::kPrep:         // "in Oss it rains"
    case ChunkKind::kConjunction:  // "neither Lee nor Poe did"
      if (!unit_.is(at_ + 1, ChunkKind::kNoun)) return false;
      ++at_;
      break;
    default: return false;
  }
  constexpr std::uint32_t kReach = 22;
  limit_ = std::min(unit_.size(), at_ + kReach);
  ++at_;
  return true;
}

VerbSearch::Step VerbSearch::verb() {
  const Chunk& c = unit_[at_];
  if (c.has(kFinite) || c.flags == 0) {
    if (!relative_) return Step::kFound;
    relative_ = false;
    had_relative_ = true;
  }
  over_with_noun();
  return Step::kGoOn;
}

VerbSearch::Step VerbSearch::preposition() {
  switch (const Chunk& c = unit_[at_]; c.word_class) {
    case WordClass::kAs:
    case WordClass::kSubordinator:  // "the toll during the flood was", but not "the toll after he left"
      if (!unit_.is(at_ + 1, ChunkKind::kNoun) || unit_[chunk_].has(kTimePhrase)) return Step::kNone;
      if (unit_[at_ + 1].has(kPronoun) && is_finite_verb(unit_[at_ + 2])) return Step::kNone;
      if (c.word_class == WordClass::kAs && unit_[at_ + 1].has(kName) && is_finite_verb(unit_[at_ + 2]))
        return Step::kNone;
      over(2);
      return Step::kGoOn;
    case WordClass::kWhile:
    case WordClass::kBecause:
    case WordClass::kIf: return Step::kNone;
    default: over_with_noun(); return Step::kGoOn;
  }
}

VerbSearch::Step VerbSearch::conjunction() {
  if (had_relative_ && is_finite_verb(unit_[at_ + 1])) {  // "the man who came and saw it left"
    relative_ = true;
    over(1);
    return Step::kGoOn;
  }
  const bool phrase = unit_.is(at_ + 1, ChunkKind::kNoun) || unit_.is(at_ + 1, ChunkKind::kAdjective);
  if (!phrase || begins_clause(unit_, at_ + 1)) return Step::kNone;
  over(2);
  return Step::kGoOn;
}

VerbSearch::Step VerbSearch::comma() {
  if (const std::uint32_t past = past_list(unit_, at_);
      past != kNoIndex && past < limit_ && is_finite_verb(unit_[past])) {
    at_ = past;  // "remarks from A, B and C were"
    return Step::kGoOn;
  }
  if (unit_.is(at_ + 1, ChunkKind::kConjunction)) {  // "A, B, and C were"
    if (!unit_.is(at_ + 2, ChunkKind::kNoun) || unit_[at_ + 1].word_class == WordClass::kBut) return Step::kNone;
    if (begins_clause(unit_, at_ + 2)) return Step::kNone;
    over(3);
    return Step::kGoOn;
  }
  const bool participle = unit_.is(at_ + 1, ChunkKind::kVerb) && unit_[at_ + 1].has(kGerundVerb);
  std::uint32_t end = at_ + 1;
  const bool relative_inside = unit_.is(end, ChunkKind::kWh) || unit_.is(end + 1, ChunkKind::kWh);
  bool finite = false;
  while (end < limit_ && !unit_.is(end, ChunkKind::kComma) && !ends_sentence(unit_[end].kind)) {
    finite = finite || is_finite_verb(unit_[end]);
    ++end;
  }
  if (!unit_.is(end, ChunkKind::kComma) || (finite && !relative_inside)) return Step::kNone;
  if (end + 1 < unit_.size() && is_finite_verb(unit_[end + 1])) return Step::kFound;
  if (participle) return Step::kNone;
  at_ = end;
  const bool goes_on = unit_.is(end + 1, ChunkKind::kNoun) || unit_.is(end + 1, ChunkKind::kConjunction);
  return goes_on ? Step::kGoOn : Step::kNone;
}

VerbSearch::Step VerbSearch::dash() {
  std::uint32_t end = at_ + 1;
  while (end < limit_ && !unit_.is(end, ChunkKind::kDash) && !ends_sentence(unit_[end].kind)) ++end;
  if (!unit_.is(end, ChunkKind::kDash)) return Step::kNone;
  at_ = end + 1;
  return Step::kGoOn;
}

VerbSearch::Step VerbSearch::noun() {
  const Chunk& c = unit_[at_];
  if (!c.has(kTimePhrase) && !relative_ && !had_relative_) {
    // "the claims he made were …"
    const bool contact = (c.has(kPronoun) || c.has(kName)) && at_ + 1 < limit_ && is_finite_verb(unit_[at_ + 1]);
    if (!contact) return Step::kNone;
    relative_ = true;
  }
  over(1);
  return Step::kGoOn;
}

VerbSearch::Step VerbSearch::step() {
  switch (unit_[at_].kind) {
    case ChunkKind::kVerb: return verb();
    case ChunkKind::kPrep: return preposition();
    case ChunkKind::kAdverb:
    case ChunkKind::kAdjective:
    case ChunkKind::kOpenParen:
    case ChunkKind::kCloseParen: over(1); return Step::kGoOn;
    case ChunkKind::kConjunction: return conjunction();
    case ChunkKind::kWh:
    case ChunkKind::kThat:
      if (relative_) return Step::kNone;
      relative_ = true;
      over(1);
      return Step::kGoOn;
    case ChunkKind::kComma: return comma();
    case ChunkKind::kDash: return dash();
    case ChunkKind::kNoun: return noun();
    default: return Step::kNone;
  }
}

bool VerbSearch::finds_verb() {
  if (at_ >= unit_.size() || !passes_subject()) return false;
  while (at_ < limit_) {
    if (const Step next = step(); next != Step::kGoOn) return next == Step::kFound;
  }
  return false;
}

}  // namespace

bool is_clause(const Unit& unit, std::uint32_t chunk) {
  return VerbSearch(unit, chunk).finds_verb();
}

}  // namespace copydesk::syntax
