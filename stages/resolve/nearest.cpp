#include "stages/resolve/nearest.h"

namespace copydesk::who {
namespace {
constexpr std::uint32_t kMaxNames = 12;
constexpr std::uint32_t kMaxSentences = 4;
}  // namespace

void link_pronouns(const View& view, const std::vector<Candidate>& candidates, std::vector<NameGroup>& groups,
                   std::vector<std::uint32_t>& group_of) {
  std::vector<std::uint32_t> recent;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    if (group_of[i] != kNone && groups[group_of[i]].type == EntityType::kPerson) recent.push_back(i);
    if (candidate.kind != MentionKind::kPronoun || candidate.pronoun->person != 3) continue;
    const bool relative = candidate.pronoun->grammatical_case == Case::kRelative;
    if (!relative && candidate.gender != Gender::kMale && candidate.gender != Gender::kFemale) continue;
    std::uint32_t best = kNone;
    std::uint32_t best_cost = 0xFFFFFFFF;
    for (std::uint32_t back = 0; back < recent.size() && back < kMaxNames; ++back) {
      const Candidate& other = candidates[recent[recent.size() - 1 - back]];
      const std::uint32_t group = group_of[recent[recent.size() - 1 - back]];
      const std::uint32_t distance = candidate.sentence - other.sentence;
      if (distance > kMaxSentences) break;
      if (relative && (distance > 0 || candidate.tokens.begin - other.tokens.end > 2)) break;
      const Gender gender = groups[group].gender;
      if (!relative && gender != Gender::kUnknown && gender != candidate.gender) continue;
      const std::uint32_t offset = other.tokens.begin - view.tokens.sentences[other.sentence].begin;
      const std::uint32_t cost = distance * 12 + (offset < 12 ? offset : 12) + back;
      if (cost < best_cost) {
        best_cost = cost;
        best = group;
      }
    }
    group_of[i] = best;
    if (best == kNone) continue;
    if (groups[best].gender == Gender::kUnknown) groups[best].gender = candidate.gender;
    recent.push_back(i);
  }
}

}  // namespace copydesk::who
