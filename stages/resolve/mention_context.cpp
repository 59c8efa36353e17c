// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/mention_context.h"

#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

constexpr bool is_verb(tag::Tag tag) {
  return tag == tag::Tag::kVB || tag == tag::Tag::kVBD || tag == tag::Tag::kVBG || tag == tag::Tag::kVBN ||
         tag == tag::Tag::kVBP || tag == tag::Tag::kVBZ;
}
constexpr bool is_finite(tag::Tag tag) {
  return tag == tag::Tag::kVBD || tag == tag::Tag::kVBP || tag == tag::Tag::kVBZ || tag == tag::Tag::kMD;
}

constexpr auto kCopulas = word_set("is", "was", "are", "were", "'s", "as", "named", "became", "remains");

Role role_of(const View& view, const Candidate& candidate, TokenRange sentence) {
  if (candidate.pronoun != nullptr && candidate.pronoun->grammatical_case == Case::kPossessive) return Role::kPossessor;
  if (candidate.modifier) return Role::kModifier;
  if (!view.tagged()) return Role::kOther;
  const auto& tag = view.tags.of;
  std::uint32_t after = candidate.tokens.end;
  if (after < sentence.end && tag[after] == tag::Tag::kPOS) return Role::kPossessor;
  while (after < sentence.end && tag[after] == tag::Tag::kRB) ++after;
  if (after < sentence.end && is_finite(tag[after])) return Role::kSubject;
  const std::uint32_t begin = candidate.phrase.begin;
  if (begin == sentence.begin) return Role::kOther;
  // "They demand that Norland renounce it."
  const bool bare_verb = after < sentence.end && (tag[after] == tag::Tag::kVB || tag[after] == tag::Tag::kVBP);
  if (bare_verb && view.tokens.lower_hashes[begin - 1] == tokenize::hash_lower("that")) return Role::kSubject;
  const tag::Tag before = tag[begin - 1];
  if (before == tag::Tag::kIN || before == tag::Tag::kTO) return Role::kAfterPreposition;
  if (is_verb(before)) return Role::kObject;
  return Role::kOther;
}

Determiner determiner_of(const View& view, const Candidate& candidate) {
  const std::uint64_t first = view.tokens.lower_hashes[candidate.tokens.begin];
  if (first == tokenize::hash_lower("the")) return Determiner::kThe;
  if (first == tokenize::hash_lower("a") || first == tokenize::hash_lower("an")) return Determiner::kA;
  if (first == tokenize::hash_lower("this") || first == tokenize::hash_lower("that") ||
      first == tokenize::hash_lower("these") || first == tokenize::hash_lower("those")) {
    return Determiner::kThis;
  }
  const tag::Tag tag = view.tags.of[candidate.tokens.begin];
  if (tag == tag::Tag::kPRPS) return Determiner::kPossessive;
  if (candidate.tokens.begin > 0 && view.tags.of[candidate.tokens.begin - 1] == tag::Tag::kPOS)
    return Determiner::kPossessive;
  return tag == tag::Tag::kDT || tag == tag::Tag::kPDT ? Determiner::kOtherDeterminer : Determiner::kNoneAtAll;
}

constexpr auto kMaleNouns =
    word_set("man", "boy", "father", "son", "brother", "husband", "uncle", "king", "prince", "spokesman", "chairman",
             "actor", "businessman", "policeman", "grandfather", "lord", "gentleman", "widower", "nephew", "emperor",
             "salesman", "congressman", "grandson", "stepson", "stepfather", "fiance", "ex-husband", "monk", "priest",
             "alderman", "councilman", "assemblyman", "waiter", "duke", "baron", "sheikh");
constexpr auto kFemaleNouns = word_set(
    "woman", "girl", "mother", "daughter", "sister", "wife", "aunt", "queen", "princess", "spokeswoman", "chairwoman",
    "actress", "businesswoman", "policewoman", "grandmother", "lady", "widow", "niece", "empress", "congresswoman",
    "waitress", "granddaughter", "stepdaughter", "stepmother", "fiancee", "ex-wife", "nun", "councilwoman",
    "assemblywoman", "duchess", "baroness", "ballerina", "heroine", "hostess", "midwife");

}  // namespace

void find_contexts(const View& view, const quotes::Quotes& quotes, const WordLexicon& lexicon,
                   const std::vector<Candidate>& candidates, std::vector<MentionContext>& contexts) {
  contexts.clear();
  std::size_t quote = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    MentionContext context;
    const TokenRange sentence = view.tokens.sentences[candidate.sentence];
    const std::uint32_t at = view.tokens.spans[candidate.head].begin;
    while (quote < quotes.items.size() && quotes.items[quote].extent.end <= at) ++quote;
    if (quote < quotes.items.size()) {
      for (const Span part : quotes.items[quote].spans) {
        if (part.begin <= at && at < part.end) context.quote = static_cast<std::uint32_t>(quote);
      }
      const std::uint32_t first = candidate.tokens.begin;
      const std::uint32_t begin = quotes.items[quote].extent.begin;
      context.opens_quote =
          context.quote != kNone &&
          (view.tokens.spans[first].begin == begin ||
           (first > sentence.begin && view.tokens.spans[first - 1].begin == begin && view.word(first - 1) == "that"));
      context.direct = context.quote != kNone && quotes.items[quote].type == quotes::QuoteType::kDirect;
    }
    context.role = role_of(view, candidate, sentence);
    if (candidate.kind == MentionKind::kPronoun) {
      context.kind = static_cast<std::uint8_t>(1 + candidate.pronoun->index);
    } else if (candidate.kind == MentionKind::kNominal) {
      context.determiner = determiner_of(view, candidate);
      context.noun = lexicon.find_noun(view.tokens.lower_hashes[candidate.head]);
      if (candidate.demonym) context.noun = {15, 0, 0, 127, true};
      context.kind = static_cast<std::uint8_t>(40 + 2 * static_cast<int>(context.determiner) +
                                               (candidate.number == Number::kPlural ? 1 : 0));
      const std::uint32_t begin = candidate.tokens.begin;
      context.appositive = i > 0 && begin > sentence.begin &&
                           ((view.word(begin - 1) == "," && candidate.stands_for != kNone) ||
                            view.word(begin - 1) == "(" || kCopulas.contains(view.tokens.lower_hashes[begin - 1]));
    }
    contexts.push_back(context);
  }
}

Gender gender_of_noun(std::uint64_t lower_hash) noexcept {
  if (kMaleNouns.contains(lower_hash)) return Gender::kMale;
  return kFemaleNouns.contains(lower_hash) ? Gender::kFemale : Gender::kUnknown;
}

}  // namespace copydesk::resolve
