// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/speakers.h"

#include <algorithm>

#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// Where the noun phrase that heads `source` ends: before a comma, a preposition, "who" or "that".
std::uint32_t core_end(const View& view, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t token = first + 1; token < last; ++token) {
    const std::string_view word = view.word(token);
    if (word == "," || word == "(" || word == "who" || word == "that" || word == "which" || word == "and") return token;
    if (view.tagged() && view.tags.of[token] == tag::Tag::kIN) return token;
  }
  return last;
}

/// "One of | the family's lawyers": where the phrase begins that says who these are; else `first`.
std::uint32_t after_one_of(const View& view, std::uint32_t first, std::uint32_t last) {
  const std::uint64_t word = view.tokens.lower_hashes[first];
  const bool one = word == tokenize::hash_lower("one") || word == tokenize::hash_lower("another");
  return one && first + 2 < last && view.word(first + 1) == "of" ? first + 2 : first;
}

/// "Another, | Per Lie |, said": the name after a comma that tells who `end` ends with, a word that is no noun; or
/// kNone.
std::uint32_t named_after(const View& view, const std::vector<Candidate>& candidates, std::uint32_t first,
                          std::uint32_t end) {
  if (!view.tagged() || end >= view.tokens.size() || view.word(end) != ",") return kNone;
  const bool ordinal = end == first + 2 && view.tags.of[first + 1] == tag::Tag::kJJ;  // "a third"
  if (end != first + 1 && !ordinal) return kNone;
  if (view.tags.of[first] != tag::Tag::kDT && view.tags.of[first] != tag::Tag::kCD) return kNone;
  const auto at =
      std::lower_bound(candidates.begin(), candidates.end(), end + 1,
                       [](const Candidate& candidate, std::uint32_t token) { return candidate.phrase.begin < token; });
  if (at == candidates.end() || at->phrase.begin != end + 1 || at->kind != MentionKind::kName) return kNone;
  return static_cast<std::uint32_t>(at - candidates.begin());
}

/// "Una Dell and Per Lie said": a source of several is nobody alone.
bool is_one_of_several(const View& view, const std::vector<Candidate>& candidates, std::uint32_t index,
                       std::uint32_t last) {
  std::uint32_t at = candidates[index].tokens.end;
  if (at + 1 >= last || candidates[index].kind == MentionKind::kPronoun) return false;
  if (view.word(at) == ",") {
    // "Chad, Niger and Mali"
    for (std::uint32_t k = index + 1; k < candidates.size() && candidates[k].tokens.end < last; ++k) {
      if (candidates[k].phrase.begin != at + 1) continue;
      if (candidates[k].stands_for == index) return false;
      at = candidates[k].tokens.end;
      break;
    }
  }
  if (view.word(at) != "and" && view.word(at) != "&" && view.word(at) != "or") return false;
  for (std::uint32_t k = index + 1; k < candidates.size() && candidates[k].tokens.begin < last; ++k) {
    if (candidates[k].phrase.begin == at + 1 && candidates[k].kind != MentionKind::kPronoun) {
      return candidates[k].stands_for == kNone || candidates[k].stands_for != index;
    }
  }
  return false;
}

/// "Her letter", "Una Dell's best answer": whose thing it is that speaks; or kNone.
std::uint32_t owner_of(const View& view, const std::vector<Candidate>& candidates, std::uint32_t thing) {
  if (!view.tagged()) return kNone;
  const std::uint32_t begin = candidates[thing].tokens.begin;
  if (view.tags.of[begin] == tag::Tag::kPRPS) {
    const std::uint32_t next = thing + 1;
    return next < candidates.size() && candidates[next].tokens.begin == begin ? next : kNone;
  }
  if (begin < 2 || view.tags.of[begin - 1] != tag::Tag::kPOS) return kNone;
  constexpr std::uint32_t kOwnerReach = 3;
  for (std::uint32_t i = thing; i > 0 && i + kOwnerReach > thing; --i) {
    const Candidate& owner = candidates[i - 1];
    if (owner.kind == MentionKind::kName && owner.tokens.end == begin - 1) return i - 1;
  }
  return kNone;
}

/// Verbs that say who stands behind a text: "Brink Metals issued a paper that says".
constexpr auto kIssues = word_set("issued", "issues", "published", "publishes", "released", "releases", "wrote",
                                  "writes", "posted", "posts", "sent", "sends", "filed", "launched", "unveiled",
                                  "signed", "has", "had", "aired", "airs", "circulated", "distributed");

/// "She has a new advertisement | saying …": who brought the thing that speaks into the world; or kNone.
std::uint32_t maker_of(const View& view, const std::vector<Candidate>& candidates,
                       const std::vector<MentionContext>& contexts, std::uint32_t thing) {
  const Candidate& it = candidates[thing];
  const std::uint32_t begin = it.tokens.begin;
  if (begin == 0 || contexts[thing].role != Role::kObject || !kIssues.contains(view.tokens.lower_hashes[begin - 1])) {
    return kNone;
  }
  constexpr std::uint32_t kMakerReach = 4;
  for (std::uint32_t i = thing; i > 0 && i + kMakerReach > thing; --i) {
    const Candidate& maker = candidates[i - 1];
    if (maker.sentence != it.sentence) break;
    if (contexts[i - 1].role == Role::kSubject && maker.tokens.end + 2 >= begin) return i - 1;
  }
  return kNone;
}

/// The same for the words of one span.
std::uint32_t find_source(const View& view, const std::vector<Candidate>& candidates,
                          const std::vector<MentionContext>& contexts, Span source, quotes::SourceKind kind) {
  if (kind == quotes::SourceKind::kNone || source.empty()) return kNone;
  const auto& spans = view.tokens.spans;
  auto first =
      static_cast<std::uint32_t>(std::lower_bound(spans.begin(), spans.end(), source.begin,
                                                  [](const Span& span, std::uint32_t at) { return span.end <= at; }) -
                                 spans.begin());
  auto last = first;
  while (last < spans.size() && spans[last].begin < source.end) ++last;
  if (first == last) return kNone;
  first = after_one_of(view, first, last);
  const std::uint32_t end = core_end(view, first, last);
  if (const std::uint32_t named = named_after(view, candidates, first, end); named != kNone) return named;
  const auto at =
      std::lower_bound(candidates.begin(), candidates.end(), first,
                       [](const Candidate& candidate, std::uint32_t token) { return candidate.tokens.begin < token; });
  auto i = static_cast<std::uint32_t>(at - candidates.begin());
  // A phrase that the source starts inside of: "senior NATO official" without its article.
  for (int back = 0; i > 0 && back < 3 && candidates[i - 1].head >= first; ++back) --i;
  // "Secretary of State Una Dell": the name that all of it leads to.
  for (std::uint32_t k = i; k < candidates.size() && candidates[k].tokens.end <= last; ++k) {
    const Candidate& name = candidates[k];
    const bool led_to = name.phrase.begin < name.tokens.begin && name.phrase.begin <= first;
    if (name.kind == MentionKind::kName && led_to && name.tokens.begin >= end) return k;
  }
  std::uint32_t best = kNone;
  for (; i < candidates.size() && candidates[i].tokens.begin < last; ++i) {
    const Candidate& candidate = candidates[i];
    // A name that begins as the source does may go on after it: "Citizenship and Immigration Services"; so may what
    // stands for a name.
    const bool named = candidate.kind == MentionKind::kName || candidate.stands_for != kNone;
    if (named && candidate.tokens.begin == first && candidate.tokens.end > last) return i;
    if (candidate.head < first || candidate.tokens.end > last) continue;
    if (kind == quotes::SourceKind::kPronoun && candidate.kind != MentionKind::kPronoun) continue;
    if (candidate.head >= end) {
      if (best == kNone) best = i;
      break;
    }
    if (best == kNone || candidate.head > candidates[best].head) best = i;
  }
  if (best != kNone && is_one_of_several(view, candidates, best, last)) return kNone;
  if (best == kNone || candidates[best].kind != MentionKind::kNominal || !is_thing(contexts[best].noun)) return best;
  if (const std::uint32_t owner = owner_of(view, candidates, best); owner != kNone) return owner;
  if (const std::uint32_t maker = maker_of(view, candidates, contexts, best); maker != kNone) return maker;
  std::uint32_t place = kNone;
  for (std::uint32_t k = best + 1; k < candidates.size() && candidates[k].tokens.end <= last; ++k) {
    if (candidates[k].kind != MentionKind::kName || contexts[k].role == Role::kPossessor) continue;
    if (candidates[k].type == EntityType::kPerson || candidates[k].type == EntityType::kOrg) return k;
    if (candidates[k].type == EntityType::kGpe && place == kNone) place = k;
  }
  return place != kNone ? place : best;
}

/// "Poets like Una Dell and Per Lie, who": where the phrase is of several, "who" is the person whose name ends it; or
/// kNone.
std::uint32_t person_at_end(const View& view, const std::vector<Candidate>& candidates, std::uint32_t phrase,
                            std::uint32_t end) {
  constexpr std::uint32_t kMostNames = 12;
  if (phrase == kNone || candidates[phrase].number != Number::kPlural) return kNone;
  for (std::uint32_t i = phrase + 1; i < candidates.size() && i < phrase + kMostNames; ++i) {
    const Candidate& name = candidates[i];
    if (name.sentence != candidates[phrase].sentence) break;
    if (name.kind != MentionKind::kName || name.type != EntityType::kPerson) continue;
    if (view.tokens.spans[name.tokens.end - 1].end == end) return i;
  }
  return kNone;
}

}  // namespace

bool is_thing(NounClass noun) noexcept {
  return noun.known && noun.person + noun.organisation < 4;
}

std::uint32_t find_source(const View& view, const std::vector<Candidate>& candidates,
                          const std::vector<MentionContext>& contexts, const quotes::Quote& quote) {
  if (!quote.antecedent.empty()) {
    // "who" speaks for the phrase before it, if that is people.
    std::uint32_t antecedent = find_source(view, candidates, contexts, quote.antecedent, quotes::SourceKind::kNominal);
    if (const std::uint32_t name = person_at_end(view, candidates, antecedent, quote.antecedent.end); name != kNone) {
      antecedent = name;
    }
    if (antecedent != kNone) {
      const Candidate& it = candidates[antecedent];
      const bool people =
          it.kind != MentionKind::kName || it.type == EntityType::kPerson || it.type == EntityType::kOrg;
      if (people) return antecedent;
    }
  }
  return find_source(view, candidates, contexts, quote.source, quote.source_kind);
}

}  // namespace copydesk::resolve
