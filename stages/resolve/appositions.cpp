// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/appositions.h"

#include <algorithm>

#include "stages/resolve/mention_context.h"
#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// Candidates and words that one apposition may reach over.
constexpr std::uint32_t kReach = 12;
constexpr std::uint32_t kWords = 20;
/// Fifteenths from which a noun may stand for a person, or for a person or an organisation.
constexpr int kPersonal = 4;

constexpr auto kKin = word_set("brother", "sister", "son", "daughter", "father", "mother", "wife", "husband", "uncle",
                               "aunt", "nephew", "niece", "cousin", "grandson", "granddaughter", "grandfather",
                               "grandmother", "widow", "widower", "stepson", "stepdaughter", "stepfather", "stepmother",
                               "twin", "sibling", "fiancee", "fiance", "ex-wife", "ex-husband", "brother-in-law",
                               "sister-in-law", "father-in-law", "mother-in-law", "son-in-law", "daughter-in-law");

constexpr bool is_finite_verb(tag::Tag tag) {
  return tag == tag::Tag::kVBD || tag == tag::Tag::kVBP || tag == tag::Tag::kVBZ || tag == tag::Tag::kMD;
}

class Finder {
 public:
  Finder(const View& view, const WordLexicon& lexicon, std::vector<Candidate>& candidates)
      : view_(view), lexicon_(lexicon), candidates_(candidates) {}

  void run() {
    for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
      Candidate& candidate = candidates_[i];
      if (candidate.kind == MentionKind::kName && !candidate.modifier) {
        read_phrase_before(candidate);
        before_name(i);
      } else if (candidate.kind == MentionKind::kNominal && candidate.stands_for == kNone) {
        after_name(i);
      }
    }
  }

 private:
  [[nodiscard]] std::uint64_t hash(std::uint32_t token) const { return view_.tokens.lower_hashes[token]; }
  [[nodiscard]] bool is(std::uint32_t token, std::string_view word) const {
    return token < view_.tokens.size() && view_.word(token) == word;
  }
  [[nodiscard]] tag::Tag tag(std::uint32_t token) const { return view_.tags.of[token]; }
  [[nodiscard]] TokenRange sentence_of(const Candidate& c) const { return view_.tokens.sentences[c.sentence]; }

  /// What the words before a name in its noun phrase say: "her husband | Jan Holt", "actress | Mette Lund".
  void read_phrase_before(Candidate& name) const {
    if (name.type != EntityType::kPerson) return;
    for (std::uint32_t token = name.phrase.begin; token < name.tokens.begin; ++token) learn(name, hash(token));
  }
  static void learn(Candidate& name, std::uint64_t noun) {
    if (name.type != EntityType::kPerson) return;
    if (name.gender == Gender::kUnknown) name.gender = gender_of_noun(noun);
    name.kin = name.kin || kKin.contains(noun);
  }

  /// Whether the phrase may stand for a name of this type.
  [[nodiscard]] bool fits(const Candidate& phrase, EntityType type) const {
    const NounClass noun = lexicon_.find_noun(hash(phrase.head));
    if (type == EntityType::kPerson)
      return noun.person >= kPersonal || !noun.known || gender_of_noun(hash(phrase.head)) != Gender::kUnknown;
    return noun.organisation + noun.person >= kPersonal;
  }

  /// The outermost candidate that ends before `end`, or kNone. `from`: a candidate after it.
  [[nodiscard]] std::uint32_t ending_at(std::uint32_t end, std::uint32_t from) const {
    std::uint32_t found = kNone;
    for (std::uint32_t i = from; i > 0 && i + kReach > from; --i) {
      if (candidates_[i - 1].tokens.end == end && candidates_[i - 1].kind != MentionKind::kPronoun) found = i - 1;
    }
    return found;
  }

  /// "one of the family's lawyers", "another of": several of whom one is named.
  [[nodiscard]] bool is_one_of(std::uint32_t begin, std::uint32_t from) const {
    if (begin > 0 && tag(begin - 1) == tag::Tag::kPOS) {
      const std::uint32_t owner = ending_at(begin - 1, from);
      if (owner == kNone) return false;
      begin = candidates_[owner].phrase.begin;
    }
    return begin >= 2 && is(begin - 1, "of") &&
           (hash(begin - 2) == tokenize::hash_lower("one") || hash(begin - 2) == tokenize::hash_lower("another"));
  }

  /// The phrase names one thing by what it is: "the mayor", "its founder", "a lawyer", "Oslo's mayor".
  [[nodiscard]] bool is_definite(const Candidate& phrase) const {
    const std::uint32_t begin = phrase.tokens.begin;
    const tag::Tag first = tag(begin);
    return first == tag::Tag::kDT || first == tag::Tag::kPRPS || first == tag::Tag::kCD ||
           (begin > 0 && tag(begin - 1) == tag::Tag::kPOS);
  }

  /// A name after a comma ends there, and is not one of a list.
  [[nodiscard]] bool closes(const Candidate& name) const {
    const std::uint32_t end = name.tokens.end;
    const TokenRange sentence = sentence_of(name);
    if (end >= sentence.end) return true;
    if (is(end, ",")) {
      // "the mayor, Una Dell, Per Lie and Jo Bell"
      const auto index = static_cast<std::uint32_t>(&name - candidates_.data());
      if (index + 1 >= candidates_.size()) return true;
      const Candidate& next = candidates_[index + 1];
      const bool listed = next.kind == MentionKind::kName && next.type == name.type && next.phrase.begin == end + 1;
      return !listed || !(is(next.tokens.end, ",") || is(next.tokens.end, "and"));
    }
    if (view_.tokens.has(end, tokenize::kPunctuation)) return true;
    const tag::Tag next = tag(end);
    return next == tag::Tag::kWP || next == tag::Tag::kIN || next == tag::Tag::kWDT;
  }

  /// "A passenger, Una Dell, said": opens its sentence, has nothing but a noun, and a verb follows the name; so that it
  /// need not be a noun that people are mostly called by.
  [[nodiscard]] bool opens_for_name(const Candidate& phrase, const Candidate& name) const {
    const std::uint32_t end = name.tokens.end;
    return name.type == EntityType::kPerson && phrase.tokens.begin == sentence_of(phrase).begin &&
           phrase.tokens.end + 1 == name.phrase.begin && is(end, ",") && end + 1 < sentence_of(name).end &&
           is_finite_verb(tag(end + 1)) && lexicon_.find_noun(hash(phrase.head)).person > 0;
  }

  /// "The head of the board, | Una Dell |, said": what stands before the comma, the outermost phrase of it.
  void before_name(std::uint32_t index) {
    Candidate& name = candidates_[index];
    if (name.type != EntityType::kPerson && name.type != EntityType::kOrg) return;
    const std::uint32_t begin = name.phrase.begin;
    if (begin < sentence_of(name).begin + 2 || !is(begin - 1, ",") || !closes(name)) return;
    std::uint32_t phrase = kNone;
    std::uint32_t end = begin - 1;
    for (int depth = 0; depth < 4; ++depth) {
      const std::uint32_t found = ending_at(end, index);
      if (found == kNone) break;
      const Candidate& c = candidates_[found];
      if (c.kind == MentionKind::kNominal && c.stands_for == kNone && is_definite(c) &&
          (fits(c, name.type) || opens_for_name(c, name)) &&
          (c.number == Number::kSingular || is_one_of(c.tokens.begin, found))) {
        phrase = found;
      }
      const std::uint32_t start = c.phrase.begin;
      if (start < sentence_of(name).begin + 2 || (tag(start - 1) != tag::Tag::kIN && tag(start - 1) != tag::Tag::kPOS))
        break;
      if (phrase != kNone && tag(start - 1) == tag::Tag::kPOS) break;
      end = start - 1;
    }
    if (phrase != kNone) tie(phrase, index);
  }

  /// Where the phrase begins after a comma: "Norland" in "Oss, Norland's only | ally |"; "only" is no mention's.
  [[nodiscard]] std::uint32_t after_comma(const Candidate& phrase, std::uint32_t index, TokenRange sentence) const {
    const std::uint32_t begin = phrase.tokens.begin;
    if (begin < sentence.begin + 2) return begin;
    std::uint32_t at = begin - 1;
    if (at > sentence.begin + 1 && (tag(at) == tag::Tag::kRB || tag(at) == tag::Tag::kVBG) &&
        tag(at - 1) == tag::Tag::kPOS)
      --at;
    if (tag(at) != tag::Tag::kPOS) return begin;
    const std::uint32_t owner = ending_at(at, index);
    return owner == kNone ? begin : candidates_[owner].phrase.begin;
  }

  /// "Una Dell, | the mayor of Lund |, said"; not "With Una Dell, the mayor said".
  void after_name(std::uint32_t index) {
    const Candidate& phrase = candidates_[index];
    const TokenRange sentence = sentence_of(phrase);
    const std::uint32_t begin = after_comma(phrase, index, sentence);
    if (phrase.number != Number::kSingular || begin < sentence.begin + 2 || !is(begin - 1, ",")) return;
    std::uint32_t comma = begin - 1;
    // "Una Dell, 47, a baker"
    if (comma >= sentence.begin + 3 && tag(comma - 1) == tag::Tag::kCD && is(comma - 2, ",")) comma -= 2;
    std::uint32_t named = kNone;
    for (std::uint32_t i = index; i > 0 && i + 5 > index && named == kNone; --i) {
      const Candidate& c = candidates_[i - 1];
      if (c.kind == MentionKind::kName && !c.modifier && c.tokens.end == comma) named = i - 1;
    }
    if (named == kNone) return;
    const EntityType type = candidates_[named].type;
    const bool owned = begin < phrase.tokens.begin;
    if (type == EntityType::kGpe && !owned) return;
    if ((type != EntityType::kPerson && type != EntityType::kOrg && type != EntityType::kGpe) || !fits(phrase, type))
      return;
    if (type == EntityType::kOrg && !is_definite(phrase) && !owned) return;
    if (goes_on_as_subject(phrase, sentence)) return;
    tie(index, named);
  }

  /// The words after the phrase make it the subject of a clause, or one of a list.
  [[nodiscard]] bool goes_on_as_subject(const Candidate& phrase, TokenRange sentence) const {
    const std::uint32_t limit = std::min(sentence.end, phrase.tokens.end + kWords);
    for (std::uint32_t at = phrase.tokens.end; at < limit; ++at) {
      const tag::Tag here = tag(at);
      if (is_finite_verb(here)) return true;
      if (here == tag::Tag::kWP || here == tag::Tag::kWDT) return false;
      if (here == tag::Tag::kCC) {
        const tag::Tag next = at + 1 < limit ? tag(at + 1) : tag::Tag::kPunct;
        if (next == tag::Tag::kDT || next == tag::Tag::kNNP) return at == phrase.tokens.end;
        continue;
      }
      if (here == tag::Tag::kPunct && view_.word(at) != "-" && view_.word(at) != "'") return false;
    }
    return false;
  }

  void tie(std::uint32_t phrase, std::uint32_t name) {
    candidates_[phrase].stands_for = name;
    learn(candidates_[name], hash(candidates_[phrase].head));
  }

  const View& view_;
  const WordLexicon& lexicon_;
  std::vector<Candidate>& candidates_;
};

}  // namespace

void mark_appositions(const View& view, const WordLexicon& lexicon, std::vector<Candidate>& candidates) {
  if (view.tagged()) Finder(view, lexicon, candidates).run();
}

}  // namespace copydesk::resolve
