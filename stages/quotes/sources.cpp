#include "stages/quotes/sources.h"

#include <algorithm>

namespace copydesk::quotes {
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
        // "he won, Ann Lee, a farmer, said": the clause ends the search, unless it holds an own relative clause:
        // "the man who came, a farmer, said".
        if (first.kind == ChunkKind::kNoun && !best.found()) {
          std::uint32_t j = begin;
          while (j + 1 < segment_end && (unit.is(j + 1, ChunkKind::kPrep) || unit.is(j + 1, ChunkKind::kNoun))) ++j;
          if (j + 1 < segment_end && is_relative(unit[j + 1])) best = {begin, j + 1};
        }
        break;
      }
      if (!relative && !finite) {
        if (first.kind == ChunkKind::kNoun && !first.has(kTimePhrase)) {
          std::uint32_t end = begin + 1;
          while (end + 1 < segment_end && unit.is(end, ChunkKind::kPrep) && unit.is(end + 1, ChunkKind::kNoun))
            end += 2;
          best = {begin, end};
        } else if (first.kind == ChunkKind::kConjunction && begin + 1 < segment_end &&
                   unit.is(begin + 1, ChunkKind::kNoun) && !best.found()) {
          best = {begin + 1, begin + 2};
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
      if ((left.kind == ChunkKind::kAdjective || (left.kind == ChunkKind::kVerb && left.has(kParticiple))) &&
          begin >= floor + 3 && unit.is(begin - 3, ChunkKind::kNoun) && !unit[begin - 3].has(kPronoun)) {
        begin -= 3;
        continue;
      }
    }
    if (before.kind == ChunkKind::kVerb && before.has(kGerundVerb) && begin >= floor + 2 &&
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
                      unit.is(first - 1, ChunkKind::kQuoted) || unit.is(first - 1, ChunkKind::kStop);
    if (free) return first;
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

Source subject_of(const Unit& unit, std::uint32_t verb, int depth) {
  Source source;
  if (depth > 4) return source;
  const std::uint32_t floor = verb > kSubjectReach ? verb - kSubjectReach : 0;
  std::uint32_t at = verb;
  bool through_verb = false;
  while (at > floor) {
    const std::uint32_t before = at - 1;
    const Chunk& chunk = unit[before];
    switch (chunk.kind) {
      case ChunkKind::kAdverb: at = before; continue;
      case ChunkKind::kCloseParen: {
        std::uint32_t open = before;
        while (open > floor && !unit.is(open, ChunkKind::kOpenParen)) --open;
        if (!unit.is(open, ChunkKind::kOpenParen)) return source;
        at = open;
        continue;
      }
      case ChunkKind::kNoun: {
        if (through_verb) {
          source.mention = {noun_phrase_start(unit, before), before + 1};
          return source;
        }
        if (chunk.has(kTimePhrase) && before > floor &&
            (unit.is(before - 1, ChunkKind::kNoun) || unit.is(before - 1, ChunkKind::kComma))) {
          at = before;
          continue;
        }
        source.mention = {noun_phrase_start(unit, before), before + 1};
        return source;
      }
      case ChunkKind::kThat:
      case ChunkKind::kWh: {
        if (chunk.kind == ChunkKind::kThat || is_relative(chunk)) {
          source.mention = {before, before + 1};
          std::uint32_t left = before;
          if (left > floor && unit.is(left - 1, ChunkKind::kComma)) --left;
          if (left > floor && unit.is(left - 1, ChunkKind::kNoun)) {
            source.antecedent = {noun_phrase_start(unit, left - 1), left};
          }
        }
        return source;
      }
      case ChunkKind::kConjunction:
      case ChunkKind::kComma: {
        // A coordinated verb ("accused … and suggested"), or a participle after a comma (", adding"), shares the
        // subject of the verb before it.
        const bool coordinated = chunk.kind == ChunkKind::kConjunction;
        const bool participle = unit[verb].has(kGerundVerb) && !unit[verb].has(kFinite);
        if (coordinated || participle || through_verb) {
          for (std::uint32_t i = before; i > floor; --i) {
            const Chunk& other = unit[i - 1];
            if (other.kind == ChunkKind::kStop || other.kind == ChunkKind::kSemicolon) break;
            if (other.kind == ChunkKind::kVerb && other.has(kFinite)) {
              // Not the verb of a relative clause.
              if (i >= 2 && (is_relative(unit[i - 2]))) continue;
              return subject_of(unit, i - 1, depth + 1);
            }
          }
          if (coordinated && before > floor && unit.is(before - 1, ChunkKind::kNoun)) {
            source.mention = {noun_phrase_start(unit, before - 1), before};
          }
          return source;
        }
        source.mention = subject_before_comma(unit, before, floor);
        return source;
      }
      case ChunkKind::kVerb:
        at = before;
        through_verb = true;
        if (chunk.has(kFinite)) return subject_of(unit, before, depth + 1);
        continue;
      case ChunkKind::kPrep:
        if (through_verb || unit[verb].has(kGerundVerb) || unit[verb].has(kToVerb)) {
          at = before;
          through_verb = true;
          continue;
        }
        return source;
      case ChunkKind::kAdjective: at = before; continue;
      default: return source;
    }
  }
  return source;
}

}  // namespace copydesk::quotes
