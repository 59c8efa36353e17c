// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/later_names.h"

#include "stages/resolve/titles.h"
#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// Sentences, headline included, in which a story may leave its speaker unnamed; and in which it names him then.
constexpr std::uint32_t kOpening = 4;
constexpr std::uint32_t kNamedWithin = 8;
/// Sentences after any description in which a name with the same word before it is that one's.
constexpr std::uint32_t kCalledWithin = 3;
/// Candidates that are looked at for that.
constexpr std::uint32_t kLookAhead = 200;
/// Fifteenths from which a noun counts as one for people.
constexpr std::uint8_t kForPeople = 8;
/// Who is called so may be anybody, and stays unnamed.
constexpr auto kAnybody = word_set("official", "source", "person", "man", "woman", "people", "spokesman", "spokeswoman",
                                   "spokesperson", "witness", "resident", "expert", "analyst", "aide", "adviser",
                                   "advisor", "neighbour", "neighbor", "friend", "colleague", "critic", "supporter",
                                   "insider", "diplomat", "user", "reader", "viewer", "voter", "student");

bool is_full_name(const Candidate& candidate) {
  return candidate.kind == MentionKind::kName && candidate.type == EntityType::kPerson && !candidate.modifier &&
         candidate.tokens.size() >= 2;
}

bool is_first_of_its_name(const NameGroups& names, std::uint32_t index) {
  const std::uint32_t group = names.group_of()[index];
  return group != kNone && names.groups()[group].first == index;
}

bool may_be_named_later(const View& view, const Candidate& it, const MentionContext& context) {
  if (it.kind != MentionKind::kNominal || it.number != Number::kSingular || it.holds_person) return false;
  if (context.noun.known && context.noun.person < kForPeople) return false;
  if (context.determiner == Determiner::kPossessive || context.determiner == Determiner::kOtherDeterminer) return false;
  return !kAnybody.contains(view.tokens.lower_hashes[it.head]);
}

/// What stands before the name, or its title, is what the description calls him: "Judge Una Dell", "Dr. Una Dell".
bool is_called(const View& view, const Candidate& name, std::uint64_t what) {
  for (std::uint32_t token = name.phrase.begin; token < name.tokens.end; ++token) {
    if (full_title(view.tokens.lower_hashes[token]) == full_title(what)) return true;
  }
  return false;
}

}  // namespace

std::uint32_t find_author(const View& view, const std::vector<Candidate>& candidates, const NameGroups& names) {
  constexpr std::uint32_t kLastSentences = 3;
  const auto sentences = static_cast<std::uint32_t>(view.tokens.sentences.size());
  for (auto i = static_cast<std::uint32_t>(candidates.size()); i > 0; --i) {
    const Candidate& name = candidates[i - 1];
    if (name.sentence + kLastSentences < sentences) break;
    const TokenRange sentence = view.tokens.sentences[name.sentence];
    if (!is_full_name(name) || name.tokens.begin != sentence.begin || name.tokens.end >= sentence.end) continue;
    const std::uint32_t begin = view.tokens.spans[sentence.begin].begin;
    if (begin == 0 || view.text[begin - 1] != '\n') continue;
    const std::string_view next = view.word(name.tokens.end);
    if ((next == "is" || next == ",") && is_first_of_its_name(names, i - 1)) return i - 1;
  }
  return kNone;
}

std::uint32_t find_later_name(const View& view, const std::vector<Candidate>& candidates,
                              const std::vector<MentionContext>& contexts, const NameGroups& names,
                              const std::vector<std::uint32_t>& source_of, std::uint32_t index) {
  const Candidate& it = candidates[index];
  if (!may_be_named_later(view, it, contexts[index])) return kNone;
  for (std::uint32_t i = index + 1; i < candidates.size() && i < index + kLookAhead; ++i) {
    if (candidates[i].sentence > it.sentence + kNamedWithin) break;
    if (!is_full_name(candidates[i]) || !is_first_of_its_name(names, i)) continue;
    const bool soon = candidates[i].sentence <= it.sentence + kCalledWithin;
    if (soon && is_called(view, candidates[i], view.tokens.lower_hashes[it.head])) return i;
    if (it.sentence >= kOpening || source_of[i] == kNone) continue;
    return contexts[i].quote == kNone ? i : kNone;
  }
  return kNone;
}

}  // namespace copydesk::resolve
