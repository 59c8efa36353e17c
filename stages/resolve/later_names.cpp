#include "stages/resolve/later_names.h"

#include <algorithm>
#include <utility>

#include "stages/resolve/word_set.h"

namespace copydesk::who {
namespace {

/// Sentences, headline included, in which a story may leave its speaker unnamed; and in which it names him then.
constexpr std::uint32_t kOpening = 4;
constexpr std::uint32_t kNamedWithin = 8;
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
  if (it.kind != MentionKind::kNominal || it.number != Number::kSingular || it.sentence >= kOpening) return false;
  if (context.noun.known && context.noun.person < kForPeople) return false;
  if (context.determiner == Determiner::kPossessive || context.determiner == Determiner::kOtherDeterminer) return false;
  return !kAnybody.contains(view.tokens.lower_hashes[it.head]);
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

void find_later_names(const View& view, const std::vector<Candidate>& candidates,
                      const std::vector<MentionContext>& contexts, const NameGroups& names,
                      const std::vector<std::uint32_t>& sources, std::vector<std::uint32_t>& referent_of,
                      std::vector<Evidence>& evidence) {
  const auto groups = static_cast<std::uint32_t>(names.groups().size());
  std::vector<std::uint32_t> speakers(sources);
  std::sort(speakers.begin(), speakers.end());
  const auto speaks = [&](std::uint32_t index) { return std::binary_search(speakers.begin(), speakers.end(), index); };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> named;  // referents, and the groups that they are
  for (const std::uint32_t source : sources) {
    if (source == kNone || referent_of[source] == kNone || referent_of[source] < groups) continue;
    const Candidate& it = candidates[source];
    if (!may_be_named_later(view, it, contexts[source])) continue;
    for (std::uint32_t i = source + 1; i < candidates.size() && i < source + kLookAhead; ++i) {
      if (candidates[i].sentence > it.sentence + kNamedWithin) break;
      if (!is_full_name(candidates[i]) || !is_first_of_its_name(names, i) || !speaks(i)) continue;
      if (contexts[i].quote == kNone) named.emplace_back(referent_of[source], names.group_of()[i]);
      break;
    }
  }
  if (named.empty()) return;
  std::sort(named.begin(), named.end());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto known = std::lower_bound(named.begin(), named.end(), std::pair{referent_of[i], 0U});
    if (known == named.end() || known->first != referent_of[i]) continue;
    referent_of[i] = known->second;
    evidence[i] = Evidence::kPossible;
  }
}

}  // namespace copydesk::who
