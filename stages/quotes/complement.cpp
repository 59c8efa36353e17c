// SPDX-License-Identifier: Apache-2.0
// What a verb takes: a clause, an object, an infinitive, and where its content ends.
#include "stages/quotes/complement.h"

#include <algorithm>

#include "stages/syntax/extents.h"
#include "stages/syntax/frames.h"
#include "stages/syntax/sentential.h"

namespace copydesk::quotes {
namespace {

/// "that" before a noun phrase that no verb follows: a determiner. A name, a pronoun, a plural or another determiner
/// has none before it.
bool determines(const Unit& unit, std::uint32_t that) {
  if (!unit.is(that + 1, ChunkKind::kNoun)) return false;
  const Chunk& noun = unit[that + 1];
  const Tag first = unit.words[noun.begin].tag;
  if (noun.has(kPronoun) || noun.has(kName) || first == Tag::kDT || first == Tag::kPRPS || first == Tag::kCD ||
      unit.words[noun.head].tag == Tag::kNNS) {
    return false;
  }
  const std::uint32_t limit = std::min(unit.size(), that + 12);
  for (std::uint32_t i = that + 2; i < limit; ++i) {
    const Chunk& c = unit[i];
    if (c.kind == ChunkKind::kVerb && !c.has(kToVerb)) return false;
    if (c.kind == ChunkKind::kComma || c.kind == ChunkKind::kStop) break;
  }
  return true;
}

/// Past the object that ends before `chunk`, to what its verb's frame takes: "accused the press and the council | of
/// lying", "described the talks in Oss | as a farce". `chunk` where there is nothing of the kind.
std::uint32_t past_object(const Unit& unit, std::uint32_t frames, std::uint32_t chunk) {
  const std::uint32_t limit = std::min(unit.size(), chunk + 9);
  std::uint32_t i = chunk;
  while (i < limit) {
    const Chunk& c = unit[i];
    if (c.kind == ChunkKind::kVerb) return c.has(kToVerb) && (frames & kObjectInfinitive) != 0 ? i : chunk;
    if (c.kind == ChunkKind::kConjunction && unit.is(i + 1, ChunkKind::kNoun)) {
      i += 2;
      continue;
    }
    if (c.kind == ChunkKind::kAdverb) {
      ++i;
      continue;
    }
    if (c.kind == ChunkKind::kComma && i == chunk) {  // "accused Ann Lee, who lives in Oss, of lying"
      std::uint32_t comma = i + 1;
      while (comma < limit && !unit.is(comma, ChunkKind::kComma) && !unit.is(comma, ChunkKind::kStop)) ++comma;
      const Chunk& next = unit[comma + 1];
      const bool takes = (next.word_class == WordClass::kOf && (frames & kObjectOf) != 0) ||
                         (next.word_class == WordClass::kAs && (frames & kObjectAs) != 0) ||
                         (next.has(kToVerb) && (frames & kObjectInfinitive) != 0);
      return unit.is(comma, ChunkKind::kComma) && takes ? comma + 1 : chunk;
    }
    if (c.kind != ChunkKind::kPrep) return chunk;
    const bool gerund = unit.is(i + 1, ChunkKind::kVerb) && unit[i + 1].has(kGerundVerb);
    const std::uint32_t takes = c.word_class == WordClass::kAs    ? kObjectAs
                                : c.word_class == WordClass::kOf  ? kObjectOf
                                : c.word_class == WordClass::kFor ? kObjectFor
                                                                  : 0U;
    if ((frames & takes) != 0 && (gerund || i == chunk || c.word_class == WordClass::kAs)) return i;
    if (!unit.is(i + 1, ChunkKind::kNoun)) return chunk;
    i += 2;
  }
  return chunk;
}

/// "said because it rained, the dam broke", "said, if elected, she would go": past the comma between a clause or phrase
/// that opens what is said and its main clause; kNone where nothing of the kind is at `chunk`.
std::uint32_t past_opening(const Unit& unit, std::uint32_t chunk) {
  if (!unit.is(chunk, ChunkKind::kPrep)) return kNone;
  switch (unit[chunk].word_class) {
    case WordClass::kBecause:
    case WordClass::kIf:
    case WordClass::kWhile:
    case WordClass::kSubordinator: break;
    default: return kNone;
  }
  const std::uint32_t limit = std::min(unit.size(), chunk + 18);
  for (std::uint32_t i = chunk + 1; i < limit; ++i) {
    const ChunkKind kind = unit[i].kind;
    if (kind == ChunkKind::kComma) return is_clause(unit, i + 1) ? i + 1 : kNone;
    if (kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon || kind == ChunkKind::kQuoted) break;
  }
  return kNone;
}

/// "said, among other things, that it holds", "has told friends since May, in Oss and at home, that it holds": the
/// "that" after adjuncts of the verb before `chunk`; else kNone.
std::uint32_t distant_that(const Unit& unit, std::uint32_t chunk) {
  const std::uint32_t limit = std::min(unit.size(), chunk + 18);
  bool inserted = false;  // in ", as they did," or ", where she lives,"
  for (std::uint32_t i = chunk; i < limit; ++i) {
    const Chunk& c = unit[i];
    if (c.kind == ChunkKind::kComma || c.kind == ChunkKind::kDash) {
      inserted = unit[i + 1].word_class == WordClass::kAs || unit.is(i + 1, ChunkKind::kWh);
      continue;
    }
    if (inserted && (c.kind == ChunkKind::kVerb || c.kind == ChunkKind::kWh)) continue;
    switch (c.kind) {
      case ChunkKind::kThat: {
        if (i == chunk) return kNone;
        const Chunk& before = unit[i - 1];
        const bool free = before.kind == ChunkKind::kComma || before.kind == ChunkKind::kCloseParen ||
                          before.kind == ChunkKind::kDash || before.has(kTimePhrase);
        return free && is_clause(unit, i + 1) ? i : kNone;
      }
      case ChunkKind::kVerb:
        if (c.has(kFinite) || c.has(kToVerb)) return kNone;
        break;
      case ChunkKind::kStop:
      case ChunkKind::kSemicolon:
      case ChunkKind::kColon:
      case ChunkKind::kQuoted:
      case ChunkKind::kWh: return kNone;
      default: break;
    }
  }
  return kNone;
}

}  // namespace

/// The cue's clause is a subordinate one, or opens the sentence, so that a comma before a new clause ends what it
/// takes.
bool Complement::is_subordinate() const {
  bool subordinate = false;
  if (source_.mention.found() && source_.mention.begin > 0 && source_.mention.begin < verb_) {
    subordinate = subordinates(unit_[source_.mention.begin - 1].word_class) ||
                  unit_[source_.mention.begin].kind == ChunkKind::kWh;
  }
  if (!subordinate) {
    // "While those in Oss say that …, she said": no comma before it.
    const std::uint32_t first = unit_.is(0, ChunkKind::kConjunction) ? 1 : 0;
    subordinate = subordinates(unit_[first].word_class) && verb_ < kSubjectReach;
    for (std::uint32_t i = first; i < verb_ && subordinate; ++i) {
      subordinate =
          !unit_.is(i, ChunkKind::kComma) && !unit_.is(i, ChunkKind::kQuoted) && !unit_.is(i, ChunkKind::kStop);
    }
  }
  {
    // "Asked whether …, she said", "After noting that …, she said".
    std::uint32_t first = verb_;
    while (first > 0 && (unit_.is(first - 1, ChunkKind::kPrep) || unit_.is(first - 1, ChunkKind::kAdverb) ||
                         unit_.is(first - 1, ChunkKind::kConjunction) || unit_.is(first - 1, ChunkKind::kWh))) {
      --first;
    }
    subordinate = subordinate || (first == 0 && !verb_chunk().has(kToVerb));
    // "In addition to stating that …, she said"
    if (verb_chunk().has(kGerundVerb) && verb_ > 0 && unit_.is(verb_ - 1, ChunkKind::kPrep) &&
        unit_.is(0, ChunkKind::kPrep)) {
      bool finite = false;
      for (std::uint32_t i = 0; i < std::min(verb_, kSubjectReach); ++i) finite = finite || unit_[i].has(kFinite);
      subordinate = subordinate || !finite;
    }
  }
  return subordinate;
}

bool Complement::read_passive() {
  // "was asked by a caller why …", "Asked in Oss on Tuesday about the dam, she …"
  std::uint32_t asked = kNone;  // where the question begins
  if ((verb_chunk().has(kPassive) || verb_chunk().has(kParticiple)) && (cue_.frames & kPassiveThat) != 0 &&
      (cue_.frames & kToldClause) != 0) {
    for (std::uint32_t i = at; i < at + 8 && asked == kNone;) {
      const Chunk& c = unit_[i];
      if (unit_.is(i, ChunkKind::kThat) || begins_question(c) || c.word_class == WordClass::kAbout) {
        asked = i;
      } else if (c.kind == ChunkKind::kPrep && c.word_class != WordClass::kTo && unit_.is(i + 1, ChunkKind::kNoun)) {
        const ChunkRange noun = noun_phrase_at(unit_, i + 1);
        if (c.word_class == WordClass::kBy) agent.mention = noun;
        i = noun.end;
      } else if (c.kind == ChunkKind::kAdverb || c.has(kTimePhrase)) {
        ++i;
      } else {
        break;
      }
    }
  }
  if (!verb_chunk().has(kPassive) && asked == kNone) return false;
  if (asked != kNone) at = begin = end = asked;
  if (unit_.is(at, ChunkKind::kVerb) && unit_[at].has(kToVerb)) {
    phrase_from(at, kPassiveInfinitive);
    with_subject = true;
  } else if (unit_.is(at, ChunkKind::kThat) || begins_question(unit_[at])) {
    clause_from(at, kPassiveThat);
  } else if (unit_.is(at, ChunkKind::kPrep) && unit_[at].word_class == WordClass::kAbout &&
             (unit_.is(at + 1, ChunkKind::kNoun) || unit_.is(at + 1, ChunkKind::kVerb))) {
    frame = kPassiveThat;  // was asked about the dam, about going
    begin = at + 1;
    end = unit_.is(begin, ChunkKind::kNoun) ? object_end(unit_, lexicon_, begin)
                                            : verb_phrase_end(unit_, lexicon_, begin);
  } else if (unit_.is(at, ChunkKind::kPrep) && unit_[at].word_class == WordClass::kOf &&
             (cue_.frames & kObjectOf) != 0) {
    phrase_from(at, kObjectOf);  // is accused of lying
    with_subject = true;
  } else {
    frame = kPassiveObject;
    with_subject = true;
    if (unit_.is(at, ChunkKind::kPrep) && unit_[at].word_class == WordClass::kBy) {
      agent.mention = noun_phrase_at(unit_, at + 1);
      frame = kPassiveBy;
    }
  }
  return true;
}

bool Complement::read_raising() {
  if ((cue_.frames & kRaising) == 0 || !source_.mention.found() || !unit_.is(source_.mention.begin, ChunkKind::kNoun)) {
    return false;
  }
  if (!unit_.is(at, ChunkKind::kAdjective) && !unit_.is(at, ChunkKind::kVerb) && !unit_.is(at, ChunkKind::kNoun)) {
    return false;
  }
  phrase_from(at, kRaising);
  with_subject = true;
  return true;
}

/// "admitted she left": with a pronoun it is as sure as with "that", where a verb of speech takes that.
Frame Complement::bare_frame(std::uint32_t subject) const {
  const bool sure = cue_.speech && unit_[subject].has(kPronoun) && unit_[subject].word_class != WordClass::kRecipient &&
                    unit_[subject + 1].has(kFinite);
  return (cue_.frames & kBareClause) == 0 && sure ? kThatClause : kBareClause;
}

/// A clause after a clause or phrase that opens it, or after a comma: "said, if elected, she would go".
void Complement::read_opening() {
  if ((cue_.frames & kBareClause) == 0 || !cue_.speech) return;
  const std::uint32_t opening = unit_.is(at, ChunkKind::kComma) ? at + 1 : at;
  // "She said, he could go", but not "That said, he could go" nor "As she said, he could go".
  const bool comma = opening > at && verb_chunk().has(kFinite) && !subordinate_ &&
                     (cue_.frames & kParenthetical) != 0 && source_.mention.found() &&
                     unit_.is(source_.mention.begin, ChunkKind::kNoun);
  if (past_opening(unit_, opening) != kNone ||
      (comma && unit_.is(opening, ChunkKind::kNoun) && is_clause(unit_, opening))) {
    clause_from(opening, kBareClause);
  }
}

/// A clause, over what may stand between: "said on Tuesday that", "told reporters in Oss that", "said he".
void Complement::read_clause() {
  if ((cue_.frames & (kThatClause | kBareClause | kWhClause | kToldClause)) == 0) return;
  std::uint32_t i = at;
  bool recipient = false;
  read_opening();
  const std::uint32_t limit = std::min(unit_.size(), at + 10);
  while (i < limit && frame == 0) {
    const Chunk& c = unit_[i];
    if (c.kind == ChunkKind::kThat) {
      if (i == at && determines(unit_, i)) break;  // "rejected that argument"
      clause_from(i, recipient ? kToldClause : kThatClause);
    } else if (begins_question(c)) {
      if (c.word_class == WordClass::kWho || (c.word_class == WordClass::kWhich && i > at)) break;
      if (c.word_class == WordClass::kIf && i > at && !recipient) break;
      clause_from(i, recipient ? kToldClause : kWhClause);
    } else if (c.kind == ChunkKind::kNoun) {
      const std::uint32_t past = i == at ? noun_phrase_at(unit_, i).end : i;
      if (!recipient && i == at && (cue_.frames & kToldClause) != 0 && unit_.is(past, ChunkKind::kThat) &&
          unit_.is(past + 1, ChunkKind::kNoun) && (c.has(kPronoun) || c.has(kName))) {
        recipient = true;  // "told the Oss Post that it holds"
        i = past;
      } else if (is_clause(unit_, i)) {
        clause_from(i, recipient ? kToldClause : bare_frame(i));
      } else if (c.has(kTimePhrase) || (i > at + 1 && unit_.is(i + 1, ChunkKind::kThat))) {
        ++i;
      } else if (!recipient && i == at && (cue_.frames & kToldClause) != 0) {
        recipient = true;
        i = noun_phrase_at(unit_, i).end;
      } else {
        break;
      }
    } else if (c.kind == ChunkKind::kPrep && unit_.is(i + 1, ChunkKind::kNoun)) {
      if (unit_[i + 2].has(kPronoun) && unit_[i + 3].has(kFinite) && (cue_.frames & bare_frame(i + 2)) != 0) {
        clause_from(i + 2, bare_frame(i + 2));  // "admitted under pressure she had"
        continue;
      }
      if (is_clause(unit_, i + 1) && (cue_.frames & kBareClause) != 0) {
        break;
      }
      i = noun_phrase_at(unit_, i + 1).end;
    } else if (c.kind == ChunkKind::kAdverb) {
      ++i;
    } else if ((c.kind == ChunkKind::kAdjective ||
                (c.kind == ChunkKind::kVerb && c.has(kGerundVerb) && (cue_.frames & kGerund) == 0)) &&
               i == at && (cue_.frames & kBareClause) != 0 && is_clause(unit_, i)) {
      clause_from(i, kBareClause);
    } else {
      break;
    }
  }
  if (frame != 0 && (cue_.frames & frame) == 0) frame = 0;
  if (frame == 0 && (cue_.frames & (kThatClause | kToldClause)) != 0) {
    const std::uint32_t that = distant_that(unit_, at);
    if (that != kNone) clause_from(that, (cue_.frames & kThatClause) != 0 ? kThatClause : kToldClause);
  }
}

/// Her note said: It rains.
void Complement::read_colon() {
  if (unit_.is(at, ChunkKind::kColon) && cue_.speech && !verb_chunk().has(kPassive) && at + 1 < unit_.size() &&
      !unit_.is(at + 1, ChunkKind::kQuoted) && source_.mention.found() && (cue_.frames & kBareClause) != 0) {
    frame = kBareClause;
    begin = at + 1;
    end = std::min(unit_.size(), at + kExtentReach);
  }
}

/// Words in quotation marks right after the cue: chanting "Dump it".
void Complement::read_quoted_words() {
  if ((cue_.frames & kQuoted) != 0) {
    const std::uint32_t region = unit_.words[unit_[at].begin].region;
    const bool opens =
        region != kNone && article_.regions[region].tokens.begin + 1 == unit_.words[unit_[at].begin].token;
    const bool title = opens && !cue_.speech && is_title(article_.tokens, article_.regions[region]);
    if (opens && !title) {
      std::uint32_t past = at;
      while (past < unit_.size() && unit_.words[unit_[past].begin].region == region) ++past;
      if (past >= unit_.size() || unit_.is(past, ChunkKind::kStop) || unit_.is(past, ChunkKind::kComma) ||
          (frame == 0 && (unit_.is(past, ChunkKind::kConjunction) || unit_.is(past, ChunkKind::kPrep)))) {
        frame = kQuoted;
        begin = at;
        end = past;
      }
    }
  }
}

/// "said yes", "say the same of him": what a verb that takes no object may have for one.
void Complement::read_answer() {
  if (unit_[at].word_class == WordClass::kAnswer && verb_chunk().has(kFinite) && cue_.speech &&
      (cue_.frames & kBareClause) != 0 && (cue_.frames & (kObject | kToldClause)) == 0) {
    frame = kBareClause;
    begin = at;
    end = object_end(unit_, lexicon_, at);
  }
}

/// An infinitive, a gerund, a preposition and what it takes, or an object.
void Complement::read_phrase() {
  // "announced on Friday the end of the strike", "announced Friday a deal"
  if ((cue_.frames & kObject) != 0) {
    const std::uint32_t time = unit_.is(at, ChunkKind::kPrep) ? at + 1 : at;
    if (unit_[time].has(kTimePhrase) && unit_.is(time + 1, ChunkKind::kNoun)) at = begin = time + 1;
  }
  const Chunk& c = unit_[at];
  if (c.kind == ChunkKind::kVerb && c.has(kToVerb)) {
    phrase_from(at, kInfinitive);
  } else if (c.kind == ChunkKind::kVerb && c.has(kGerundVerb)) {
    phrase_from(at, kGerund);
  } else if (c.kind == ChunkKind::kPrep) {
    const Frame which = frame_of_preposition(c.word_class);
    if (which != 0 && at + 1 < unit_.size()) {
      if (unit_.is(at + 1, ChunkKind::kNoun)) {
        frame = which;
        begin = at + 1;
        const bool infinitive =
            unit_.is(at + 2, ChunkKind::kVerb) && unit_[at + 2].has(kToVerb);  // "called on them to go"
        end = infinitive ? verb_phrase_end(unit_, lexicon_, at + 2) : object_end(unit_, lexicon_, at + 1);
      } else if (begins_question(unit_[at + 1])) {
        clause_from(at + 1, which);
      } else if (unit_.is(at + 1, ChunkKind::kVerb)) {
        phrase_from(at + 1, which);
      }
    }
  } else if (c.kind == ChunkKind::kThat && unit_.is(at + 1, ChunkKind::kNoun) && (cue_.frames & kObject) != 0) {
    frame = kObject;
    end = object_end(unit_, lexicon_, at + 1);
  } else if (c.kind == ChunkKind::kNoun) {
    read_object();
  }
}

/// An object, alone or with what the verb says of it: "called her vote a mistake", "accused them of lying".
void Complement::read_object() {
  std::uint32_t next = at + 1;
  end = object_end(unit_, lexicon_, at);
  frame = kObject;
  if ((cue_.frames & (kObjectOf | kObjectAs | kObjectFor | kObjectInfinitive)) != 0)
    next = past_object(unit_, cue_.frames, next);
  if (next < unit_.size()) {
    const Chunk& n = unit_[next];
    if (n.kind == ChunkKind::kVerb && n.has(kToVerb) && (cue_.frames & kObjectInfinitive) != 0) {
      phrase_from(next, kObjectInfinitive);
      begin = at;
    } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kAs && (cue_.frames & kObjectAs) != 0) {
      phrase_from(next, kObjectAs);
      begin = at;
    } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kOf && (cue_.frames & kObjectOf) != 0) {
      phrase_from(next, kObjectOf);
      begin = at;
    } else if (n.kind == ChunkKind::kPrep && n.word_class == WordClass::kFor && (cue_.frames & kObjectFor) != 0) {
      phrase_from(next, kObjectFor);
      begin = at;
    } else if ((cue_.frames & kCalled) != 0) {
      // "called her vote for the war a mistake": the first noun or adjective that no preposition governs.
      std::uint32_t predicate = next;
      while (unit_.is(predicate, ChunkKind::kPrep) && unit_.is(predicate + 1, ChunkKind::kNoun)) predicate += 2;
      while (unit_.is(predicate, ChunkKind::kConjunction) && unit_.is(predicate + 1, ChunkKind::kNoun)) predicate += 2;
      while (unit_.is(predicate, ChunkKind::kPrep) && unit_.is(predicate + 1, ChunkKind::kNoun)) predicate += 2;
      while (unit_.is(predicate, ChunkKind::kAdverb)) ++predicate;
      if ((unit_.is(predicate, ChunkKind::kNoun) && !unit_[predicate].has(kTimePhrase)) ||
          unit_.is(predicate, ChunkKind::kAdjective)) {
        phrase_from(predicate, kCalled);
        begin = at;
      }
    }
  }
  if (frame == kObject) begin = at;
}

}  // namespace copydesk::quotes
