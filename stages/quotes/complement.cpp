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
bool determines(const syntax::Unit& unit, std::uint32_t that) {
  if (!unit.is(that + 1, syntax::ChunkKind::kNoun)) return false;
  const syntax::Chunk& noun = unit[that + 1];
  const tag::Tag first = unit.words[noun.begin].tag;
  if (noun.has(syntax::kPronoun) || noun.has(syntax::kName) || first == tag::Tag::kDT || first == tag::Tag::kPRPS ||
      first == tag::Tag::kCD || unit.words[noun.head].tag == tag::Tag::kNNS) {
    return false;
  }
  const std::uint32_t limit = std::min(unit.size(), that + 12);
  for (std::uint32_t i = that + 2; i < limit; ++i) {
    const syntax::Chunk& c = unit[i];
    if (c.kind == syntax::ChunkKind::kVerb && !c.has(syntax::kToVerb)) return false;
    if (c.kind == syntax::ChunkKind::kComma || c.kind == syntax::ChunkKind::kStop) break;
  }
  return true;
}

/// Past the object that ends before `chunk`, to what its verb's frame takes: "accused the press and the council | of
/// lying", "described the talks in Oss | as a farce". `chunk` where there is nothing of the kind.
std::uint32_t past_object(const syntax::Unit& unit, std::uint32_t frames, std::uint32_t chunk) {
  const std::uint32_t limit = std::min(unit.size(), chunk + 9);
  std::uint32_t i = chunk;
  while (i < limit) {
    const syntax::Chunk& c = unit[i];
    if (c.kind == syntax::ChunkKind::kVerb)
      return c.has(syntax::kToVerb) && (frames & syntax::kObjectInfinitive) != 0 ? i : chunk;
    if (c.kind == syntax::ChunkKind::kConjunction && unit.is(i + 1, syntax::ChunkKind::kNoun)) {
      i += 2;
      continue;
    }
    if (c.kind == syntax::ChunkKind::kAdverb) {
      ++i;
      continue;
    }
    if (c.kind == syntax::ChunkKind::kComma && i == chunk) {  // "accused Ann Lee, who lives in Oss, of lying"
      std::uint32_t comma = i + 1;
      while (comma < limit && !unit.is(comma, syntax::ChunkKind::kComma) && !unit.is(comma, syntax::ChunkKind::kStop))
        ++comma;
      const syntax::Chunk& next = unit[comma + 1];
      const bool takes = (next.word_class == syntax::WordClass::kOf && (frames & syntax::kObjectOf) != 0) ||
                         (next.word_class == syntax::WordClass::kAs && (frames & syntax::kObjectAs) != 0) ||
                         (next.has(syntax::kToVerb) && (frames & syntax::kObjectInfinitive) != 0);
      return unit.is(comma, syntax::ChunkKind::kComma) && takes ? comma + 1 : chunk;
    }
    if (c.kind != syntax::ChunkKind::kPrep) return chunk;
    const bool gerund = unit.is(i + 1, syntax::ChunkKind::kVerb) && unit[i + 1].has(syntax::kGerundVerb);
    const std::uint32_t takes = c.word_class == syntax::WordClass::kAs    ? syntax::kObjectAs
                                : c.word_class == syntax::WordClass::kOf  ? syntax::kObjectOf
                                : c.word_class == syntax::WordClass::kFor ? syntax::kObjectFor
                                                                          : 0U;
    if ((frames & takes) != 0 && (gerund || i == chunk || c.word_class == syntax::WordClass::kAs)) return i;
    if (!unit.is(i + 1, syntax::ChunkKind::kNoun)) return chunk;
    i += 2;
  }
  return chunk;
}

/// "said because it rained, the dam broke", "said, if elected, she would go": past the comma between a clause or phrase
/// that opens what is said and its main clause; kNoIndex where nothing of the kind is at `chunk`.
std::uint32_t past_opening(const syntax::Unit& unit, std::uint32_t chunk) {
  if (!unit.is(chunk, syntax::ChunkKind::kPrep)) return syntax::kNoIndex;
  switch (unit[chunk].word_class) {
    case syntax::WordClass::kBecause:
    case syntax::WordClass::kIf:
    case syntax::WordClass::kWhile:
    case syntax::WordClass::kSubordinator: break;
    default: return syntax::kNoIndex;
  }
  const std::uint32_t limit = std::min(unit.size(), chunk + 18);
  for (std::uint32_t i = chunk + 1; i < limit; ++i) {
    const syntax::ChunkKind kind = unit[i].kind;
    if (kind == syntax::ChunkKind::kComma) return syntax::is_clause(unit, i + 1) ? i + 1 : syntax::kNoIndex;
    if (kind == syntax::ChunkKind::kStop || kind == syntax::ChunkKind::kSemicolon || kind == syntax::ChunkKind::kQuoted)
      break;
  }
  return syntax::kNoIndex;
}

/// "said, among other things, that it holds", "has told friends since May, in Oss and at home, that it holds": the
/// "that" after adjuncts of the verb before `chunk`; else kNoIndex.
std::uint32_t distant_that(const syntax::Unit& unit, std::uint32_t chunk) {
  const std::uint32_t limit = std::min(unit.size(), chunk + 18);
  bool inserted = false;  // in ", as they did," or ", where she lives,"
  for (std::uint32_t i = chunk; i < limit; ++i) {
    const syntax::Chunk& c = unit[i];
    if (c.kind == syntax::ChunkKind::kComma || c.kind == syntax::ChunkKind::kDash) {
      inserted = unit[i + 1].word_class == syntax::WordClass::kAs || unit.is(i + 1, syntax::ChunkKind::kWh);
      continue;
    }
    if (inserted && (c.kind == syntax::ChunkKind::kVerb || c.kind == syntax::ChunkKind::kWh)) continue;
    switch (c.kind) {
      case syntax::ChunkKind::kThat: {
        if (i == chunk) return syntax::kNoIndex;
        const syntax::Chunk& before = unit[i - 1];
        const bool free = before.kind == syntax::ChunkKind::kComma || before.kind == syntax::ChunkKind::kCloseParen ||
                          before.kind == syntax::ChunkKind::kDash || before.has(syntax::kTimePhrase);
        return free && syntax::is_clause(unit, i + 1) ? i : syntax::kNoIndex;
      }
      case syntax::ChunkKind::kVerb:
        if (c.has(syntax::kFinite) || c.has(syntax::kToVerb)) return syntax::kNoIndex;
        break;
      case syntax::ChunkKind::kStop:
      case syntax::ChunkKind::kSemicolon:
      case syntax::ChunkKind::kColon:
      case syntax::ChunkKind::kQuoted:
      case syntax::ChunkKind::kWh: return syntax::kNoIndex;
      default: break;
    }
  }
  return syntax::kNoIndex;
}

}  // namespace

/// The cue's clause is a subordinate one, or opens the sentence, so that a comma before a new clause ends what it
/// takes.
bool Complement::is_subordinate() const {
  bool subordinate = false;
  if (source_.mention.found() && source_.mention.begin > 0 && source_.mention.begin < verb_) {
    subordinate = syntax::subordinates(unit_[source_.mention.begin - 1].word_class) ||
                  unit_[source_.mention.begin].kind == syntax::ChunkKind::kWh;
  }
  if (!subordinate) {
    // "While those in Oss say that …, she said": no comma before it.
    const std::uint32_t first = unit_.is(0, syntax::ChunkKind::kConjunction) ? 1 : 0;
    subordinate = syntax::subordinates(unit_[first].word_class) && verb_ < syntax::kSubjectReach;
    for (std::uint32_t i = first; i < verb_ && subordinate; ++i) {
      subordinate = !unit_.is(i, syntax::ChunkKind::kComma) && !unit_.is(i, syntax::ChunkKind::kQuoted) &&
                    !unit_.is(i, syntax::ChunkKind::kStop);
    }
  }
  {
    // "Asked whether …, she said", "After noting that …, she said".
    std::uint32_t first = verb_;
    while (first > 0 &&
           (unit_.is(first - 1, syntax::ChunkKind::kPrep) || unit_.is(first - 1, syntax::ChunkKind::kAdverb) ||
            unit_.is(first - 1, syntax::ChunkKind::kConjunction) || unit_.is(first - 1, syntax::ChunkKind::kWh))) {
      --first;
    }
    subordinate = subordinate || (first == 0 && !verb_chunk().has(syntax::kToVerb));
    // "In addition to stating that …, she said"
    if (verb_chunk().has(syntax::kGerundVerb) && verb_ > 0 && unit_.is(verb_ - 1, syntax::ChunkKind::kPrep) &&
        unit_.is(0, syntax::ChunkKind::kPrep)) {
      bool finite = false;
      for (std::uint32_t i = 0; i < std::min(verb_, syntax::kSubjectReach); ++i)
        finite = finite || unit_[i].has(syntax::kFinite);
      subordinate = subordinate || !finite;
    }
  }
  return subordinate;
}

bool Complement::read_passive() {
  // "was asked by a caller why …", "Asked in Oss on Tuesday about the dam, she …"
  std::uint32_t asked = syntax::kNoIndex;  // where the question begins
  if ((verb_chunk().has(syntax::kPassive) || verb_chunk().has(syntax::kParticiple)) &&
      (cue_.frames & syntax::kPassiveThat) != 0 && (cue_.frames & syntax::kToldClause) != 0) {
    for (std::uint32_t i = at; i < at + 8 && asked == syntax::kNoIndex;) {
      const syntax::Chunk& c = unit_[i];
      if (unit_.is(i, syntax::ChunkKind::kThat) || syntax::begins_question(c) ||
          c.word_class == syntax::WordClass::kAbout) {
        asked = i;
      } else if (c.kind == syntax::ChunkKind::kPrep && c.word_class != syntax::WordClass::kTo &&
                 unit_.is(i + 1, syntax::ChunkKind::kNoun)) {
        const syntax::ChunkRange noun = syntax::noun_phrase_at(unit_, i + 1);
        if (c.word_class == syntax::WordClass::kBy) agent.mention = noun;
        i = noun.end;
      } else if (c.kind == syntax::ChunkKind::kAdverb || c.has(syntax::kTimePhrase)) {
        ++i;
      } else {
        break;
      }
    }
  }
  if (!verb_chunk().has(syntax::kPassive) && asked == syntax::kNoIndex) return false;
  if (asked != syntax::kNoIndex) at = begin = end = asked;
  if (unit_.is(at, syntax::ChunkKind::kVerb) && unit_[at].has(syntax::kToVerb)) {
    phrase_from(at, syntax::kPassiveInfinitive);
    with_subject = true;
  } else if (unit_.is(at, syntax::ChunkKind::kThat) || syntax::begins_question(unit_[at])) {
    clause_from(at, syntax::kPassiveThat);
  } else if (unit_.is(at, syntax::ChunkKind::kPrep) && unit_[at].word_class == syntax::WordClass::kAbout &&
             (unit_.is(at + 1, syntax::ChunkKind::kNoun) || unit_.is(at + 1, syntax::ChunkKind::kVerb))) {
    frame = syntax::kPassiveThat;  // was asked about the dam, about going
    begin = at + 1;
    end = unit_.is(begin, syntax::ChunkKind::kNoun) ? syntax::object_end(unit_, lexicon_, begin)
                                                    : syntax::verb_phrase_end(unit_, lexicon_, begin);
  } else if (unit_.is(at, syntax::ChunkKind::kPrep) && unit_[at].word_class == syntax::WordClass::kOf &&
             (cue_.frames & syntax::kObjectOf) != 0) {
    phrase_from(at, syntax::kObjectOf);  // is accused of lying
    with_subject = true;
  } else {
    frame = syntax::kPassiveObject;
    with_subject = true;
    if (unit_.is(at, syntax::ChunkKind::kPrep) && unit_[at].word_class == syntax::WordClass::kBy) {
      agent.mention = syntax::noun_phrase_at(unit_, at + 1);
      frame = syntax::kPassiveBy;
    }
  }
  return true;
}

bool Complement::read_raising() {
  if ((cue_.frames & syntax::kRaising) == 0 || !source_.mention.found() ||
      !unit_.is(source_.mention.begin, syntax::ChunkKind::kNoun)) {
    return false;
  }
  if (!unit_.is(at, syntax::ChunkKind::kAdjective) && !unit_.is(at, syntax::ChunkKind::kVerb) &&
      !unit_.is(at, syntax::ChunkKind::kNoun)) {
    return false;
  }
  phrase_from(at, syntax::kRaising);
  with_subject = true;
  return true;
}

/// "admitted she left": with a pronoun it is as sure as with "that", where a verb of speech takes that.
syntax::Frame Complement::bare_frame(std::uint32_t subject) const {
  const bool sure = cue_.speech && unit_[subject].has(syntax::kPronoun) &&
                    unit_[subject].word_class != syntax::WordClass::kRecipient &&
                    unit_[subject + 1].has(syntax::kFinite);
  return (cue_.frames & syntax::kBareClause) == 0 && sure ? syntax::kThatClause : syntax::kBareClause;
}

/// A clause after a clause or phrase that opens it, or after a comma: "said, if elected, she would go".
void Complement::read_opening() {
  if ((cue_.frames & syntax::kBareClause) == 0 || !cue_.speech) return;
  const std::uint32_t opening = unit_.is(at, syntax::ChunkKind::kComma) ? at + 1 : at;
  // "She said, he could go", but not "That said, he could go" nor "As she said, he could go".
  const bool comma = opening > at && verb_chunk().has(syntax::kFinite) && !subordinate_ &&
                     (cue_.frames & syntax::kParenthetical) != 0 && source_.mention.found() &&
                     unit_.is(source_.mention.begin, syntax::ChunkKind::kNoun);
  if (past_opening(unit_, opening) != syntax::kNoIndex ||
      (comma && unit_.is(opening, syntax::ChunkKind::kNoun) && syntax::is_clause(unit_, opening))) {
    clause_from(opening, syntax::kBareClause);
  }
}

/// A clause, over what may stand between: "said on Tuesday that", "told reporters in Oss that", "said he".
void Complement::read_clause() {
  if ((cue_.frames & (syntax::kThatClause | syntax::kBareClause | syntax::kWhClause | syntax::kToldClause)) == 0)
    return;
  std::uint32_t i = at;
  bool recipient = false;
  read_opening();
  const std::uint32_t limit = std::min(unit_.size(), at + 10);
  while (i < limit && frame == 0) {
    const syntax::Chunk& c = unit_[i];
    if (c.kind == syntax::ChunkKind::kThat) {
      if (i == at && determines(unit_, i)) break;  // "rejected that argument"
      clause_from(i, recipient ? syntax::kToldClause : syntax::kThatClause);
    } else if (syntax::begins_question(c)) {
      if (c.word_class == syntax::WordClass::kWho || (c.word_class == syntax::WordClass::kWhich && i > at)) break;
      if (c.word_class == syntax::WordClass::kIf && i > at && !recipient) break;
      clause_from(i, recipient ? syntax::kToldClause : syntax::kWhClause);
    } else if (c.kind == syntax::ChunkKind::kNoun) {
      const std::uint32_t past = i == at ? syntax::noun_phrase_at(unit_, i).end : i;
      if (!recipient && i == at && (cue_.frames & syntax::kToldClause) != 0 &&
          unit_.is(past, syntax::ChunkKind::kThat) && unit_.is(past + 1, syntax::ChunkKind::kNoun) &&
          (c.has(syntax::kPronoun) || c.has(syntax::kName))) {
        recipient = true;  // "told the Oss Post that it holds"
        i = past;
      } else if (syntax::is_clause(unit_, i)) {
        clause_from(i, recipient ? syntax::kToldClause : bare_frame(i));
      } else if (c.has(syntax::kTimePhrase) || (i > at + 1 && unit_.is(i + 1, syntax::ChunkKind::kThat))) {
        ++i;
      } else if (!recipient && i == at && (cue_.frames & syntax::kToldClause) != 0) {
        recipient = true;
        i = syntax::noun_phrase_at(unit_, i).end;
      } else {
        break;
      }
    } else if (c.kind == syntax::ChunkKind::kPrep && unit_.is(i + 1, syntax::ChunkKind::kNoun)) {
      if (unit_[i + 2].has(syntax::kPronoun) && unit_[i + 3].has(syntax::kFinite) &&
          (cue_.frames & bare_frame(i + 2)) != 0) {
        clause_from(i + 2, bare_frame(i + 2));  // "admitted under pressure she had"
        continue;
      }
      if (syntax::is_clause(unit_, i + 1) && (cue_.frames & syntax::kBareClause) != 0) {
        break;
      }
      i = syntax::noun_phrase_at(unit_, i + 1).end;
    } else if (c.kind == syntax::ChunkKind::kAdverb) {
      ++i;
    } else if ((c.kind == syntax::ChunkKind::kAdjective ||
                (c.kind == syntax::ChunkKind::kVerb && c.has(syntax::kGerundVerb) &&
                 (cue_.frames & syntax::kGerund) == 0)) &&
               i == at && (cue_.frames & syntax::kBareClause) != 0 && syntax::is_clause(unit_, i)) {
      clause_from(i, syntax::kBareClause);
    } else {
      break;
    }
  }
  if (frame != 0 && (cue_.frames & frame) == 0) frame = 0;
  if (frame == 0 && (cue_.frames & (syntax::kThatClause | syntax::kToldClause)) != 0) {
    const std::uint32_t that = distant_that(unit_, at);
    if (that != syntax::kNoIndex)
      clause_from(that, (cue_.frames & syntax::kThatClause) != 0 ? syntax::kThatClause : syntax::kToldClause);
  }
}

/// Her note said: It rains.
void Complement::read_colon() {
  if (unit_.is(at, syntax::ChunkKind::kColon) && cue_.speech && !verb_chunk().has(syntax::kPassive) &&
      at + 1 < unit_.size() && !unit_.is(at + 1, syntax::ChunkKind::kQuoted) && source_.mention.found() &&
      (cue_.frames & syntax::kBareClause) != 0) {
    frame = syntax::kBareClause;
    begin = at + 1;
    end = std::min(unit_.size(), at + syntax::kExtentReach);
  }
}

/// Words in quotation marks right after the cue: chanting "Dump it".
void Complement::read_quoted_words() {
  if ((cue_.frames & syntax::kQuoted) != 0) {
    const std::uint32_t region = unit_.words[unit_[at].begin].region;
    const bool opens =
        region != syntax::kNoIndex && article_.regions[region].tokens.begin + 1 == unit_.words[unit_[at].begin].token;
    const bool title = opens && !cue_.speech && syntax::is_title(article_.tokens, article_.regions[region]);
    if (opens && !title) {
      std::uint32_t past = at;
      while (past < unit_.size() && unit_.words[unit_[past].begin].region == region) ++past;
      if (past >= unit_.size() || unit_.is(past, syntax::ChunkKind::kStop) ||
          unit_.is(past, syntax::ChunkKind::kComma) ||
          (frame == 0 &&
           (unit_.is(past, syntax::ChunkKind::kConjunction) || unit_.is(past, syntax::ChunkKind::kPrep)))) {
        frame = syntax::kQuoted;
        begin = at;
        end = past;
      }
    }
  }
}

/// "said yes", "say the same of him": what a verb that takes no object may have for one.
void Complement::read_answer() {
  if (unit_[at].word_class == syntax::WordClass::kAnswer && verb_chunk().has(syntax::kFinite) && cue_.speech &&
      (cue_.frames & syntax::kBareClause) != 0 && (cue_.frames & (syntax::kObject | syntax::kToldClause)) == 0) {
    frame = syntax::kBareClause;
    begin = at;
    end = syntax::object_end(unit_, lexicon_, at);
  }
}

/// An infinitive, a gerund, a preposition and what it takes, or an object.
void Complement::read_phrase() {
  // "announced on Friday the end of the strike", "announced Friday a deal"
  if ((cue_.frames & syntax::kObject) != 0) {
    const std::uint32_t time = unit_.is(at, syntax::ChunkKind::kPrep) ? at + 1 : at;
    if (unit_[time].has(syntax::kTimePhrase) && unit_.is(time + 1, syntax::ChunkKind::kNoun)) at = begin = time + 1;
  }
  const syntax::Chunk& c = unit_[at];
  if (c.kind == syntax::ChunkKind::kVerb && c.has(syntax::kToVerb)) {
    phrase_from(at, syntax::kInfinitive);
  } else if (c.kind == syntax::ChunkKind::kVerb && c.has(syntax::kGerundVerb)) {
    phrase_from(at, syntax::kGerund);
  } else if (c.kind == syntax::ChunkKind::kPrep) {
    const syntax::Frame which = syntax::frame_of_preposition(c.word_class);
    if (which != 0 && at + 1 < unit_.size()) {
      if (unit_.is(at + 1, syntax::ChunkKind::kNoun)) {
        frame = which;
        begin = at + 1;
        const bool infinitive =
            unit_.is(at + 2, syntax::ChunkKind::kVerb) && unit_[at + 2].has(syntax::kToVerb);  // "called on them to go"
        end =
            infinitive ? syntax::verb_phrase_end(unit_, lexicon_, at + 2) : syntax::object_end(unit_, lexicon_, at + 1);
      } else if (syntax::begins_question(unit_[at + 1])) {
        clause_from(at + 1, which);
      } else if (unit_.is(at + 1, syntax::ChunkKind::kVerb)) {
        phrase_from(at + 1, which);
      }
    }
  } else if (c.kind == syntax::ChunkKind::kThat && unit_.is(at + 1, syntax::ChunkKind::kNoun) &&
             (cue_.frames & syntax::kObject) != 0) {
    frame = syntax::kObject;
    end = syntax::object_end(unit_, lexicon_, at + 1);
  } else if (c.kind == syntax::ChunkKind::kNoun) {
    read_object();
  }
}

/// An object, alone or with what the verb says of it: "called her vote a mistake", "accused them of lying".
void Complement::read_object() {
  std::uint32_t next = at + 1;
  end = syntax::object_end(unit_, lexicon_, at);
  frame = syntax::kObject;
  if ((cue_.frames & (syntax::kObjectOf | syntax::kObjectAs | syntax::kObjectFor | syntax::kObjectInfinitive)) != 0)
    next = past_object(unit_, cue_.frames, next);
  if (next < unit_.size()) {
    const syntax::Chunk& n = unit_[next];
    if (n.kind == syntax::ChunkKind::kVerb && n.has(syntax::kToVerb) &&
        (cue_.frames & syntax::kObjectInfinitive) != 0) {
      phrase_from(next, syntax::kObjectInfinitive);
      begin = at;
    } else if (n.kind == syntax::ChunkKind::kPrep && n.word_class == syntax::WordClass::kAs &&
               (cue_.frames & syntax::kObjectAs) != 0) {
      phrase_from(next, syntax::kObjectAs);
      begin = at;
    } else if (n.kind == syntax::ChunkKind::kPrep && n.word_class == syntax::WordClass::kOf &&
               (cue_.frames & syntax::kObjectOf) != 0) {
      phrase_from(next, syntax::kObjectOf);
      begin = at;
    } else if (n.kind == syntax::ChunkKind::kPrep && n.word_class == syntax::WordClass::kFor &&
               (cue_.frames & syntax::kObjectFor) != 0) {
      phrase_from(next, syntax::kObjectFor);
      begin = at;
    } else if ((cue_.frames & syntax::kCalled) != 0) {
      // "called her vote for the war a mistake": the first noun or adjective that no preposition governs.
      std::uint32_t predicate = next;
      while (unit_.is(predicate, syntax::ChunkKind::kPrep) && unit_.is(predicate + 1, syntax::ChunkKind::kNoun))
        predicate += 2;
      while (unit_.is(predicate, syntax::ChunkKind::kConjunction) && unit_.is(predicate + 1, syntax::ChunkKind::kNoun))
        predicate += 2;
      while (unit_.is(predicate, syntax::ChunkKind::kPrep) && unit_.is(predicate + 1, syntax::ChunkKind::kNoun))
        predicate += 2;
      while (unit_.is(predicate, syntax::ChunkKind::kAdverb)) ++predicate;
      if ((unit_.is(predicate, syntax::ChunkKind::kNoun) && !unit_[predicate].has(syntax::kTimePhrase)) ||
          unit_.is(predicate, syntax::ChunkKind::kAdjective)) {
        phrase_from(predicate, syntax::kCalled);
        begin = at;
      }
    }
  }
  if (frame == syntax::kObject) begin = at;
}

}  // namespace copydesk::quotes
