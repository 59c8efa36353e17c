// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/linker.h"

#include <algorithm>
#include <array>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// What the leader of a country is called.
constexpr std::array kLeaders{
    tokenize::hash_lower("president"),  tokenize::hash_lower("premier"),   tokenize::hash_lower("prime"),
    tokenize::hash_lower("chancellor"), tokenize::hash_lower("king"),      tokenize::hash_lower("queen"),
    tokenize::hash_lower("emperor"),    tokenize::hash_lower("taoiseach"), tokenize::hash_lower("dictator")};

}  // namespace

void Linker::find_beginnings(const View& view, const quotes::Quotes& quotes) {
  begins_in_.clear();
  const auto& sentences = view.tokens.sentences;
  for (const quotes::Quote& quote : quotes.items) {
    const auto after = std::partition_point(sentences.begin(), sentences.end(), [&](TokenRange sentence) {
      return view.tokens.spans[sentence.begin].begin <= quote.extent.begin;
    });
    begins_in_.push_back(after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin() - 1));
  }
}

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

std::uint32_t Linker::who_speaks(const View& view, const std::vector<Candidate>& candidates,
                                 const std::vector<MentionContext>& contexts, std::uint32_t index) const {
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
  if (is_excluded(view, candidates, contexts, index, last_speaker_)) return kNone;
  // Near is what stands in the sentence before, or before the quote if that comes first.
  const std::uint32_t here = std::min(candidate.sentence, begins_in_[source_of_[index]]);
  const bool near = here <= candidates[discourse_.referents()[last_speaker_].last].sentence + 1 &&
                    here <= candidates[last_source_].sentence + 1;
  return near ? last_speaker_ : kNone;
}

std::uint32_t Linker::who_leads(const View& view, const Candidate& candidate) const {
  if (candidate.kind != MentionKind::kNominal || candidate.tokens.size() != 3) return kNone;
  const auto& hashes = view.tokens.lower_hashes;
  if (hashes[candidate.tokens.begin] != tokenize::hash_lower("the") ||
      hashes[candidate.head] != tokenize::hash_lower("leader")) {
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

bool Linker::is_excluded(const View& view, const std::vector<Candidate>& candidates,
                         const std::vector<MentionContext>& contexts, std::uint32_t index,
                         std::uint32_t referent) const {
  const Candidate& candidate = candidates[index];
  const Referent& it = discourse_.referents()[referent];
  if (it.last == kNone) return false;
  const std::uint32_t last_quote = contexts[it.last].quote;
  // "Biden lied," he said: "he" is not Biden.
  const Candidate& last = candidates[it.last];
  const bool told_of =
      last.kind == MentionKind::kName || last.gender == Gender::kMale || last.gender == Gender::kFemale;
  if (source_of_[index] != kNone && last_quote == source_of_[index] && told_of &&
      (contexts[it.last].direct || last.kind == MentionKind::kName)) {
    return true;
  }
  const std::uint32_t quote = contexts[index].quote;
  const bool third = candidate.pronoun == nullptr || candidate.pronoun->person == 3;
  // Lee said: "He lied.": "he" is not Lee.
  if (quote != kNone && contexts[index].direct && third && speakers_[quote] == referent) return true;
  if (candidate.kind != MentionKind::kNominal || !it.named || it.type != EntityType::kPerson) return false;
  // "The Varnish leader" is not the Norish president.
  const auto& hashes = view.tokens.lower_hashes;
  const bool leader = hashes[candidate.head] == tokenize::hash_lower("leader") ||
                      std::find(kLeaders.begin(), kLeaders.end(), hashes[candidate.head]) != kLeaders.end();
  for (std::uint32_t token = candidate.tokens.begin + 1; leader && token < candidate.head; ++token) {
    if (view.tokens.has(token, tokenize::kInitialUpper) && !it.has_word(hashes[token])) return true;
  }
  // Lee said the minister lied. Lee thanked the driver.
  if (quote != kNone && speakers_[quote] == referent) return true;
  return candidates[it.last].sentence == candidate.sentence && contexts[it.last].role == Role::kSubject &&
         contexts[index].role != Role::kSubject && !contexts[index].appositive;
}

std::uint32_t Linker::who_is_called(const View& view, const std::vector<Candidate>& candidates,
                                    const std::vector<MentionContext>& contexts, std::uint32_t index) const {
  const Candidate& candidate = candidates[index];
  if (candidate.kind != MentionKind::kNominal || candidate.number != Number::kSingular || candidate.tokens.size() < 2) {
    return kNone;
  }
  const MentionContext& context = contexts[index];
  if (context.determiner != Determiner::kThe && context.determiner != Determiner::kThis) return kNone;
  std::uint32_t found = kNone;
  std::uint32_t count = 0;
  discourse_.recent([&](std::uint32_t referent, std::uint32_t) {
    const Referent& person = discourse_.referents()[referent];
    if (!person.named || (person.type != EntityType::kPerson && person.type != EntityType::kOrg)) return;
    for (std::uint32_t token = candidate.tokens.begin + 1; token <= candidate.head; ++token) {
      if (!view.tokens.has(token, tokenize::kPunctuation) && !person.has_word(view.tokens.lower_hashes[token])) return;
    }
    if (is_excluded(view, candidates, contexts, index, referent)) return;
    found = referent;
    ++count;
  });
  return count == 1 ? found : kNone;
}

void Linker::find_options(const View& view, const std::vector<Candidate>& candidates,
                          const std::vector<MentionContext>& contexts, std::uint32_t index) {
  const Candidate& candidate = candidates[index];
  const MentionContext& context = contexts[index];
  options_.clear();
  options_.push_back({});
  const auto& referents = discourse_.referents();
  discourse_.recent([&](std::uint32_t referent, std::uint32_t rank) {
    if (!agrees(candidate, context, referents[referent])) return;
    if (is_excluded(view, candidates, contexts, index, referent)) return;
    options_.push_back({referent, rank, 0});
  });
  const bool gendered =
      candidate.pronoun != nullptr && (candidate.gender == Gender::kMale || candidate.gender == Gender::kFemale);
  // The order of the lists is by kind; what counts is how many that agree were spoken of later.
  for (std::size_t i = 1; i < options_.size(); ++i) {
    for (std::size_t k = 1; k < options_.size(); ++k) {
      const Referent& other = referents[options_[k].referent];
      const Referent& it = referents[options_[i].referent];
      if (other.last > it.last) ++options_[i].agreeing;
      if (other.mentions > it.mentions) ++options_[i].busier;
      if (gendered && agrees_surely(candidate, other) && !agrees_surely(candidate, it)) ++options_[i].surer;
    }
  }
  options_[0].agreeing = static_cast<std::uint32_t>(options_.size() - 1);
}

}  // namespace copydesk::resolve
