// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/extents.h"

#include <algorithm>

namespace copydesk::syntax {
namespace {

bool ends_sentence(ChunkKind kind) {
  return kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon;
}

bool is_finite(const Chunk& chunk) {
  return chunk.kind == ChunkKind::kVerb && chunk.has(kFinite);
}

/// A verb that mostly reports where it takes a clause: "saying", "noting", but not "standing".
bool reports(const Cue& cue) {
  constexpr std::uint32_t kMostly = 70;  // percent; measured, see docs/quotes.md
  return cue.speech || cue.rate(kThatClause) >= kMostly;
}

/// "he said" or "said he", with nothing that it takes, at `chunk`.
bool is_parenthetical_cue(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  std::uint32_t i = chunk;
  const std::uint32_t limit = std::min(unit.size(), chunk + 8);
  if (unit.is(i, ChunkKind::kPrep) && unit[i].word_class == WordClass::kAs) ++i;
  if (i < limit && unit[i].word_class == WordClass::kAccording) return true;
  if (!unit.is(i, ChunkKind::kNoun)) return false;
  ++i;
  while (i + 1 < limit && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
  while (unit.is(i, ChunkKind::kAdverb)) ++i;
  if (!unit.is(i, ChunkKind::kVerb) || (lexicon.cue(unit[i].cue).frames & kParenthetical) == 0) return false;
  ++i;
  while (unit.is(i, ChunkKind::kAdverb) || (unit.is(i, ChunkKind::kNoun) && unit[i].has(kTimePhrase))) ++i;
  return i >= unit.size() || unit.is(i, ChunkKind::kComma) || unit.is(i, ChunkKind::kStop) ||
         unit.is(i, ChunkKind::kPrep);
}

/// After a conjunction: a verb of speech, or a noun phrase and a verb of speech ("and he urged").
bool begins_report(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  while (unit.is(chunk, ChunkKind::kAdverb)) ++chunk;
  if (unit.is(chunk, ChunkKind::kNoun)) {
    ++chunk;
    while (unit.is(chunk, ChunkKind::kPrep) && unit.is(chunk + 1, ChunkKind::kNoun)) chunk += 2;
  }
  if (unit.is(chunk + 1, ChunkKind::kVerb) && unit[chunk + 1].has(kToVerb) &&
      (lexicon.cue(unit[chunk].cue).frames & kInfinitive) == 0) {
    return false;  // "and continues to aim"
  }
  if (!unit.is(chunk, ChunkKind::kVerb) || unit[chunk].has(kPassive) || unit[chunk].has(kModal)) return false;
  const Cue& cue = lexicon.cue(unit[chunk].cue);
  return cue.speech || ((cue.frames & kThatClause) != 0 && unit.is(chunk + 1, ChunkKind::kThat));
}

/// After ", but": no subject of its own, and no verb that reports: "not today", "had to leave", "that it leaks".
bool goes_on_without_subject(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  while (unit.is(chunk, ChunkKind::kAdverb)) ++chunk;
  const Chunk& c = unit[chunk];
  if (c.kind == ChunkKind::kThat) return true;
  if (c.kind == ChunkKind::kVerb) return !reports(lexicon.cue(c.cue));
  return (c.kind == ChunkKind::kPrep || c.kind == ChunkKind::kNoun || c.kind == ChunkKind::kAdjective) &&
         !is_clause(unit, chunk) && !begins_report(unit, lexicon, chunk);
}

/// After "and": a new subject and its verb, which is no verb of "A and B": "he", or a singular verb.
bool begins_clause(const Unit& unit, std::uint32_t chunk) {
  if (!is_finite(unit[chunk + 1]) || unit[chunk + 1].has(kModal)) return false;
  if (unit[chunk].has(kPronoun)) return true;
  return unit.words[unit[chunk + 1].begin].tag == Tag::kVBZ;
}

/// Past a list of nouns that goes on at `comma`: ", b, c of d and e"; else kNone.
std::uint32_t past_list(const Unit& unit, std::uint32_t comma) {
  constexpr int kItems = 8;
  std::uint32_t i = comma;
  for (int item = 0; item < kItems; ++item) {
    const bool last = unit.is(i, ChunkKind::kConjunction) ||
                      (unit.is(i, ChunkKind::kComma) && unit.is(i + 1, ChunkKind::kConjunction));
    if (last && item == 0) return kNone;
    if (!last && !unit.is(i, ChunkKind::kComma)) return kNone;
    i += unit.is(i, ChunkKind::kComma) && last ? 2 : 1;
    if (!unit.is(i, ChunkKind::kNoun) || unit[i].has(kPronoun)) return kNone;
    ++i;
    while (i < comma + kExtentReach && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
    if (last) return i;
  }
  return kNone;
}

/// A list goes on after the comma: ", b, c and d".
bool lists(const Unit& unit, std::uint32_t comma) {
  constexpr int kItems = 6;
  std::uint32_t i = comma;
  for (int item = 0; item < kItems && unit.is(i, ChunkKind::kComma); ++item) {
    if (unit.is(i + 1, ChunkKind::kConjunction)) return item > 0 && unit.is(i + 2, ChunkKind::kNoun);
    if (!unit.is(i + 1, ChunkKind::kNoun) || is_clause(unit, i + 1)) return false;
    i += 2;
    while (i < comma + kExtentReach && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
    if (unit.is(i, ChunkKind::kConjunction)) return unit.is(i + 1, ChunkKind::kNoun) && !is_clause(unit, i + 1);
  }
  return false;
}

/// "in an interview", "at a rally": where something is said, and no part of it.
bool is_occasion(const Unit& unit, std::uint32_t chunk) {
  const WordClass prep = unit[chunk].word_class;
  return unit.is(chunk, ChunkKind::kPrep) && unit[chunk + 1].word_class == WordClass::kOccasion &&
         !unit.is(chunk - 1, ChunkKind::kConjunction) &&
         (prep == WordClass::kIn || prep == WordClass::kAt || prep == WordClass::kOn ||
          prep == WordClass::kSubordinator);
}

/// ", including A", ", such as A", "- particularly A": more about the noun before the comma or dash.
bool gives_examples(const Unit& unit, const Lexicon& lexicon, std::uint32_t comma) {
  const Chunk& next = unit[comma + 1];
  if (next.has(kGerundVerb)) return includes(lexicon, next);
  return next.kind == ChunkKind::kAdjective && next.end == next.begin + 1 &&
         unit[comma + 2].word_class == WordClass::kAs;
}

/// After the noun phrase before `comma`, past its apposition: "Ann Lee, a farmer in Oss, | to"; else kNone. Where a
/// verb or nothing follows, what stands after the comma is no apposition of what is said.
std::uint32_t past_apposition(const Unit& unit, std::uint32_t comma) {
  constexpr std::uint32_t kApposition = 9;
  if (!unit.is(comma - 1, ChunkKind::kNoun) || !unit.is(comma + 1, ChunkKind::kNoun)) return kNone;
  const bool named = unit[comma - 1].has(kName) != unit[comma + 1].has(kName);
  if (!named || unit[comma + 1].has(kTimePhrase) || unit[comma + 1].has(kPronoun)) return kNone;
  std::uint32_t i = comma + 2;
  while (i < comma + kApposition && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
  if (!unit.is(i, ChunkKind::kComma)) return kNone;
  const Chunk& next = unit[i + 1];
  const bool goes_on = (next.kind == ChunkKind::kPrep && next.word_class != WordClass::kWhile &&
                        next.word_class != WordClass::kSubordinator && next.word_class != WordClass::kAs) ||
                       next.has(kToVerb);
  return goes_on ? i : kNone;
}

}  // namespace

bool includes(const Lexicon& lexicon, const Chunk& verb) {
  return lexicon.cue(verb.cue).lemma == "include";
}

bool is_clause(const Unit& unit, std::uint32_t chunk) {
  std::uint32_t i = chunk;
  if (i >= unit.size()) return false;
  switch (unit[i].kind) {
    case ChunkKind::kNoun:
    case ChunkKind::kAdjective: break;  // "much of the talk was …"
    case ChunkKind::kVerb:              // "using it was …"
      if (!unit[i].has(kGerundVerb)) return false;
      if (unit.is(i + 1, ChunkKind::kNoun)) ++i;
      break;
    case ChunkKind::kPrep:  // "in Oss it rains"
      if (!unit.is(i + 1, ChunkKind::kNoun)) return false;
      ++i;
      break;
    case ChunkKind::kConjunction:  // "neither Lee nor Poe did"
      if (!unit.is(i + 1, ChunkKind::kNoun)) return false;
      ++i;
      break;
    default: return false;
  }
  const std::uint32_t limit = std::min(unit.size(), i + 22);
  ++i;
  bool relative = false;
  bool had_relative = false;  // nouns after its verb belong to it
  while (i < limit) {
    const Chunk& c = unit[i];
    switch (c.kind) {
      case ChunkKind::kVerb:
        if (!c.has(kFinite) && c.flags != 0) {
          i += unit.is(i + 1, ChunkKind::kNoun) ? 2 : 1;
          break;
        }
        if (!relative) return true;
        relative = false;
        had_relative = true;
        i += unit.is(i + 1, ChunkKind::kNoun) ? 2 : 1;
        break;
      case ChunkKind::kPrep:
        switch (c.word_class) {
          case WordClass::kAs:
          case WordClass::kSubordinator:  // "the toll during the flood was", but not "the toll after he left"
            if (!unit.is(i + 1, ChunkKind::kNoun) || unit[chunk].has(kTimePhrase)) return false;
            if (unit[i + 1].has(kPronoun) && is_finite(unit[i + 2])) return false;
            if (c.word_class == WordClass::kAs && unit[i + 1].has(kName) && is_finite(unit[i + 2])) return false;
            i += 2;
            break;
          case WordClass::kWhile:
          case WordClass::kBecause:
          case WordClass::kIf: return false;
          default: i += unit.is(i + 1, ChunkKind::kNoun) ? 2 : 1; break;
        }
        break;
      case ChunkKind::kAdverb:
      case ChunkKind::kAdjective:
      case ChunkKind::kOpenParen:
      case ChunkKind::kCloseParen: ++i; break;
      case ChunkKind::kConjunction:
        if (had_relative && is_finite(unit[i + 1])) {  // "the man who came and saw it left"
          relative = true;
          ++i;
          break;
        }
        if (!(unit.is(i + 1, ChunkKind::kNoun) || unit.is(i + 1, ChunkKind::kAdjective)) || begins_clause(unit, i + 1))
          return false;
        i += 2;
        break;
      case ChunkKind::kWh:
      case ChunkKind::kThat:
        if (relative) return false;
        relative = true;
        ++i;
        break;
      case ChunkKind::kComma: {
        if (const std::uint32_t past = past_list(unit, i); past != kNone && past < limit && is_finite(unit[past])) {
          i = past;  // "remarks from A, B and C were"
          break;
        }
        if (unit.is(i + 1, ChunkKind::kConjunction)) {  // "A, B, and C were"
          if (!unit.is(i + 2, ChunkKind::kNoun) || unit[i + 1].word_class == WordClass::kBut) return false;
          if (begins_clause(unit, i + 2)) return false;
          i += 3;
          break;
        }
        const bool participle = unit.is(i + 1, ChunkKind::kVerb) && unit[i + 1].has(kGerundVerb);
        std::uint32_t j = i + 1;
        const bool relative_inside = unit.is(j, ChunkKind::kWh) || unit.is(j + 1, ChunkKind::kWh);
        bool finite = false;
        while (j < limit && !unit.is(j, ChunkKind::kComma) && !ends_sentence(unit[j].kind)) {
          finite = finite || is_finite(unit[j]);
          ++j;
        }
        if (!unit.is(j, ChunkKind::kComma) || (finite && !relative_inside)) return false;
        if (j + 1 < unit.size() && is_finite(unit[j + 1])) return true;
        if (participle) return false;
        i = j;
        if (unit.is(j + 1, ChunkKind::kNoun) || unit.is(j + 1, ChunkKind::kConjunction)) break;
        return false;
      }
      case ChunkKind::kDash: {
        std::uint32_t j = i + 1;
        while (j < limit && !unit.is(j, ChunkKind::kDash) && !ends_sentence(unit[j].kind)) ++j;
        if (!unit.is(j, ChunkKind::kDash)) return false;
        i = j + 1;
        break;
      }
      case ChunkKind::kNoun:
        if (c.has(kTimePhrase) || relative || had_relative) {
          ++i;
          break;
        }
        // "the claims he made were …"
        if ((c.has(kPronoun) || c.has(kName)) && i + 1 < limit && is_finite(unit[i + 1])) {
          relative = true;
          ++i;
          break;
        }
        return false;
      default: return false;
    }
  }
  return false;
}

std::uint32_t over_quotation(const Unit& unit, std::uint32_t begin, std::uint32_t end) {
  if (end <= begin || end > unit.size()) return end;
  const std::uint32_t region = unit.words[unit[end - 1].end - 1].region;
  if (region == kNone || unit[end - 1].kind == ChunkKind::kQuoted) return end;
  if (begin > 0 && unit.words[unit[begin].begin - 1].region == region) return end;  // it began before
  while (end < unit.size() && unit.words[unit[end].begin].region == region) ++end;
  return end;
}

std::uint32_t clause_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk, bool subordinate) {
  if (chunk >= unit.size()) return unit.size();
  const std::uint32_t limit = std::min(unit.size(), chunk + kExtentReach);
  const std::uint32_t outer = chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNone;
  // A clause that "that" opens goes on over more than one without it (measured; see docs/quotes.md).
  const bool marked = unit.is(chunk, ChunkKind::kThat);
  bool verb_seen = false;
  bool relative = false;
  bool had_relative = false;        // its verb was the last one
  std::uint32_t joined_at = kNone;  // the last ", and …" or ", but …"
  std::uint32_t i = chunk;
  for (; i < limit; ++i) {
    const Chunk& c = unit[i];
    // "… that it holds, and she replied, "No."": the quotation has a cue of its own.
    if (c.kind == ChunkKind::kQuoted && joined_at != kNone && i > joined_at + 3 &&
        (unit.is(i - 1, ChunkKind::kComma) || unit.is(i - 1, ChunkKind::kColon)) && unit.is(i - 2, ChunkKind::kVerb) &&
        (lexicon.cue(unit[i - 2].cue).frames & kQuoted) != 0) {
      return joined_at;
    }
    // The verb of a relative clause on the subject is not the clause's own: "the dam, which was built …, holds".
    if (!verb_seen && i > chunk && c.kind == ChunkKind::kWh &&
        (c.word_class == WordClass::kWho || c.word_class == WordClass::kWhich)) {
      relative = true;
    }
    if (is_finite(c)) {
      // "the clerk who came and saw the dam, an engineer, left"
      const bool second = had_relative && !verb_seen && unit.is(i - 1, ChunkKind::kConjunction);
      if (!relative && !second) verb_seen = true;
      had_relative = relative || second;
      relative = false;
    }
    // A quotation that begins in the content belongs to it to its end.
    const std::uint32_t region = unit.words[c.end - 1].region;
    if (region != kNone && region != outer && c.kind != ChunkKind::kQuoted && i + 1 < unit.size() &&
        unit.words[unit[i + 1].begin].region == region) {
      continue;
    }
    if (ends_sentence(c.kind)) break;
    if (verb_seen && is_occasion(unit, i) && unit.words[unit[i + 1].begin].tag == Tag::kDT &&
        c.word_class == WordClass::kIn) {
      break;
    }
    if (c.kind == ChunkKind::kComma && i > chunk) {
      std::uint32_t next = i + 1;
      while (unit.is(next, ChunkKind::kAdverb)) ++next;
      if (next >= unit.size()) break;
      const Chunk& n = unit[next];
      if (n.word_class == WordClass::kAccording) break;
      if (verb_seen) {
        if (is_finite(n)) break;
        if (n.kind == ChunkKind::kConjunction) {
          joined_at = i;
          if (n.word_class == WordClass::kBut && !marked && !goes_on_without_subject(unit, lexicon, next + 1)) break;
          if (begins_report(unit, lexicon, next + 1)) break;
        }
        if (n.kind == ChunkKind::kVerb && n.has(kGerundVerb) && !includes(lexicon, n) &&
            (lexicon.cue(n.cue).speech || (!marked && reports(lexicon.cue(n.cue))))) {
          break;
        }
        if (n.kind == ChunkKind::kWh &&
            (n.word_class == WordClass::kWho ||
             (n.word_class == WordClass::kWhich && (!marked || begins_report(unit, lexicon, next + 1)))))
          break;
        if (n.word_class == WordClass::kAs && unit.is(next + 1, ChunkKind::kVerb) && is_finite(unit[next + 1])) break;
        if (n.kind == ChunkKind::kVerb && n.has(kParticiple) && lexicon.cue(n.cue).lemma == "compare") break;
        if (!marked && n.word_class == WordClass::kWhile) break;
        if (subordinate && (n.kind == ChunkKind::kNoun || n.kind == ChunkKind::kPrep) && is_clause(unit, next)) break;
      }
      if (is_parenthetical_cue(unit, lexicon, next)) break;
    }
    if (c.kind == ChunkKind::kDash && verb_seen) {
      // "- and to go", "- including cars", but not "- and she goes", "- noting it"
      const Chunk& n = unit[i + 1];
      const bool more = (n.kind == ChunkKind::kConjunction && goes_on_without_subject(unit, lexicon, i + 2)) ||
                        (n.has(kGerundVerb) && (lexicon.cue(n.cue).frames == 0 || includes(lexicon, n)));
      if (!marked && c.word_class == WordClass::kHyphen && !more) break;
      if (unit.is(i + 1, ChunkKind::kNoun) && is_clause(unit, i + 1)) break;
      const bool joined = unit.is(i + 1, ChunkKind::kConjunction) || unit[i + 1].word_class == WordClass::kWhile;
      if (joined && begins_report(unit, lexicon, i + 2)) break;
    }
    if (c.kind == ChunkKind::kConjunction && verb_seen && c.word_class != WordClass::kOr &&
        begins_report(unit, lexicon, i + 1)) {
      break;
    }
  }
  return i;
}

std::uint32_t verb_phrase_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  if (chunk >= unit.size()) return unit.size();
  const std::uint32_t limit = std::min(unit.size(), chunk + kExtentReach);
  const std::uint32_t outer = chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNone;
  std::uint32_t i = chunk;
  bool inner_clause = false;  // a clause within: "to say that it rains"
  for (; i < limit; ++i) {
    const Chunk& c = unit[i];
    const std::uint32_t region = unit.words[c.end - 1].region;
    if (region != kNone && region != outer && c.kind != ChunkKind::kQuoted && i + 1 < unit.size() &&
        unit.words[unit[i + 1].begin].region == region) {
      continue;
    }
    if (i > chunk && is_occasion(unit, i)) break;
    if ((c.kind == ChunkKind::kComma || c.kind == ChunkKind::kDash) && gives_examples(unit, lexicon, i)) continue;
    if (ends_sentence(c.kind) || c.kind == ChunkKind::kDash || c.kind == ChunkKind::kColon ||
        c.kind == ChunkKind::kQuoted)
      break;
    if (c.kind == ChunkKind::kThat || c.kind == ChunkKind::kWh) inner_clause = true;
    if (c.kind == ChunkKind::kNoun && i > chunk && c.has(kPronoun) && i + 1 < limit && is_finite(unit[i + 1])) {
      inner_clause = true;  // "the lever it had"
    }
    if (c.kind == ChunkKind::kComma) {
      // A list goes on: "to triple it, grow it and create …", "a, b and c".
      const std::uint32_t after = unit.is(i + 1, ChunkKind::kConjunction) ? i + 2 : i + 1;
      if (unit.is(after, ChunkKind::kVerb) && unit[after].flags == 0 && unit[chunk].has(kToVerb)) continue;
      if (lists(unit, i)) continue;
      if (const std::uint32_t past = past_apposition(unit, i); past != kNone) {
        i = past;
        continue;
      }
      if (unit.is(i + 1, ChunkKind::kConjunction) && unit[i + 1].word_class != WordClass::kBut &&
          unit.is(i + 2, ChunkKind::kNoun) && !is_clause(unit, i + 2) && unit.is(i - 1, ChunkKind::kNoun)) {
        continue;
      }
      break;
    }
    if (c.kind == ChunkKind::kPrep && i > chunk &&
        ((c.word_class == WordClass::kWhile && !unit[i + 1].has(kGerundVerb)) ||
         (c.word_class == WordClass::kBecause && unit[i + 1].word_class != WordClass::kOf) ||
         (c.word_class == WordClass::kSubordinator && is_clause(unit, i + 1)) ||
         (c.word_class == WordClass::kAs && is_clause(unit, i + 1)))) {
      break;
    }
    if (c.kind == ChunkKind::kConjunction) {
      std::uint32_t next = i + 1;
      while (unit.is(next, ChunkKind::kAdverb)) ++next;
      if (c.word_class == WordClass::kBut && !unit.is(next, ChunkKind::kNoun)) break;
      if (unit.is(next, ChunkKind::kNoun) && is_clause(unit, next)) break;
      if (unit.is(next, ChunkKind::kVerb) && unit[next].has(kFinite) &&
          (!inner_clause || lexicon.cue(unit[next].cue).speech)) {
        const Tag tag = unit.words[unit[next].head].tag;
        if (tag == Tag::kVBD || tag == Tag::kVBZ || unit[next].has(kModal)) break;
      }
    }
    // "… is": the phrase was a subject.
    if (is_finite(c) && !inner_clause && i > chunk) break;
  }
  return i;
}

std::uint32_t object_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  if (chunk >= unit.size()) return unit.size();
  const std::uint32_t limit = std::min(unit.size(), chunk + kExtentReach);
  const std::uint32_t outer = chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNone;
  bool relative = false;  // a finite verb may follow, as in "the dam that broke", "the work she did"
  std::uint32_t i = chunk + 1;
  for (; i < limit; ++i) {
    const Chunk& c = unit[i];
    const std::uint32_t region = unit.words[c.end - 1].region;
    if (region != kNone && region != outer && c.kind != ChunkKind::kQuoted && i + 1 < unit.size() &&
        unit.words[unit[i + 1].begin].region == region) {
      continue;  // a quotation that begins in it belongs to it
    }
    if (is_occasion(unit, i)) return i;
    if ((c.kind == ChunkKind::kComma || c.kind == ChunkKind::kDash) && gives_examples(unit, lexicon, i)) continue;
    switch (c.kind) {
      case ChunkKind::kPrep:
        switch (c.word_class) {
          case WordClass::kWhile:
            if (!unit[i + 1].has(kGerundVerb)) return i;
            break;
          case WordClass::kBecause:
            if (unit[i + 1].word_class != WordClass::kOf) return i;
            break;
          case WordClass::kIf: return i;
          case WordClass::kAs:
            if (is_clause(unit, i + 1)) return i;
            break;
          case WordClass::kSubordinator:
            if (!relative) return i;
            break;
          case WordClass::kIn:
            if (unit[i + 1].has(kTimePhrase)) return i;
            break;
          default: break;
        }
        break;
      case ChunkKind::kConjunction: {
        if (c.word_class == WordClass::kBut && !unit.is(i + 1, ChunkKind::kNoun)) return i;
        if (unit.is(i + 1, ChunkKind::kNoun) && is_clause(unit, i + 1)) return i;
        std::uint32_t next = i + 1;
        while (unit.is(next, ChunkKind::kAdverb)) ++next;
        if (unit.is(next, ChunkKind::kVerb) && (unit[next].has(kFinite) || unit[next].has(kGerundVerb))) return i;
        break;
      }
      case ChunkKind::kWh:
      case ChunkKind::kThat: relative = true; break;
      case ChunkKind::kNoun:
        if (unit.is(i + 1, ChunkKind::kVerb) && unit[i + 1].has(kFinite)) relative = true;
        break;
      case ChunkKind::kVerb:
        if (c.has(kFinite)) {
          if (!relative) return i;
          relative = false;
        }
        break;
      case ChunkKind::kComma:
        if (lists(unit, i)) break;
        if (const std::uint32_t past = past_apposition(unit, i); past != kNone) {
          i = past;
          break;
        }
        return i;
      case ChunkKind::kDash:
      case ChunkKind::kColon:
      case ChunkKind::kStop:
      case ChunkKind::kSemicolon:
      case ChunkKind::kQuoted: return i;
      default: break;
    }
  }
  return i;
}

std::uint32_t clause_begin(const Unit& unit, std::uint32_t chunk) {
  const std::uint32_t floor = chunk > kExtentReach ? chunk - kExtentReach : 0;
  std::uint32_t i = chunk;
  while (i > floor && !ends_sentence(unit[i - 1].kind)) --i;
  while (i < chunk && (unit.is(i, ChunkKind::kComma) || unit.is(i, ChunkKind::kDash))) ++i;
  return i;
}

}  // namespace copydesk::syntax
