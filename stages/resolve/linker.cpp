#include "stages/resolve/linker.h"

#include <algorithm>
#include <array>

#include "stages/tokenize/hash.h"

namespace copydesk::who {
namespace {

/// What the leader of a country is called.
constexpr std::array kLeaders{hash_lower("president"),  hash_lower("premier"),   hash_lower("prime"),
                              hash_lower("chancellor"), hash_lower("king"),      hash_lower("queen"),
                              hash_lower("emperor"),    hash_lower("taoiseach"), hash_lower("dictator")};

}  // namespace

std::uint32_t Linker::whom_it_follows(const std::vector<Candidate>& candidates, std::uint32_t index) const {
  // The comma and a preposition ("of whom") may stand between them.
  constexpr std::uint32_t kMaxBetween = 2;
  const std::uint32_t at = candidates[index].tokens.begin;
  for (std::uint32_t i = index; i > 0 && i + 4 > index; --i) {
    const Candidate& before = candidates[i - 1];
    if (before.sentence != candidates[index].sentence) break;
    if (before.tokens.end + kMaxBetween >= at && referent_of_[i - 1] != kNone) return referent_of_[i - 1];
  }
  return kNone;
}

std::uint32_t Linker::who_speaks(const std::vector<Candidate>& candidates, const std::vector<MentionContext>& contexts,
                                 std::uint32_t index) const {
  const Candidate& candidate = candidates[index];
  if (candidate.pronoun == nullptr) return kNone;
  if (candidate.gender != Gender::kMale && candidate.gender != Gender::kFemale) return kNone;
  const auto fits = [&](std::uint32_t referent) {
    return referent != kNone && agrees(candidate, contexts[index], discourse_.referents()[referent]);
  };
  // "Una Dell said she would come."
  const std::uint32_t quote = contexts[index].quote;
  if (quote != kNone && contexts[index].opens_quote && !contexts[index].direct && fits(speakers_[quote]) &&
      discourse_.referents()[speakers_[quote]].last != kNone) {
    return speakers_[quote];
  }
  // The source of a quote right after one of somebody who agrees: the same person speaks on.
  if (source_of_[index] == kNone || !fits(last_speaker_)) return kNone;
  const bool near = candidate.sentence - candidates[discourse_.referents()[last_speaker_].last].sentence <= 1 &&
                    candidate.sentence - candidates[last_source_].sentence <= 1;
  return near ? last_speaker_ : kNone;
}

std::uint32_t Linker::who_leads(const View& view, const Candidate& candidate) const {
  if (candidate.kind != MentionKind::kNominal || candidate.tokens.size() != 3) return kNone;
  const auto& hashes = view.tokens.lower_hashes;
  if (hashes[candidate.tokens.begin] != hash_lower("the") || hashes[candidate.head] != hash_lower("leader")) {
    return kNone;
  }
  const std::uint64_t nation = hashes[candidate.head - 1];
  std::uint32_t leader = kNone;
  discourse_.recent([&](std::uint32_t referent, std::uint32_t) {
    const Referent& person = discourse_.referents()[referent];
    if (!person.named || person.type != EntityType::kPerson || !person.has_word(nation)) return;
    const bool leads = std::any_of(kLeaders.begin(), kLeaders.end(), [&](auto word) { return person.has_word(word); });
    if (leads && (leader == kNone || person.last > discourse_.referents()[leader].last)) leader = referent;
  });
  return leader;
}

void Linker::find_options(const Candidate& candidate, const MentionContext& context) {
  options_.clear();
  options_.push_back({});
  const auto& referents = discourse_.referents();
  discourse_.recent([&](std::uint32_t referent, std::uint32_t rank) {
    if (!agrees(candidate, context, referents[referent])) return;
    options_.push_back({referent, rank, 0});
  });
  // The order of the lists is by kind; what counts is how many that agree were spoken of later.
  for (std::size_t i = 1; i < options_.size(); ++i) {
    for (std::size_t k = 1; k < options_.size(); ++k) {
      if (referents[options_[k].referent].last > referents[options_[i].referent].last) ++options_[i].agreeing;
    }
  }
  options_[0].agreeing = static_cast<std::uint32_t>(options_.size() - 1);
}

}  // namespace copydesk::who
