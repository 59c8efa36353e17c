// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/chunker.h"

#include <algorithm>

#include "stages/syntax/tag_kinds.h"
#include "stages/syntax/words.h"

namespace copydesk::syntax {
namespace {

/// Cuts a unit's words into chunks, left to right.
class Chunker {
 public:
  Chunker(const ArticleView& article, const Lexicon& lexicon, UnitBuffer& unit)
      : article_(article), lexicon_(lexicon), unit_(unit) {}

  void run() {
    const auto count = static_cast<std::uint32_t>(unit_.words.size());
    std::uint32_t at = 0;
    while (at < count) at = step(at);
  }

 private:
  [[nodiscard]] const Word& word(std::uint32_t at) const { return unit_.words[at]; }
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(unit_.words.size()); }

  std::uint32_t push(std::uint32_t begin, std::uint32_t end, std::uint32_t head, ChunkKind kind, unsigned flags) {
    const Word& w = word(head);
    unit_.chunks.push_back({begin, end, head, kind, static_cast<std::uint16_t>(flags), w.word_class, w.cue, w.nominal,
                            word(begin).region});
    return end;
  }
  std::uint32_t one(std::uint32_t at, ChunkKind kind) { return push(at, at + 1, at, kind, 0); }

  std::uint32_t step(std::uint32_t at) {
    const Word& w = word(at);
    switch (w.tag) {
      case tag::Tag::kPunct: return punctuation(at);
      case tag::Tag::kVBD:  // "of registered voters"
        return after_of() && at + 1 < count() && is_noun_tag(word(at + 1).tag) ? noun(at) : verb(at);
      case tag::Tag::kMD:
      case tag::Tag::kVB:
      case tag::Tag::kVBP:
      case tag::Tag::kVBZ: return verb(at);
      case tag::Tag::kVBN:
      case tag::Tag::kVBG: return starts_noun(at) ? noun(at) : verb(at);
      case tag::Tag::kTO: {
        const std::uint32_t next = skip_adverbs(at + 1);
        if (next < count() && word(next).tag == tag::Tag::kVB) return verb(at);
        return one(at, ChunkKind::kPrep);
      }
      case tag::Tag::kIN:
      case tag::Tag::kRP: return one(at, w.word_class == WordClass::kThat ? ChunkKind::kThat : ChunkKind::kPrep);
      case tag::Tag::kWDT:
      case tag::Tag::kWP:
      case tag::Tag::kWPS:
      case tag::Tag::kWRB: return one(at, w.word_class == WordClass::kThat ? ChunkKind::kThat : ChunkKind::kWh);
      case tag::Tag::kCC:
      case tag::Tag::kPDT:
        if (w.word_class == WordClass::kBoth && at + 1 < count()) {  // "both Lee and Poe", "neither he nor she"
          const tag::Tag next = word(at + 1).tag;
          if (next == tag::Tag::kPRP) return push(at, at + 2, at + 1, ChunkKind::kNoun, kPronoun);
          if (is_noun_tag(next) || is_adjective_tag(next) || next == tag::Tag::kDT || next == tag::Tag::kPRPS)
            return noun(at);
        }
        return w.tag == tag::Tag::kCC ? one(at, ChunkKind::kConjunction) : noun(at);
      case tag::Tag::kRB:
      case tag::Tag::kRBR:
      case tag::Tag::kRBS:
        if (w.word_class == WordClass::kThere) {  // "there certainly was"
          const std::uint32_t next = skip_adverbs(at + 1);
          if (next < count() && is_verb_tag(word(next).tag)) return push(at, at + 1, at, ChunkKind::kNoun, 0);
        }
        return adverb(at);
      case tag::Tag::kPRP:
        if (w.word_class == WordClass::kReflexive && !unit_.chunks.empty() &&
            unit_.chunks.back().kind == ChunkKind::kNoun) {
          return one(at, ChunkKind::kAdverb);  // "Lee himself said"
        }
        return push(at, at + 1, at, ChunkKind::kNoun, kPronoun);
      case tag::Tag::kEX: return push(at, at + 1, at, ChunkKind::kNoun, 0);
      case tag::Tag::kUH:
      case tag::Tag::kLS:
      case tag::Tag::kSYM: return w.tag == tag::Tag::kSYM ? noun(at) : one(at, ChunkKind::kOther);
      default: return noun(at);
    }
  }

  std::uint32_t punctuation(std::uint32_t at) {
    const std::string_view text = article_.tokens.text(article_.text, word(at).token);
    ChunkKind kind = ChunkKind::kOther;
    switch (text.front()) {
      case ',': kind = ChunkKind::kComma; break;
      case ':': kind = ChunkKind::kColon; break;
      case ';': kind = ChunkKind::kSemicolon; break;
      case '-': kind = ChunkKind::kDash; break;
      case '.':
      case '?':
      case '!': kind = text == ".." || text.starts_with("...") ? ChunkKind::kOther : ChunkKind::kStop; break;
      case '(':
      case '[': kind = ChunkKind::kOpenParen; break;
      case ')':
      case ']': kind = ChunkKind::kCloseParen; break;
      default:
        if (text == "\xE2\x80\x94" || text == "\xE2\x80\x93" || text == "\xE2\x80\x95") kind = ChunkKind::kDash;
        break;
    }
    one(at, kind);
    if (text == "-" || text == "\xE2\x80\x93") unit_.chunks.back().word_class = WordClass::kHyphen;
    return at + 1;
  }

  [[nodiscard]] bool after_of() const {
    return !unit_.chunks.empty() && unit_.chunks.back().word_class == WordClass::kOf;
  }

  /// Past a few adverbs; not past more, so that a text of nothing else takes no longer than others.
  [[nodiscard]] std::uint32_t skip_adverbs(std::uint32_t at) const {
    constexpr std::uint32_t kFew = 8;
    const std::uint32_t limit = std::min(count(), at + kFew);
    while (at < limit && is_adverb_tag(word(at).tag)) ++at;
    return at;
  }

  std::uint32_t adverb(std::uint32_t at) {
    const std::uint32_t next = skip_adverbs(at);
    if (next < count() && next - at <= 3) {
      const tag::Tag tag = word(next).tag;
      if (is_verb_tag(tag) && !starts_noun(next)) return verb(at);
      if (tag == tag::Tag::kTO && next + 1 < count() && word(next + 1).tag == tag::Tag::kVB) return verb(at);
      if (is_adjective_tag(tag) || tag == tag::Tag::kCD) return noun(at);  // "nearly 300 people", "very wet"
    }
    return one(at, ChunkKind::kAdverb);
  }

  /// A participle that modifies the noun after it: "the annexed territory" is found by noun(); this is "rising prices".
  [[nodiscard]] bool starts_noun(std::uint32_t at) const {
    const tag::Tag tag = word(at).tag;
    if (tag != tag::Tag::kVBN && tag != tag::Tag::kVBG) return false;
    if (word(at).word_class != WordClass::kNone || tag == tag::Tag::kVBG) return false;
    const bool after_preposition = !unit_.chunks.empty() && unit_.chunks.back().kind == ChunkKind::kPrep;
    if (word(at).cue != 0 && !after_preposition) return false;
    if (!unit_.chunks.empty()) {
      const Chunk& before = unit_.chunks.back();
      if (before.kind == ChunkKind::kNoun || before.kind == ChunkKind::kVerb) return false;
    }
    return at + 1 < count() && is_noun_tag(word(at + 1).tag);
  }

  /// "She's said it": this verb makes the 's before it a "has", as nobody is said, but may be expected or accused.
  [[nodiscard]] bool says(const Word& w) const {
    const Cue& cue = lexicon_.cue(w.cue);
    return cue.speech && (cue.frames & kParenthetical) != 0 && (cue.frames & kToldClause) == 0;
  }

  std::uint32_t verb(std::uint32_t at) {
    unsigned flags = 0;
    std::uint32_t head = kNoIndex;
    std::uint32_t end = at;
    bool open = true;  // the last verb is an auxiliary, so that another may follow
    WordClass aux = WordClass::kNone;
    for (std::uint32_t i = at; i < count(); ++i) {
      const Word& w = word(i);
      if (is_adverb_tag(w.tag)) {
        if (w.word_class == WordClass::kNot) flags |= kNegated;
        if (head == kNoIndex && end != i && end != at) break;
        continue;
      }
      if (w.tag == tag::Tag::kMD) {
        if (head != kNoIndex) break;
        flags |= kFinite | kModal;
        end = i + 1;
        continue;
      }
      if (w.tag == tag::Tag::kTO) {
        if (head != kNoIndex || (flags & kFinite) != 0) break;
        flags |= kToVerb;
        end = i + 1;
        continue;
      }
      if (!is_verb_tag(w.tag) || !open) break;
      if (head != kNoIndex && (w.tag == tag::Tag::kVBD || w.tag == tag::Tag::kVBZ || w.tag == tag::Tag::kVBP)) {
        if (!(w.tag == tag::Tag::kVBD && (aux == WordClass::kHave || aux == WordClass::kBe))) break;
      }
      if (head != kNoIndex && w.tag == tag::Tag::kVB && aux != WordClass::kDo) break;
      if (head != kNoIndex && w.tag == tag::Tag::kVBG && aux != WordClass::kBe) break;
      if (head == kNoIndex && flags == 0) {
        if (w.tag == tag::Tag::kVBD || w.tag == tag::Tag::kVBP || w.tag == tag::Tag::kVBZ)
          flags |= kFinite;
        else if (w.tag == tag::Tag::kVBG)
          flags |= kGerundVerb;
        else if (w.tag == tag::Tag::kVBN)
          flags |= kParticiple;
      } else if (head == kNoIndex && flags == kNegated) {
        if (w.tag == tag::Tag::kVBD || w.tag == tag::Tag::kVBP || w.tag == tag::Tag::kVBZ)
          flags |= kFinite;
        else if (w.tag == tag::Tag::kVBG)
          flags |= kGerundVerb;
      }
      if (head != kNoIndex && (w.tag == tag::Tag::kVBN || w.tag == tag::Tag::kVBD) && aux == WordClass::kBe &&
          !(article_.tokens.has(word(head).token, tokenize::kClitic) && says(w))) {
        flags |= kPassive;
      }
      head = i;
      end = i + 1;
      aux = w.word_class;
      open = aux == WordClass::kBe || aux == WordClass::kHave || aux == WordClass::kDo;
    }
    if (head == kNoIndex) head = end > at ? end - 1 : at;
    if (end == at) end = at + 1;
    // Adverbs after the last verb belong to what follows.
    if (word(head).word_class == WordClass::kBe) flags |= kCopula;
    return push(at, end, head, ChunkKind::kVerb, flags);
  }

  /// A noun phrase that is being read.
  struct NounScan {
    std::uint32_t begin = 0;
    std::uint32_t at = 0;
    std::uint32_t head = kNoIndex;
    bool seen_noun = false;
    unsigned flags = 0;
  };

  [[nodiscard]] static bool is_determiner(tag::Tag tag) {
    return tag == tag::Tag::kDT || tag == tag::Tag::kPRPS || tag == tag::Tag::kPDT;
  }

  /// "the company | Tuesday"; "told reporters | sales fell", "in an interview | sales would fall": a noun after another
  /// that is not of its phrase.
  [[nodiscard]] bool leaves_noun(const NounScan& scan) const {
    const Word& w = word(scan.at);
    if (!scan.seen_noun) return false;
    const Word& before = word(scan.at - 1);
    if (w.word_class == WordClass::kTime && before.tag != tag::Tag::kPOS && before.word_class != WordClass::kTime &&
        article_.tokens.text(article_.text, w.token).ends_with("day")) {
      return true;
    }
    return w.tag != tag::Tag::kNNP &&
           (before.word_class == WordClass::kOccasion ||
            (before.word_class == WordClass::kRecipient && scan.at == scan.begin + 1)) &&
           scan.at + 1 < count() && (is_finite_tag(word(scan.at + 1).tag) || word(scan.at + 1).tag == tag::Tag::kMD);
  }

  /// Adjectives, adverbs and participles before a noun. False where the word ends the phrase.
  [[nodiscard]] bool takes_modifier(const NounScan& scan) const {
    const tag::Tag tag = word(scan.at).tag;
    const bool more = scan.at + 1 < count();
    const tag::Tag next = more ? word(scan.at + 1).tag : tag::Tag::kPunct;
    if (is_adjective_tag(tag)) return !scan.seen_noun || word(scan.at - 1).tag == tag::Tag::kNNP || is_noun_tag(next);
    if (is_adverb_tag(tag)) {
      return !scan.seen_noun && more &&
             (is_adjective_tag(next) || next == tag::Tag::kCD || next == tag::Tag::kVBN || is_adverb_tag(next));
    }
    if ((tag == tag::Tag::kVBG || tag == tag::Tag::kVBN) && scan.at > scan.begin && !scan.seen_noun && more) {
      return is_noun_tag(next) || is_adjective_tag(next);
    }
    if (scan.at > scan.begin) return false;
    return is_determiner(tag) || tag == tag::Tag::kVBD || tag == tag::Tag::kVBN || tag == tag::Tag::kCC;
  }

  /// Takes the word at `scan.at` into the phrase; false where it ends before it.
  [[nodiscard]] bool takes(NounScan& scan) const {
    const Word& w = word(scan.at);
    if (scan.at > scan.begin) {
      const Word& before = word(scan.at - 1);
      if (is_determiner(w.tag)) {
        return before.tag == tag::Tag::kPDT || before.tag == tag::Tag::kCC ||
               (before.tag == tag::Tag::kDT && scan.at == scan.begin + 1 && w.tag != tag::Tag::kDT);
      }
      // "called the pact | “a gift”"
      if (scan.seen_noun && w.region != kNoIndex && w.region != before.region && before.tag != tag::Tag::kPOS)
        return false;
    }
    if (is_noun_tag(w.tag)) {
      if (leaves_noun(scan)) return false;
      scan.head = scan.at;
      scan.seen_noun = true;
      if (w.tag == tag::Tag::kNNP || w.tag == tag::Tag::kNNPS) scan.flags |= kName;
      return true;
    }
    if (w.tag == tag::Tag::kCD || w.tag == tag::Tag::kSYM || w.tag == tag::Tag::kFW) {
      scan.head = scan.at;
      return true;
    }
    if (w.tag == tag::Tag::kPOS) {
      if (!scan.seen_noun && scan.head == kNoIndex) return false;
      scan.head = kNoIndex;
      scan.seen_noun = false;
      return true;
    }
    return takes_modifier(scan);
  }

  std::uint32_t noun(std::uint32_t at) {
    // "called her | “weak”"
    if (word(at).tag == tag::Tag::kPRPS && at + 1 < count() && word(at + 1).region != kNoIndex &&
        word(at + 1).region != word(at).region && word(at).word_class == WordClass::kRecipient) {
      return push(at, at + 1, at, ChunkKind::kNoun, kPronoun);
    }
    NounScan scan;
    scan.begin = scan.at = at;
    while (scan.at < count() && takes(scan)) ++scan.at;
    const std::uint32_t end = scan.at;
    if (end == at) return one(at, ChunkKind::kOther);
    if (word(end - 1).tag == tag::Tag::kPOS) scan.flags |= kPossessiveEnd;
    if (scan.head != kNoIndex) {
      if (word(scan.head).word_class == WordClass::kTime) scan.flags |= kTimePhrase;
      return push(at, end, scan.head, ChunkKind::kNoun, scan.flags);
    }
    return push_headless(scan);
  }

  /// A phrase without a noun: "nearly a third", "the Dutch", "several", "very wet".
  std::uint32_t push_headless(NounScan& scan) {
    const std::uint32_t end = scan.at;
    const std::uint32_t head = end - 1;
    bool determiner = false;
    for (std::uint32_t k = scan.begin; k < end; ++k) determiner = determiner || is_determiner(word(k).tag);
    if (determiner || (scan.flags & kPossessiveEnd) != 0) {
      if (word(head).word_class == WordClass::kTime) scan.flags |= kTimePhrase;
      return push(scan.begin, end, head, ChunkKind::kNoun, scan.flags);
    }
    // "Several said", "most of them said"
    const WordClass word_class = word(head).word_class;
    const bool noun =
        (word_class == WordClass::kQuantifier || word_class == WordClass::kBoth) && end < count() &&
        (word(end).word_class == WordClass::kOf || word(end).tag == tag::Tag::kMD || is_finite_tag(word(end).tag));
    return push(scan.begin, end, head, noun ? ChunkKind::kNoun : ChunkKind::kAdjective, scan.flags);
  }

  const ArticleView& article_;
  const Lexicon& lexicon_;
  UnitBuffer& unit_;
};

}  // namespace

namespace {

void make_finite(Chunk& chunk) {
  chunk.flags = static_cast<std::uint16_t>((chunk.flags & ~unsigned{kParticiple}) | kFinite);
}

/// Whether the participle at `at`, right after a noun phrase, is a past tense that the tagger took for a participle.
bool is_past_tense(const Unit& unit, const Lexicon& lexicon, std::uint32_t at) {
  const Cue& cue = lexicon.cue(unit[at].cue);
  // ""…," the clerk repeated.": before the end,
  if (at > 1 && unit.is(at - 2, ChunkKind::kQuoted) &&
      (unit.is(at + 1, ChunkKind::kStop) || unit.is(at + 1, ChunkKind::kComma))) {
    return true;
  }
  // "…, a source said.": of a verb of speech also elsewhere,
  if (cue.speech && (cue.frames & kParenthetical) != 0 &&
      !(unit.is(at + 1, ChunkKind::kPrep) && unit[at + 1].word_class != WordClass::kOn &&
        unit[at + 1].word_class != WordClass::kIn)) {
    return true;
  }
  // "She said the dam cracked in May": after a verb that takes a clause and no object.
  if (at < 2 || unit[at + 1].word_class == WordClass::kBy) return false;
  std::uint32_t verb = at - 2;
  while (verb > 1 && unit.is(verb, ChunkKind::kPrep) && unit.is(verb - 1, ChunkKind::kNoun)) verb -= 2;
  const std::uint32_t frames = lexicon.cue(unit[verb].cue).frames;
  return unit.is(verb, ChunkKind::kVerb) && unit[verb].has(kFinite) && !unit[verb].has(kPassive) &&
         lexicon.cue(unit[verb].cue).speech && (frames & kBareClause) != 0 && (frames & (kObject | kToldClause)) == 0 &&
         verb > 0 && unit.is(verb - 1, ChunkKind::kNoun);
}

/// "… but warning that": a participle of speech that the tagger took for a noun.
bool is_speech_participle(const ArticleView& article, const Lexicon& lexicon, const Unit& unit, std::uint32_t at) {
  const Chunk& chunk = unit[at];
  return chunk.kind == ChunkKind::kNoun && chunk.end == chunk.begin + 1 && at > 0 && lexicon.cue(chunk.cue).speech &&
         (unit.is(at - 1, ChunkKind::kConjunction) || unit.is(at - 1, ChunkKind::kComma)) &&
         (unit.is(at + 1, ChunkKind::kThat) ||
          (unit.is(at + 1, ChunkKind::kComma) && at + 2 < unit.size() && unit[at + 2].region != kNoIndex)) &&
         article.tokens.text(article.text, unit.words[chunk.begin].token).ends_with("ing");
}

}  // namespace

Unit chunk_unit(const ArticleView& article, const Lexicon& lexicon, TokenRange tokens, std::uint32_t first_region,
                UnitBuffer& buffer) {
  buffer.chunks.clear();
  buffer.quoted.clear();
  read_words(article, lexicon, tokens, first_region, buffer.words);
  Chunker(article, lexicon, buffer).run();
  Unit unit;
  unit.tokens = tokens;
  unit.words = buffer.words;
  unit.chunks = buffer.chunks;  // a view: the corrections below show in it
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    Chunk& chunk = buffer.chunks[i];
    if (i > 0 && chunk.kind == ChunkKind::kVerb && chunk.has(kParticiple) && unit.is(i - 1, ChunkKind::kNoun) &&
        is_past_tense(unit, lexicon, i)) {
      make_finite(chunk);
    }
    if (is_speech_participle(article, lexicon, unit, i)) {
      chunk.kind = ChunkKind::kVerb;
      chunk.flags = kGerundVerb;
    }
    if (chunk.kind == ChunkKind::kOther && unit.words[chunk.begin].tag == tag::Tag::kLS) {
      chunk.kind = ChunkKind::kQuoted;
      buffer.quoted.push_back(i);
    }
  }
  unit.quoted = buffer.quoted;
  return unit;
}

}  // namespace copydesk::syntax
