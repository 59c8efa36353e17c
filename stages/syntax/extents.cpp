// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/extents.h"

#include <algorithm>

#include "stages/syntax/chunk_tests.h"

namespace copydesk::syntax {
namespace {

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

/// After the noun phrase before `comma`, past its apposition: "Ann Lee, a farmer in Oss, | to"; else kNoIndex. Where a
/// verb or nothing follows, what stands after the comma is no apposition of what is said.
std::uint32_t past_apposition(const Unit& unit, std::uint32_t comma) {
  constexpr std::uint32_t kApposition = 9;
  if (!unit.is(comma - 1, ChunkKind::kNoun) || !unit.is(comma + 1, ChunkKind::kNoun)) return kNoIndex;
  const bool named = unit[comma - 1].has(kName) != unit[comma + 1].has(kName);
  if (!named || unit[comma + 1].has(kTimePhrase) || unit[comma + 1].has(kPronoun)) return kNoIndex;
  std::uint32_t i = comma + 2;
  while (i < comma + kApposition && unit.is(i, ChunkKind::kPrep) && unit.is(i + 1, ChunkKind::kNoun)) i += 2;
  if (!unit.is(i, ChunkKind::kComma)) return kNoIndex;
  const Chunk& next = unit[i + 1];
  const bool goes_on = (next.kind == ChunkKind::kPrep && next.word_class != WordClass::kWhile &&
                        next.word_class != WordClass::kSubordinator && next.word_class != WordClass::kAs) ||
                       next.has(kToVerb);
  return goes_on ? i : kNoIndex;
}

/// A quotation that begins in the content belongs to it to its end: chunk `at` is in one, and so is the next.
bool goes_on_in_quotation(const Unit& unit, std::uint32_t at, std::uint32_t outer) {
  const std::uint32_t region = unit.words[unit[at].end - 1].region;
  return region != kNoIndex && region != outer && unit[at].kind != ChunkKind::kQuoted && at + 1 < unit.size() &&
         unit.words[unit[at + 1].begin].region == region;
}

/// "the plan | while it rained", "the plan | in May": a preposition that does not hang on the object before it.
bool leaves_object(const Unit& unit, std::uint32_t prep, bool relative) {
  const Chunk& next = unit[prep + 1];
  switch (unit[prep].word_class) {
    case WordClass::kWhile: return !next.has(kGerundVerb);
    case WordClass::kBecause: return next.word_class != WordClass::kOf;
    case WordClass::kIf: return true;
    case WordClass::kAs: return is_clause(unit, prep + 1);
    case WordClass::kSubordinator: return !relative;
    case WordClass::kIn: return next.has(kTimePhrase);
    default: return false;
  }
}

/// "the plan | and left", "the plan | but she stayed": what follows is no second object.
bool joins_no_object(const Unit& unit, std::uint32_t conjunction) {
  const bool noun = unit.is(conjunction + 1, ChunkKind::kNoun);
  if (unit[conjunction].word_class == WordClass::kBut && !noun) return true;
  if (noun && is_clause(unit, conjunction + 1)) return true;
  std::uint32_t next = conjunction + 1;
  while (unit.is(next, ChunkKind::kAdverb)) ++next;
  return unit.is(next, ChunkKind::kVerb) && (unit[next].has(kFinite) || unit[next].has(kGerundVerb));
}

}  // namespace

bool includes(const Lexicon& lexicon, const Chunk& verb) {
  return lexicon.cue(verb.cue).lemma == "include";
}

std::uint32_t over_quotation(const Unit& unit, std::uint32_t begin, std::uint32_t end) {
  if (end <= begin || end > unit.size()) return end;
  const std::uint32_t region = unit.words[unit[end - 1].end - 1].region;
  if (region == kNoIndex || unit[end - 1].kind == ChunkKind::kQuoted) return end;
  if (begin > 0 && unit.words[unit[begin].begin - 1].region == region) return end;  // it began before
  while (end < unit.size() && unit.words[unit[end].begin].region == region) ++end;
  return end;
}

namespace {

/// Reads a clause chunk by chunk to where it ends.
class ClauseEnd {
 public:
  ClauseEnd(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk, bool subordinate)
      : unit_(unit),
        lexicon_(lexicon),
        begin_(chunk),
        outer_(chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNoIndex),
        subordinate_(subordinate),
        marked_(unit.is(chunk, ChunkKind::kThat)) {}

  [[nodiscard]] std::uint32_t find();

 private:
  [[nodiscard]] bool has_own_cue(std::uint32_t quoted) const;
  void see_verb(std::uint32_t at);
  [[nodiscard]] bool ends_before(std::uint32_t at);
  [[nodiscard]] bool ends_at_comma(std::uint32_t comma);
  [[nodiscard]] bool ends_after_verb(std::uint32_t comma, std::uint32_t next);
  [[nodiscard]] bool ends_at_dash(std::uint32_t dash) const;

  const Unit& unit_;
  const Lexicon& lexicon_;
  std::uint32_t begin_;
  std::uint32_t outer_;  ///< the quotation around it
  bool subordinate_;
  bool marked_;  ///< "that" opens it: it goes on over more than one without it (measured; see docs/quotes.md)
  bool verb_seen_ = false;
  bool relative_ = false;
  bool had_relative_ = false;           ///< its verb was the last one
  std::uint32_t joined_at_ = kNoIndex;  ///< the last ", and …" or ", but …"
};

/// "… that it holds, and she replied, "No."": the quotation has a cue of its own.
bool ClauseEnd::has_own_cue(std::uint32_t quoted) const {
  return unit_.is(quoted, ChunkKind::kQuoted) && joined_at_ != kNoIndex && quoted > joined_at_ + 3 &&
         (unit_.is(quoted - 1, ChunkKind::kComma) || unit_.is(quoted - 1, ChunkKind::kColon)) &&
         unit_.is(quoted - 2, ChunkKind::kVerb) && (lexicon_.cue(unit_[quoted - 2].cue).frames & kQuoted) != 0;
}

/// The verb of a relative clause on the subject is not the clause's own: "the dam, which was built …, holds".
void ClauseEnd::see_verb(std::uint32_t at) {
  const Chunk& c = unit_[at];
  if (!verb_seen_ && at > begin_ && c.kind == ChunkKind::kWh &&
      (c.word_class == WordClass::kWho || c.word_class == WordClass::kWhich)) {
    relative_ = true;
  }
  if (!is_finite_verb(c)) return;
  // "the clerk who came and saw the dam, an engineer, left"
  const bool second = had_relative_ && !verb_seen_ && unit_.is(at - 1, ChunkKind::kConjunction);
  if (!relative_ && !second) verb_seen_ = true;
  had_relative_ = relative_ || second;
  relative_ = false;
}

/// At a comma after the clause's verb; `next` is past it and the adverbs after it.
bool ClauseEnd::ends_after_verb(std::uint32_t comma, std::uint32_t next) {
  const Chunk& n = unit_[next];
  if (is_finite_verb(n)) return true;
  if (n.kind == ChunkKind::kConjunction) {
    joined_at_ = comma;
    if (n.word_class == WordClass::kBut && !marked_ && !goes_on_without_subject(unit_, lexicon_, next + 1)) return true;
    if (begins_report(unit_, lexicon_, next + 1)) return true;
  }
  const Cue& cue = lexicon_.cue(n.cue);
  if (n.kind == ChunkKind::kVerb && n.has(kGerundVerb) && !includes(lexicon_, n) &&
      (cue.speech || (!marked_ && reports(cue)))) {
    return true;
  }
  if (n.kind == ChunkKind::kWh &&
      (n.word_class == WordClass::kWho ||
       (n.word_class == WordClass::kWhich && (!marked_ || begins_report(unit_, lexicon_, next + 1))))) {
    return true;
  }
  if (n.word_class == WordClass::kAs && is_finite_verb(unit_[next + 1])) return true;
  if (n.kind == ChunkKind::kVerb && n.has(kParticiple) && cue.lemma == "compare") return true;
  if (!marked_ && n.word_class == WordClass::kWhile) return true;
  return subordinate_ && (n.kind == ChunkKind::kNoun || n.kind == ChunkKind::kPrep) && is_clause(unit_, next);
}

bool ClauseEnd::ends_at_comma(std::uint32_t comma) {
  std::uint32_t next = comma + 1;
  while (unit_.is(next, ChunkKind::kAdverb)) ++next;
  if (next >= unit_.size() || unit_[next].word_class == WordClass::kAccording) return true;
  if (verb_seen_ && ends_after_verb(comma, next)) return true;
  return is_parenthetical_cue(unit_, lexicon_, next);
}

/// Not before "- and to go", "- including cars", but before "- and she goes", "- noting it".
bool ClauseEnd::ends_at_dash(std::uint32_t dash) const {
  const Chunk& n = unit_[dash + 1];
  const bool more = (n.kind == ChunkKind::kConjunction && goes_on_without_subject(unit_, lexicon_, dash + 2)) ||
                    (n.has(kGerundVerb) && (lexicon_.cue(n.cue).frames == 0 || includes(lexicon_, n)));
  if (!marked_ && unit_[dash].word_class == WordClass::kHyphen && !more) return true;
  if (n.kind == ChunkKind::kNoun && is_clause(unit_, dash + 1)) return true;
  const bool joined = n.kind == ChunkKind::kConjunction || n.word_class == WordClass::kWhile;
  return joined && begins_report(unit_, lexicon_, dash + 2);
}

bool ClauseEnd::ends_before(std::uint32_t at) {
  const Chunk& c = unit_[at];
  if (ends_sentence(c.kind)) return true;
  if (verb_seen_ && is_occasion(unit_, at) && unit_.words[unit_[at + 1].begin].tag == tag::Tag::kDT &&
      c.word_class == WordClass::kIn) {
    return true;
  }
  if (c.kind == ChunkKind::kComma && at > begin_) return ends_at_comma(at);
  if (c.kind == ChunkKind::kDash && verb_seen_) return ends_at_dash(at);
  return c.kind == ChunkKind::kConjunction && verb_seen_ && c.word_class != WordClass::kOr &&
         begins_report(unit_, lexicon_, at + 1);
}

std::uint32_t ClauseEnd::find() {
  const std::uint32_t limit = std::min(unit_.size(), begin_ + kExtentReach);
  for (std::uint32_t at = begin_; at < limit; ++at) {
    if (has_own_cue(at)) return joined_at_;
    see_verb(at);
    if (!goes_on_in_quotation(unit_, at, outer_) && ends_before(at)) return at;
  }
  return limit;
}

}  // namespace

std::uint32_t clause_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk, bool subordinate) {
  return chunk >= unit.size() ? unit.size() : ClauseEnd(unit, lexicon, chunk, subordinate).find();
}

std::uint32_t verb_phrase_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  if (chunk >= unit.size()) return unit.size();
  const std::uint32_t limit = std::min(unit.size(), chunk + kExtentReach);
  const std::uint32_t outer = chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNoIndex;
  std::uint32_t i = chunk;
  bool inner_clause = false;  // a clause within: "to say that it rains"
  for (; i < limit; ++i) {
    const Chunk& c = unit[i];
    if (goes_on_in_quotation(unit, i, outer)) continue;
    if (i > chunk && is_occasion(unit, i)) break;
    if ((c.kind == ChunkKind::kComma || c.kind == ChunkKind::kDash) && gives_examples(unit, lexicon, i)) continue;
    if (ends_sentence(c.kind) || c.kind == ChunkKind::kDash || c.kind == ChunkKind::kColon ||
        c.kind == ChunkKind::kQuoted)
      break;
    if (c.kind == ChunkKind::kThat || c.kind == ChunkKind::kWh) inner_clause = true;
    if (c.kind == ChunkKind::kNoun && i > chunk && c.has(kPronoun) && i + 1 < limit && is_finite_verb(unit[i + 1])) {
      inner_clause = true;  // "the lever it had"
    }
    if (c.kind == ChunkKind::kComma) {
      // A list goes on: "to triple it, grow it and create …", "a, b and c".
      const std::uint32_t after = unit.is(i + 1, ChunkKind::kConjunction) ? i + 2 : i + 1;
      if (unit.is(after, ChunkKind::kVerb) && unit[after].flags == 0 && unit[chunk].has(kToVerb)) continue;
      if (lists(unit, i)) continue;
      if (const std::uint32_t past = past_apposition(unit, i); past != kNoIndex) {
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
        const tag::Tag tag = unit.words[unit[next].head].tag;
        if (tag == tag::Tag::kVBD || tag == tag::Tag::kVBZ || unit[next].has(kModal)) break;
      }
    }
    // "… is": the phrase was a subject.
    if (is_finite_verb(c) && !inner_clause && i > chunk) break;
  }
  return i;
}

std::uint32_t object_end(const Unit& unit, const Lexicon& lexicon, std::uint32_t chunk) {
  if (chunk >= unit.size()) return unit.size();
  const std::uint32_t limit = std::min(unit.size(), chunk + kExtentReach);
  const std::uint32_t outer = chunk > 0 ? unit.words[unit[chunk].begin - 1].region : kNoIndex;
  bool relative = false;  // a finite verb may follow, as in "the dam that broke", "the work she did"
  std::uint32_t i = chunk + 1;
  for (; i < limit; ++i) {
    const Chunk& c = unit[i];
    if (goes_on_in_quotation(unit, i, outer)) continue;
    if (is_occasion(unit, i)) return i;
    if ((c.kind == ChunkKind::kComma || c.kind == ChunkKind::kDash) && gives_examples(unit, lexicon, i)) continue;
    switch (c.kind) {
      case ChunkKind::kPrep:
        if (leaves_object(unit, i, relative)) return i;
        break;
      case ChunkKind::kConjunction:
        if (joins_no_object(unit, i)) return i;
        break;
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
        if (const std::uint32_t past = past_apposition(unit, i); past != kNoIndex) {
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
