#include "stages/quotes/clauses.h"

#include <algorithm>

namespace copydesk::quotes {
namespace {

bool is_verb_tag(tag::Tag tag) {
  return tag >= tag::Tag::kVB && tag <= tag::Tag::kVBZ;
}
bool is_finite_tag(tag::Tag tag) {
  return tag == tag::Tag::kVBD || tag == tag::Tag::kVBP || tag == tag::Tag::kVBZ;
}
bool is_noun_tag(tag::Tag tag) {
  return tag >= tag::Tag::kNN && tag <= tag::Tag::kNNPS;
}
bool is_adjective_tag(tag::Tag tag) {
  return tag == tag::Tag::kJJ || tag == tag::Tag::kJJR || tag == tag::Tag::kJJS;
}
bool is_adverb_tag(tag::Tag tag) {
  return tag == tag::Tag::kRB || tag == tag::Tag::kRBR || tag == tag::Tag::kRBS;
}

/// Cuts a unit's words into chunks, left to right.
class Chunker {
 public:
  Chunker(const ArticleView& article, const Lexicon& lexicon, Unit& unit)
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

  std::uint32_t noun(std::uint32_t at) {
    unsigned flags = 0;
    std::uint32_t head = kNoIndex;
    std::uint32_t i = at;
    bool seen_noun = false;
    // "called her | “weak”"
    if (word(at).tag == tag::Tag::kPRPS && at + 1 < count() && word(at + 1).region != kNoIndex &&
        word(at + 1).region != word(at).region && word(at).word_class == WordClass::kRecipient) {
      return push(at, at + 1, at, ChunkKind::kNoun, kPronoun);
    }
    for (; i < count(); ++i) {
      const Word& w = word(i);
      const tag::Tag tag = w.tag;
      if (i > at && (tag == tag::Tag::kDT || tag == tag::Tag::kPRPS || tag == tag::Tag::kPDT)) {
        const tag::Tag before = word(i - 1).tag;
        if (before != tag::Tag::kPDT && before != tag::Tag::kCC &&
            !(before == tag::Tag::kDT && i == at + 1 && tag != tag::Tag::kDT))
          break;
        continue;
      }
      // "called the pact | “a gift”"
      if (seen_noun && w.region != kNoIndex && w.region != word(i - 1).region && word(i - 1).tag != tag::Tag::kPOS)
        break;
      if (is_noun_tag(tag)) {
        if (seen_noun && w.word_class == WordClass::kTime && word(i - 1).tag != tag::Tag::kPOS &&
            word(i - 1).word_class != WordClass::kTime &&
            article_.tokens.text(article_.text, w.token).ends_with("day")) {
          break;  // "the company | Tuesday"
        }
        // "told reporters | sales fell", "in an interview | sales would fall"
        const WordClass before = i > at ? word(i - 1).word_class : WordClass::kNone;
        if (seen_noun && tag != tag::Tag::kNNP &&
            (before == WordClass::kOccasion || (before == WordClass::kRecipient && i == at + 1)) && i + 1 < count() &&
            (is_finite_tag(word(i + 1).tag) || word(i + 1).tag == tag::Tag::kMD)) {
          break;
        }
        head = i;
        seen_noun = true;
        if (tag == tag::Tag::kNNP || tag == tag::Tag::kNNPS) flags |= kName;
        continue;
      }
      if (tag == tag::Tag::kCD || tag == tag::Tag::kSYM || tag == tag::Tag::kFW) {
        head = i;
        continue;
      }
      if (tag == tag::Tag::kPOS) {
        if (!seen_noun && head == kNoIndex) break;
        head = kNoIndex;
        seen_noun = false;
        continue;
      }
      if (is_adjective_tag(tag)) {
        if (seen_noun && word(i - 1).tag != tag::Tag::kNNP && !(i + 1 < count() && is_noun_tag(word(i + 1).tag))) break;
        continue;
      }
      if (is_adverb_tag(tag)) {
        if (seen_noun || i + 1 >= count()) break;
        const tag::Tag next = word(i + 1).tag;
        if (!is_adjective_tag(next) && next != tag::Tag::kCD && next != tag::Tag::kVBN && !is_adverb_tag(next)) break;
        continue;
      }
      if ((tag == tag::Tag::kVBG || tag == tag::Tag::kVBN) && i > at && !seen_noun && i + 1 < count()) {
        const tag::Tag next = word(i + 1).tag;
        if (is_noun_tag(next) || is_adjective_tag(next)) continue;
        break;
      }
      if (tag == tag::Tag::kDT || tag == tag::Tag::kPRPS || tag == tag::Tag::kPDT) continue;  // i == at
      if (i == at && (tag == tag::Tag::kVBD || tag == tag::Tag::kVBN || tag == tag::Tag::kCC)) continue;
      break;
    }
    if (i == at) return one(at, ChunkKind::kOther);
    if (word(i - 1).tag == tag::Tag::kPOS) flags |= kPossessiveEnd;
    if (head == kNoIndex) {
      head = i - 1;
      bool determiner = false;  // "nearly a third"
      for (std::uint32_t k = at; k < i; ++k) {
        determiner = determiner || word(k).tag == tag::Tag::kDT || word(k).tag == tag::Tag::kPRPS ||
                     word(k).tag == tag::Tag::kPDT;
      }
      if (!determiner && (flags & kPossessiveEnd) == 0) {
        // "Several said", "most of them said"
        const bool noun =
            (word(head).word_class == WordClass::kQuantifier || word(head).word_class == WordClass::kBoth) &&
            i < count() &&
            (word(i).word_class == WordClass::kOf || word(i).tag == tag::Tag::kMD || is_finite_tag(word(i).tag));
        return push(at, i, head, noun ? ChunkKind::kNoun : ChunkKind::kAdjective, flags);
      }
    }
    if (word(head).word_class == WordClass::kTime) flags |= kTimePhrase;
    return push(at, i, head, ChunkKind::kNoun, flags);
  }

  const ArticleView& article_;
  const Lexicon& lexicon_;
  Unit& unit_;
};

}  // namespace

namespace {

/// What "Oss-based", "look-alike", "18-year-old" are, from the parts of speech of their parts.
tag::Tag compound_tag(tag::Tag first, tag::Tag last) {
  if (last == tag::Tag::kNNP || last == tag::Tag::kNNPS || last == tag::Tag::kNNS) return last;
  if (first == tag::Tag::kNNP && last == tag::Tag::kNN) return tag::Tag::kNN;
  if (last == tag::Tag::kNN) return first == tag::Tag::kCD || is_adjective_tag(first) ? tag::Tag::kJJ : tag::Tag::kNN;
  if (first == tag::Tag::kRB && last == tag::Tag::kVB) return tag::Tag::kVB;
  if (is_verb_tag(first) && (last == tag::Tag::kRP || last == tag::Tag::kIN)) return tag::Tag::kNN;
  return tag::Tag::kJJ;
}

/// The hyphen of "anti-war", which is a token of its own: words of the rules do without it.
bool is_hyphen(const ArticleView& article, std::uint32_t token, std::uint32_t end) {
  const tokenize::Tokens& tokens = article.tokens;
  return article.text[tokens.spans[token].begin] == '-' && tokens.spans[token].size() == 1 && token + 1 < end &&
         !tokens.has(token, tokenize::kSpaceBefore) && !tokens.has(token + 1, tokenize::kSpaceBefore);
}

/// The apostrophe of "the workers' pay", which is a token of its own.
bool is_possessive_mark(const ArticleView& article, std::uint32_t token, std::uint32_t end) {
  const tokenize::Tokens& tokens = article.tokens;
  const std::string_view mark = tokens.text(article.text, token);
  if ((mark != "'" && mark != "\xE2\x80\x99") || token == 0 || token + 1 >= end) return false;
  if (tokens.has(token, tokenize::kSpaceBefore) || !tokens.has(token + 1, tokenize::kSpaceBefore)) return false;
  return !tokens.has(token + 1, tokenize::kPunctuation) && tokens.text(article.text, token - 1).ends_with("s");
}

/// Whether the word may be a verb that no lexicon knows: "grumbled".
bool ends_like_past(const ArticleView& article, const Word& word) {
  const std::string_view text = article.tokens.text(article.text, word.token);
  return text.size() > 4 && text.ends_with("ed") && text[0] >= 'a' && text[0] <= 'z';
}

/// "…," sighed Ann Lee.: the tagger takes some verbs before a name for adjectives or nouns.
void mend_first_verb(const ArticleView& article, std::vector<Word>& words, std::uint32_t quoted) {
  if (quoted + 2 >= words.size()) return;
  Word& verb = words[quoted + 1];
  const tag::Tag tag = verb.tag;
  const tag::Tag next = words[quoted + 2].tag;
  if (!is_noun_tag(tag) && !is_adjective_tag(tag) && tag != tag::Tag::kVBN) return;
  if ((next == tag::Tag::kNNP || next == tag::Tag::kPRP || tag == tag::Tag::kNNP) && ends_like_past(article, verb))
    verb.tag = tag::Tag::kVBD;
}

/// "…," the letter read. — "…," Ann Lee answers.: the tagger takes some verbs at the end for nouns.
void mend_last_verb(const ArticleView& article, const Lexicon& lexicon, std::vector<Word>& words,
                    std::uint32_t quoted) {
  constexpr std::uint32_t kSubject = 6;
  std::uint32_t end = quoted + 1;
  while (end < words.size() && end < quoted + kSubject &&
         (is_noun_tag(words[end].tag) || is_adjective_tag(words[end].tag) || words[end].tag == tag::Tag::kDT ||
          words[end].tag == tag::Tag::kPRPS)) {
    ++end;
  }
  if (end < quoted + 3 || (end < words.size() && words[end].tag != tag::Tag::kPunct)) return;
  Word& last = words[end - 1];
  const bool after_name = words[end - 2].tag == tag::Tag::kNNP && ends_like_past(article, last);
  if (after_name || (lexicon.cue(last.cue).frames & kQuoted) != 0) last.tag = tag::Tag::kVBD;
}

}  // namespace

void analyse(const ArticleView& article, const Lexicon& lexicon, TokenRange tokens, std::uint32_t first_region,
             Unit& unit) {
  unit.tokens = tokens;
  unit.words.clear();
  unit.chunks.clear();
  unit.quoted.clear();
  std::uint32_t region = first_region;
  Chunker chunker(article, lexicon, unit);
  for (std::uint32_t token = tokens.begin; token < tokens.end; ++token) {
    while (region < article.regions.size() && article.regions[region].tokens.end <= token) ++region;
    const bool inside = region < article.regions.size() && article.regions[region].tokens.begin <= token;
    if (inside) {
      const Region& r = article.regions[region];
      if (token == r.tokens.begin) {
        if (is_sentential(article, lexicon, r)) {
          Word word;
          word.token = word.last = token;
          word.region = region;
          word.tag = tag::Tag::kLS;  // stands for the whole quotation; see below
          unit.words.push_back(word);
          token = std::min(r.tokens.end, tokens.end) - 1;
        }
        continue;
      }
      if (r.closed && token + 1 == r.tokens.end) continue;
    }
    if (is_hyphen(article, token, tokens.end) && !unit.words.empty() && unit.words.back().last + 1 == token) {
      Word& compound = unit.words.back();
      compound.last = ++token;
      compound.tag = compound_tag(compound.tag, article.tags[token]);
      compound.cue = compound.nominal = 0;
      compound.word_class = WordClass::kNone;
      continue;
    }
    const Lexicon::Entry& entry = lexicon.find(article.tokens.lower_hashes[token]);
    Word word;
    word.token = word.last = token;
    word.region = inside ? region : kNoIndex;
    word.tag = article.tags[token];
    word.word_class = entry.word_class;
    word.cue = entry.cue;
    word.nominal = entry.nominal;
    if (word.tag == tag::Tag::kLS) word.tag = tag::Tag::kCD;
    // "Said Ann Lee, …"
    if (word.tag == tag::Tag::kNNP && unit.words.empty() && token + 1 < tokens.end &&
        article.tags[token + 1] == tag::Tag::kNNP && (lexicon.cue(word.cue).frames & kParenthetical) != 0 &&
        lexicon.cue(word.cue).speech && article.tokens.text(article.text, token).ends_with('d')) {
      word.tag = tag::Tag::kVBD;
    }
    if (word.tag == tag::Tag::kPunct && is_possessive_mark(article, token, tokens.end)) word.tag = tag::Tag::kPOS;
    unit.words.push_back(word);
  }
  for (std::uint32_t i = 0; i < unit.words.size(); ++i) {
    if (unit.words[i].tag != tag::Tag::kLS) continue;
    mend_first_verb(article, unit.words, i);
    mend_last_verb(article, lexicon, unit.words, i);
  }
  chunker.run();
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    Chunk& chunk = unit.chunks[i];
    // ""…," the clerk repeated.": the tagger takes some verbs for participles,
    if (i > 1 && chunk.kind == ChunkKind::kVerb && chunk.has(kParticiple) && unit.is(i - 1, ChunkKind::kNoun) &&
        unit.is(i - 2, ChunkKind::kQuoted) && (unit.is(i + 1, ChunkKind::kStop) || unit.is(i + 1, ChunkKind::kComma))) {
      chunk.flags = static_cast<std::uint16_t>((chunk.flags & ~unsigned{kParticiple}) | kFinite);
    }
    // "…, a source said.": those of speech also elsewhere,
    if (i > 0 && chunk.kind == ChunkKind::kVerb && chunk.has(kParticiple) && unit.is(i - 1, ChunkKind::kNoun) &&
        lexicon.cue(chunk.cue).speech && (lexicon.cue(chunk.cue).frames & kParenthetical) != 0 &&
        !(unit.is(i + 1, ChunkKind::kPrep) && unit[i + 1].word_class != WordClass::kOn &&
          unit[i + 1].word_class != WordClass::kIn)) {
      chunk.flags = static_cast<std::uint16_t>((chunk.flags & ~unsigned{kParticiple}) | kFinite);
    }
    // "She said the dam cracked in May": and some past tenses after a verb that takes a clause and no object.
    if (i > 1 && chunk.kind == ChunkKind::kVerb && chunk.has(kParticiple) && unit.is(i - 1, ChunkKind::kNoun) &&
        unit[i + 1].word_class != WordClass::kBy) {
      std::uint32_t verb = i - 2;
      while (verb > 1 && unit.is(verb, ChunkKind::kPrep) && unit.is(verb - 1, ChunkKind::kNoun)) verb -= 2;
      const std::uint32_t frames = lexicon.cue(unit[verb].cue).frames;
      if (unit.is(verb, ChunkKind::kVerb) && unit[verb].has(kFinite) && !unit[verb].has(kPassive) &&
          lexicon.cue(unit[verb].cue).speech && (frames & kBareClause) != 0 &&
          (frames & (kObject | kToldClause)) == 0 && verb > 0 && unit.is(verb - 1, ChunkKind::kNoun)) {
        chunk.flags = static_cast<std::uint16_t>((chunk.flags & ~unsigned{kParticiple}) | kFinite);
      }
    }
    // "… but warning that": and some of their participles for nouns.
    if (chunk.kind == ChunkKind::kNoun && chunk.end == chunk.begin + 1 && i > 0 && lexicon.cue(chunk.cue).speech &&
        (unit.is(i - 1, ChunkKind::kConjunction) || unit.is(i - 1, ChunkKind::kComma)) &&
        (unit.is(i + 1, ChunkKind::kThat) ||
         (unit.is(i + 1, ChunkKind::kComma) && i + 2 < unit.size() && unit[i + 2].region != kNoIndex)) &&
        article.tokens.text(article.text, unit.words[chunk.begin].token).ends_with("ing")) {
      chunk.kind = ChunkKind::kVerb;
      chunk.flags = kGerundVerb;
    }
    if (chunk.kind == ChunkKind::kOther && unit.words[chunk.begin].tag == tag::Tag::kLS) {
      chunk.kind = ChunkKind::kQuoted;
      unit.quoted.push_back(i);
    }
  }
}

void guess_tags(const tokenize::Tokens& tokens, std::string_view text, const Lexicon& lexicon,
                std::vector<tag::Tag>& tags) {
  const std::size_t count = tokens.size();
  tags.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[i]);
    const std::string_view word = tokens.text(text, i);
    tag::Tag tag = tag::Tag::kNN;
    if (tokens.has(i, tokenize::kPunctuation)) {
      tag = word == "$" || word == "%" ? tag::Tag::kSYM : tag::Tag::kPunct;
    } else if (tokens.has(i, tokenize::kHasDigit)) {
      tag = tag::Tag::kCD;
    } else if (entry.cue != 0) {
      tag = word.ends_with("ing") ? tag::Tag::kVBG : tag::Tag::kVBD;
    } else {
      switch (entry.word_class) {
        case WordClass::kThat: tag = tag::Tag::kIN; break;
        case WordClass::kWho:
        case WordClass::kWhich:
        case WordClass::kWhat: tag = tag::Tag::kWP; break;
        case WordClass::kWhAdverb: tag = tag::Tag::kWRB; break;
        case WordClass::kAnd:
        case WordClass::kBut:
        case WordClass::kOr: tag = tag::Tag::kCC; break;
        case WordClass::kNot: tag = tag::Tag::kRB; break;
        case WordClass::kBe:
        case WordClass::kHave:
        case WordClass::kDo:
          tag = tokens.has(i, tokenize::kClitic) && word.ends_with("s") ? tag::Tag::kPOS : tag::Tag::kVBD;
          break;
        case WordClass::kTo: tag = tag::Tag::kTO; break;
        case WordClass::kTime:
        case WordClass::kRecipient:
          tag = word.size() <= 4 && word.size() > 1 && word != "days" ? tag::Tag::kPRP : tag::Tag::kNN;
          break;
        case WordClass::kNone: {
          const bool upper = tokens.has(i, tokenize::kInitialUpper);
          if (word == "I" || word == "he" || word == "she" || word == "they" || word == "we" || word == "it" ||
              word == "He" || word == "She" || word == "They" || word == "We" || word == "It") {
            tag = tag::Tag::kPRP;
          } else if (word == "the" || word == "a" || word == "an" || word == "The" || word == "A" || word == "An") {
            tag = tag::Tag::kDT;
          } else if (upper) {
            tag = tag::Tag::kNNP;
          } else if (word.ends_with("ly")) {
            tag = tag::Tag::kRB;
          }
          break;
        }
        default: tag = tag::Tag::kIN; break;
      }
    }
    tags[i] = tag;
  }
}

}  // namespace copydesk::quotes
