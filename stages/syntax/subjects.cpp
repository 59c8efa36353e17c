// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/subjects.h"

#include <algorithm>

namespace copydesk::syntax {
namespace {

bool is_relative(const Chunk& chunk) {
  return chunk.kind == ChunkKind::kWh && (chunk.word_class == WordClass::kWho || chunk.word_class == WordClass::kWhich);
}

bool breaks_segment(ChunkKind kind) {
  return kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon || kind == ChunkKind::kQuoted ||
         kind == ChunkKind::kColon;
}

/// Prepositions that may hang on a name: not "after", "because of", "as".
bool attaches(const Chunk& prep) {
  switch (prep.word_class) {
    case WordClass::kSubordinator:
    case WordClass::kBecause:
    case WordClass::kWhile:
    case WordClass::kIf:
    case WordClass::kWhether:
    case WordClass::kThan:
    case WordClass::kAs: return false;
    default: return true;
  }
}

/// Where [begin, end) is a noun phrase with a relative clause and nothing else: past the noun phrase; else kNoIndex.
std::uint32_t noun_with_relative(const Unit& unit, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t i = begin;
  if (unit.is(i, ChunkKind::kConjunction)) ++i;
  if (!unit.is(i, ChunkKind::kNoun)) return kNoIndex;
  while (i < end && (unit.is(i, ChunkKind::kNoun) || unit.is(i, ChunkKind::kPrep))) ++i;
  const std::uint32_t noun = i;
  if (i >= end || !(is_relative(unit[i]) || unit[i].kind == ChunkKind::kThat)) return kNoIndex;
  int finite = 0;
  for (; i < end; ++i) finite += unit[i].kind == ChunkKind::kVerb && unit[i].has(kFinite) ? 1 : 0;
  return finite <= 2 ? noun : kNoIndex;
}

/// Opens where somebody is from: "of Quay Road".
bool is_address(const Chunk& prep) {
  return prep.word_class == WordClass::kOf || prep.word_class == WordClass::kFrom;
}

/// The subject where a comma stands before the verb: "Ann Lee, a farmer in Oss, said"; "…," Ann Lee, who …, said".
ChunkRange subject_before_comma(const Unit& unit, std::uint32_t comma, std::uint32_t floor) {
  ChunkRange best;
  std::uint32_t segment_end = comma;  // the segment is (i, segment_end)
  std::uint32_t i = comma;
  while (true) {
    // Walk to the start of the segment.
    std::uint32_t begin = i;
    bool finite = false;
    while (begin > floor && !unit.is(begin - 1, ChunkKind::kComma) && !breaks_segment(unit[begin - 1].kind) &&
           !unit.is(begin - 1, ChunkKind::kDash)) {
      --begin;
      if (unit[begin].kind == ChunkKind::kVerb && unit[begin].has(kFinite)) finite = true;
    }
    if (begin < segment_end) {
      const Chunk& first = unit[begin];
      const bool relative = is_relative(first) ||
                            (first.kind == ChunkKind::kPrep && begin + 1 < segment_end && is_relative(unit[begin + 1]));
      if (finite && !relative) {
        // "he won, Ann Lee, a farmer, said": the clause ends the search, unless its only finite verb is that of a
        // relative clause: "the man who came, a farmer, said".
        const std::uint32_t noun = noun_with_relative(unit, begin, segment_end);
        if (noun == kNoIndex) break;
        best = {begin, noun};
      }
      if (!relative && !finite) {
        if (first.kind == ChunkKind::kNoun && !first.has(kTimePhrase)) {
          std::uint32_t end = begin + 1;
          while (end + 1 < segment_end && unit.is(end, ChunkKind::kPrep) && unit.is(end + 1, ChunkKind::kNoun))
            end += 2;
          best = {begin, end};
        } else if (first.word_class == WordClass::kAs && !best.found() && unit.is(begin + 1, ChunkKind::kNoun)) {
          best = noun_phrase_at(unit, begin + 1);  // "As many people, including Ann Lee, said, …"
          break;
        } else if (first.kind == ChunkKind::kConjunction && begin + 1 < segment_end &&
                   unit.is(begin + 1, ChunkKind::kNoun) && !best.found()) {
          best = {begin + 1, begin + 2};
        } else if (best.found() && first.kind == ChunkKind::kPrep && is_address(first)) {
          // "Ann Lee, 47, of Quay Road, Oss, said": what was found so far is an address.
        } else if (best.found() && first.kind != ChunkKind::kAdverb && first.kind != ChunkKind::kVerb &&
                   first.kind != ChunkKind::kAdjective) {
          break;
        } else if (first.kind == ChunkKind::kPrep && best.found()) {
          break;
        }
      }
    }
    if (begin == floor || !unit.is(begin - 1, ChunkKind::kComma)) break;
    segment_end = begin - 1;
    i = begin - 1;
  }
  return best;
}

/// Nothing that the noun phrase at `chunk` could depend on stands before it.
bool opens_clause(const Unit& unit, std::uint32_t chunk) {
  if (chunk == 0) return true;
  const Chunk& before = unit[chunk - 1];
  switch (before.kind) {
    case ChunkKind::kThat:
    case ChunkKind::kQuoted:
    case ChunkKind::kStop:
    case ChunkKind::kWh:
    case ChunkKind::kConjunction: return true;
    case ChunkKind::kPrep: return !attaches(before);
    default: return false;
  }
}

/// "Chad, Niger | and Mali": the first chunk of the list whose last pair begins at `pair`; `pair` where there is none.
std::uint32_t list_start(const Unit& unit, std::uint32_t pair, std::uint32_t floor) {
  std::uint32_t first = pair;
  while (first >= floor + 2 && unit.is(first - 1, ChunkKind::kComma) && unit.is(first - 2, ChunkKind::kNoun)) {
    const Chunk& noun = unit[first - 2];
    if (noun.has(kTimePhrase) || noun.has(kPronoun)) return pair;
    first -= 2;
    while (first >= floor + 2 && unit.is(first - 1, ChunkKind::kPrep) && attaches(unit[first - 1]) &&
           unit.is(first - 2, ChunkKind::kNoun) && !unit[first - 2].has(kPronoun)) {
      first -= 2;
    }
    if (opens_clause(unit, first)) return first;
  }
  return pair;
}

}  // namespace

std::uint32_t noun_phrase_start(const Unit& unit, std::uint32_t chunk) {
  std::uint32_t begin = chunk;
  const std::uint32_t floor = chunk > kSubjectReach ? chunk - kSubjectReach : 0;
  while (begin >= floor + 2) {
    const Chunk& before = unit[begin - 1];
    if (before.kind == ChunkKind::kPrep && attaches(before)) {
      const Chunk& left = unit[begin - 2];
      if (left.kind == ChunkKind::kNoun && !left.has(kTimePhrase) && !left.has(kPronoun)) {
        begin -= 2;
        continue;
      }
      if ((left.kind == ChunkKind::kAdjective ||
           (left.kind == ChunkKind::kVerb && (left.has(kParticiple) || left.has(kGerundVerb)))) &&
          begin >= floor + 3 && unit.is(begin - 3, ChunkKind::kNoun) && !unit[begin - 3].has(kPronoun)) {
        begin -= 3;
        continue;
      }
    }
    if (before.kind == ChunkKind::kVerb && (before.has(kGerundVerb) || before.has(kParticiple)) && begin >= floor + 2 &&
        unit.is(begin - 2, ChunkKind::kNoun) && !unit[begin - 2].has(kPronoun)) {
      begin -= 2;
      continue;
    }
    break;
  }
  // "X and Y said": two names, the first of which is no object of a verb.
  if (begin >= floor + 2 && unit.is(begin - 1, ChunkKind::kConjunction) &&
      unit[begin - 1].word_class == WordClass::kAnd && unit.is(begin - 2, ChunkKind::kNoun)) {
    const std::uint32_t first = begin - 2;
    const bool free = first == 0 || unit.is(first - 1, ChunkKind::kComma) || unit.is(first - 1, ChunkKind::kThat) ||
                      unit.is(first - 1, ChunkKind::kQuoted) || unit.is(first - 1, ChunkKind::kStop) ||
                      unit.is(first - 1, ChunkKind::kWh) || unit.is(first - 1, ChunkKind::kConjunction) ||
                      (unit.is(first - 1, ChunkKind::kPrep) && !attaches(unit[first - 1]));
    if (free) return list_start(unit, first, floor);
  }
  return begin;
}

ChunkRange noun_phrase_at(const Unit& unit, std::uint32_t chunk) {
  if (!unit.is(chunk, ChunkKind::kNoun)) return {};
  std::uint32_t end = chunk + 1;
  const std::uint32_t limit = std::min(unit.size(), chunk + kSubjectReach);
  while (end + 1 < limit && unit.is(end, ChunkKind::kPrep) && attaches(unit[end]) &&
         unit.is(end + 1, ChunkKind::kNoun) && !unit[end + 1].has(kTimePhrase) &&
         (unit[end].word_class == WordClass::kOf || unit[end].word_class == WordClass::kFor ||
          unit[end].word_class == WordClass::kAt || unit[end].word_class == WordClass::kFrom ||
          unit[end].word_class == WordClass::kWith || unit[end].word_class == WordClass::kIn)) {
    end += 2;
  }
  return {chunk, end};
}

ChunkRange modified_noun_phrase_at(const Unit& unit, std::uint32_t chunk) {
  constexpr std::uint32_t kModifier = 12;
  ChunkRange noun = noun_phrase_at(unit, chunk);
  if (!noun.found()) return noun;
  const Chunk& next = unit[noun.end];
  const bool adjective = next.kind == ChunkKind::kAdjective && unit.is(noun.end + 1, ChunkKind::kPrep);
  const bool participle = next.kind == ChunkKind::kVerb && (next.has(kParticiple) || next.has(kGerundVerb));
  if (!adjective && !participle) return noun;
  const std::uint32_t limit = std::min(unit.size(), noun.end + kModifier);
  std::uint32_t end = noun.end + 1;
  while (end < limit && (unit.is(end, ChunkKind::kNoun) || unit.is(end, ChunkKind::kPrep) ||
                         unit.is(end, ChunkKind::kAdverb) || unit.is(end, ChunkKind::kAdjective))) {
    ++end;
  }
  if (end >= unit.size() || unit.is(end, ChunkKind::kComma) || unit.is(end, ChunkKind::kStop)) noun.end = end;
  return noun;
}

namespace {

/// "Citing the cost, the mayor said …": the subject after the comma that ends a participle's phrase.
ChunkRange subject_after(const Unit& unit, std::uint32_t verb) {
  const std::uint32_t limit = std::min(unit.size(), verb + kSubjectReach);
  for (std::uint32_t i = verb + 1; i + 1 < limit; ++i) {
    if (breaks_segment(unit[i].kind)) break;
    if (unit[i].kind == ChunkKind::kComma && unit.is(i + 1, ChunkKind::kNoun) && !unit[i + 1].has(kTimePhrase)) {
      std::uint32_t j = i + 2;
      while (j < limit &&
             (unit.is(j, ChunkKind::kAdverb) || unit.is(j, ChunkKind::kPrep) || unit.is(j, ChunkKind::kNoun)))
        ++j;
      if (unit.is(j, ChunkKind::kVerb) || unit.is(j, ChunkKind::kComma)) return noun_phrase_at(unit, i + 1);
    }
  }
  return {};
}

}  // namespace

namespace {

bool has_comma(const Unit& unit, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end; ++i) {
    if (unit[i].kind == ChunkKind::kComma) return true;
  }
  return false;
}

/// "firms that had insured the mines agreed": where the noun phrase at `begin` ends a relative clause, the chunk that
/// the clause is about; else kNoIndex.
std::uint32_t before_relative_clause(const Unit& unit, std::uint32_t begin, std::uint32_t floor) {
  std::uint32_t i = begin;
  if (i <= floor + 2 || !unit.is(i - 1, ChunkKind::kVerb) || !unit[i - 1].has(kFinite)) return kNoIndex;
  --i;
  while (i > floor && unit.is(i - 1, ChunkKind::kAdverb)) --i;
  if (i <= floor + 1 || !(unit.is(i - 1, ChunkKind::kThat) || is_relative(unit[i - 1]))) return kNoIndex;
  return unit.is(i - 2, ChunkKind::kNoun) ? i - 2 : kNoIndex;
}

/// "after he left", "that it rained": a subordinator stands before the noun phrase before `verb`.
bool is_subordinate(const Unit& unit, std::uint32_t verb, std::uint32_t floor) {
  std::uint32_t i = verb;
  while (i > floor && (unit.is(i - 1, ChunkKind::kAdverb))) --i;
  if (i <= floor || !unit.is(i - 1, ChunkKind::kNoun)) return false;
  i = noun_phrase_start(unit, i - 1);
  if (i <= floor) return false;
  const Chunk& before = unit[i - 1];
  return before.kind == ChunkKind::kThat || before.kind == ChunkKind::kWh ||
         (before.kind == ChunkKind::kPrep && !attaches(before));
}

/// The finite verb on which the infinitive or participle `verb` depends, over its objects: "went on air to defend";
/// kNoIndex where a comma or a conjunction comes first.
std::uint32_t governor_of(const Unit& unit, std::uint32_t verb) {
  const std::uint32_t floor = verb > 10 ? verb - 10 : 0;
  for (std::uint32_t i = verb; i > floor; --i) {
    const Chunk& c = unit[i - 1];
    if (c.kind == ChunkKind::kVerb && c.has(kFinite)) return i - 1;
    if (c.kind != ChunkKind::kNoun && c.kind != ChunkKind::kPrep && c.kind != ChunkKind::kAdverb &&
        c.kind != ChunkKind::kAdjective && c.kind != ChunkKind::kVerb) {
      return kNoIndex;
    }
  }
  return kNoIndex;
}

/// Looks for one verb's subject, chunk by chunk to the left; each kind of chunk that may stand between has its step.
class SubjectSearch {
 public:
  SubjectSearch(const Unit& unit, const Lexicon& lexicon, std::uint32_t verb, int depth)
      : unit_(unit),
        lexicon_(lexicon),
        verb_(verb),
        depth_(depth),
        floor_(verb > kSubjectReach ? verb - kSubjectReach : 0),
        at_(verb) {}

  [[nodiscard]] Subject find();

 private:
  [[nodiscard]] const Chunk& verb() const { return unit_[verb_]; }
  [[nodiscard]] bool is_participle() const { return verb().has(kGerundVerb) && !verb().has(kFinite); }
  [[nodiscard]] Subject of_verb(std::uint32_t other) const { return subject_of(unit_, lexicon_, other, depth_ + 1); }
  [[nodiscard]] Subject phrase_to(std::uint32_t last) const { return {{noun_phrase_start(unit_, last), last + 1}, {}}; }

  [[nodiscard]] bool is_controlled() const;
  [[nodiscard]] bool controller(Subject& subject) const;
  [[nodiscard]] bool opens_unit() const;
  [[nodiscard]] bool over_brackets();
  [[nodiscard]] bool over_time(std::uint32_t noun);
  [[nodiscard]] bool over_preposition();
  [[nodiscard]] Subject of_noun(std::uint32_t noun) const;
  [[nodiscard]] Subject of_participle_after(std::uint32_t noun) const;
  [[nodiscard]] Subject of_relative(std::uint32_t opener) const;
  [[nodiscard]] Subject over_joint(std::uint32_t joint) const;
  [[nodiscard]] bool of_verb_before(std::uint32_t joint, Subject& subject) const;
  [[nodiscard]] Subject before_dash(std::uint32_t dash) const;

  const Unit& unit_;
  const Lexicon& lexicon_;
  std::uint32_t verb_;
  int depth_;
  std::uint32_t floor_;
  std::uint32_t at_;
  bool through_verb_ = false;  ///< a verb that is not finite, or a preposition, stood between
};

bool SubjectSearch::is_controlled() const {
  return verb_ > 0 && (verb().has(kToVerb) || (verb().has(kGerundVerb) && unit_.is(verb_ - 1, ChunkKind::kPrep)));
}

/// "asked them to leave", "criticized them for leaving": who leaves is the object; else it is the subject of the verb
/// that governs. False where no verb governs.
bool SubjectSearch::controller(Subject& subject) const {
  const std::uint32_t governor = governor_of(unit_, verb_);
  if (governor == kNoIndex) return false;
  const WordClass prep = unit_[verb_ - 1].word_class;
  const std::uint32_t frames = lexicon_.cue(unit_[governor].cue).frames;
  const bool object = !unit_[governor].has(kPassive) && unit_.is(governor + 1, ChunkKind::kNoun) &&
                      governor + 1 < verb_ &&
                      ((verb().has(kToVerb) && governor + 2 == verb_ && (frames & kObjectInfinitive) != 0) ||
                       (prep == WordClass::kFor && (frames & kObjectFor) != 0) ||
                       (prep == WordClass::kOf && (frames & kObjectOf) != 0));
  subject = object ? Subject{{governor + 1, governor + 2}, {}} : of_verb(governor);
  return true;
}

/// A participle at the start of the unit, alone or after a preposition: "Citing …", "By citing …", "Despite citing …".
bool SubjectSearch::opens_unit() const {
  std::uint32_t start = verb_;
  while (start > 0 && start + 3 > verb_ &&
         (unit_.is(start - 1, ChunkKind::kPrep) || unit_.is(start - 1, ChunkKind::kAdverb)))
    --start;
  // "In addition to saying …"
  if (start > 0 && start < verb_ && verb_ <= 6 && unit_.is(0, ChunkKind::kPrep)) {
    bool finite = false;
    for (std::uint32_t i = 0; i < verb_; ++i) finite = finite || unit_[i].has(kFinite);
    if (!finite) start = 0;
  }
  return start == 0;
}

bool SubjectSearch::over_brackets() {
  std::uint32_t open = at_ - 1;
  while (open > floor_ && !unit_.is(open, ChunkKind::kOpenParen)) --open;
  if (!unit_.is(open, ChunkKind::kOpenParen)) return false;
  at_ = open;
  return true;
}

/// "Ann Lee on Tuesday said": a time phrase that is no subject.
bool SubjectSearch::over_time(std::uint32_t noun) {
  if (!unit_[noun].has(kTimePhrase) || noun <= floor_) return false;
  const Chunk& before = unit_[noun - 1];
  if (before.kind == ChunkKind::kNoun || before.kind == ChunkKind::kComma || before.kind == ChunkKind::kCloseParen ||
      before.kind == ChunkKind::kQuoted || before.kind == ChunkKind::kAdverb) {
    at_ = noun;
    return true;
  }
  if (before.kind == ChunkKind::kPrep && noun - 1 > floor_ && unit_.is(noun - 2, ChunkKind::kNoun) &&
      before.word_class == WordClass::kOn) {
    at_ = noun - 1;
    return true;
  }
  return false;
}

bool SubjectSearch::over_preposition() {
  if (!through_verb_ && !verb().has(kGerundVerb) && !verb().has(kToVerb)) return false;
  --at_;
  through_verb_ = true;
  return true;
}

Subject SubjectSearch::of_noun(std::uint32_t noun) const {
  if (through_verb_) return phrase_to(noun);
  if (is_participle()) return of_participle_after(noun);
  const std::uint32_t start = noun_phrase_start(unit_, noun);
  const std::uint32_t about = before_relative_clause(unit_, start, floor_);
  return about != kNoIndex ? phrase_to(about) : Subject{{start, noun + 1}, {}};
}

Subject SubjectSearch::of_participle_after(std::uint32_t noun) const {
  const Chunk& chunk = unit_[noun];
  // "issued a statement saying …": who issued it, unless it is a person who says.
  const std::uint32_t governor = governor_of(unit_, verb_);
  if (lexicon_.cue(verb().cue).speech && governor != kNoIndex && !chunk.has(kName) && !chunk.has(kPronoun) &&
      !unit_[governor].has(kCopula)) {
    return of_verb(governor);
  }
  const bool of = noun > floor_ + 1 && unit_[noun - 1].word_class == WordClass::kOf;
  // "footage of Ann Lee saying …"; else "super PACs supporting …": the nearest noun, or what it is a part of.
  const bool name = chunk.has(kName) && of && !unit_[noun - 2].has(kName);
  return of && !name ? phrase_to(noun) : Subject{{noun, noun + 1}, {}};
}

/// "who said", "that says": the opener is the subject, and stands for the noun phrase before it.
Subject SubjectSearch::of_relative(std::uint32_t opener) const {
  const Chunk& chunk = unit_[opener];
  if (chunk.kind != ChunkKind::kThat && !is_relative(chunk)) return {};
  Subject subject{{opener, opener + 1}, {}};
  std::uint32_t left = opener;
  if (left > floor_ && unit_.is(left - 1, ChunkKind::kComma)) --left;
  if (left > floor_ && unit_.is(left - 1, ChunkKind::kNoun)) {
    subject.antecedent = {noun_phrase_start(unit_, left - 1), left};
  }
  return subject;
}

/// The subject of the nearest finite verb before a comma or a conjunction, if there is one. Not that of a relative
/// clause, and for a participle not that of any subordinate clause.
bool SubjectSearch::of_verb_before(std::uint32_t joint, Subject& subject) const {
  for (std::uint32_t i = joint; i > floor_; --i) {
    const Chunk& other = unit_[i - 1];
    if (other.kind == ChunkKind::kStop || other.kind == ChunkKind::kSemicolon) return false;
    if (other.kind != ChunkKind::kVerb || !other.has(kFinite)) continue;
    if (i >= 2 && is_relative(unit_[i - 2]) && (is_participle() || has_comma(unit_, i, joint + 1))) continue;
    if (is_participle() && is_subordinate(unit_, i - 1, floor_)) continue;
    subject = of_verb(i - 1);
    return true;
  }
  return false;
}

/// A coordinated verb ("accused … and suggested"), or a participle after a comma (", adding"), shares the subject of
/// the verb before it; another verb after a comma has its own before an apposition.
Subject SubjectSearch::over_joint(std::uint32_t joint) const {
  const bool coordinated = unit_[joint].kind == ChunkKind::kConjunction;
  if (!coordinated && !is_participle() && !through_verb_) return {subject_before_comma(unit_, joint, floor_), {}};
  Subject subject;
  if (of_verb_before(joint, subject)) return subject;
  if (is_participle() && !coordinated && floor_ == 0 && unit_.is(0, ChunkKind::kNoun) && !unit_[0].has(kTimePhrase)) {
    return {noun_phrase_at(unit_, 0), {}};  // the tagger took the main verb for a participle
  }
  // "But Ann Lee (Greens), noting …, said"
  if (is_participle() && !coordinated) return {subject_before_comma(unit_, joint, floor_), {}};
  if (coordinated && joint > floor_ && unit_.is(joint - 1, ChunkKind::kNoun)) return phrase_to(joint - 1);
  return {};
}

/// "Ann Lee -- a farmer -- said"
Subject SubjectSearch::before_dash(std::uint32_t dash) const {
  std::uint32_t open = dash;
  while (open > floor_ && !unit_.is(open - 1, ChunkKind::kDash)) --open;
  if (open <= floor_ + 1 || !unit_.is(open - 2, ChunkKind::kNoun)) return {};
  return phrase_to(open - 2);
}

Subject SubjectSearch::find() {
  if (Subject subject; is_controlled() && controller(subject)) return subject;
  if (verb().has(kGerundVerb) && opens_unit()) return {subject_after(unit_, verb_), {}};
  while (at_ > floor_) {
    const std::uint32_t before = at_ - 1;
    switch (unit_[before].kind) {
      case ChunkKind::kAdverb:
      case ChunkKind::kAdjective: at_ = before; break;
      case ChunkKind::kCloseParen:
        if (!over_brackets()) return {};
        break;
      case ChunkKind::kNoun:
        if (through_verb_ || !over_time(before)) return of_noun(before);
        break;
      case ChunkKind::kThat:
      case ChunkKind::kWh: return of_relative(before);
      case ChunkKind::kConjunction:
      case ChunkKind::kComma: return over_joint(before);
      case ChunkKind::kDash: return before_dash(before);
      case ChunkKind::kVerb:
        if (unit_[before].has(kFinite)) return of_verb(before);
        at_ = before;
        through_verb_ = true;
        break;
      case ChunkKind::kPrep:
        if (!over_preposition()) return {};
        break;
      default: return {};
    }
  }
  return {};
}

}  // namespace

Subject subject_of(const Unit& unit, const Lexicon& lexicon, std::uint32_t verb, int depth) {
  constexpr int kDeepest = 4;
  return depth > kDeepest ? Subject{} : SubjectSearch(unit, lexicon, verb, depth).find();
}

}  // namespace copydesk::syntax
