// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/discourse.h"

#include <algorithm>

#include "stages/resolve/titles.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

constexpr bool counts(EntityType type) {
  return type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGpe ||
         type == EntityType::kLoc || type == EntityType::kFac;
}
/// Fifteenths from which a noun counts as one for people.
constexpr std::uint8_t kPerson = 4;

/// What the name of a group is known for in open text.
std::span<const std::uint32_t> find_known(const View& view, const WordLexicon& lexicon, const Candidate& name) {
  const auto& hashes = view.tokens.lower_hashes;
  TokenRange range = name.tokens;
  if (name.type == EntityType::kPerson) {
    while (range.size() > 2 && find_title(hashes[range.begin]).is_title) ++range.begin;
    while (range.size() > 2 &&
           (is_name_suffix(hashes[range.end - 1]) || view.tokens.has(range.end - 1, tokenize::kPunctuation))) {
      --range.end;
    }
    if (range.size() < 2) return {};
    return lexicon.find_roles(WordLexicon::person_key(hashes[range.begin], hashes[range.end - 1]));
  }
  if (name.type != EntityType::kOrg) return {};
  if (range.size() > 1 && hashes[range.begin] == tokenize::hash_lower("the")) ++range.begin;
  std::uint64_t key = 0;
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    key = WordLexicon::organisation_key(key, hashes[token]);
  }
  return lexicon.find_roles(key);
}

}  // namespace

bool Referent::is_known_as(std::uint64_t hash) const noexcept {
  if (known.empty()) return false;
  const auto word = static_cast<std::uint32_t>(hash);
  const auto meant = static_cast<std::uint32_t>(full_title(hash));
  return std::any_of(known.begin(), known.end(), [&](std::uint32_t one) { return one == word || one == meant; });
}

void Referent::add_word(std::uint64_t hash) noexcept {
  hash = full_title(hash);
  if (has_word(hash)) return;
  words[word_count % words.size()] = hash;
  ++word_count;
  if (word_count >= 2 * words.size()) word_count = static_cast<std::uint8_t>(words.size());
}

bool Referent::has_word(std::uint64_t hash) const noexcept {
  hash = full_title(hash);
  const std::size_t held = std::min<std::size_t>(word_count, words.size());
  return std::find(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(held), hash) !=
         words.begin() + static_cast<std::ptrdiff_t>(held);
}

void Discourse::start(const View& view, const WordLexicon& lexicon, const std::vector<Candidate>& candidates,
                      const std::vector<NameGroup>& groups) {
  referents_.clear();
  heads_.fill(kNone);
  for (const NameGroup& group : groups) {
    Referent referent;
    referent.type = group.type;
    referent.named = true;
    referent.gender = group.gender;
    referent.list = counts(group.type) ? 0 : 2;
    referent.known = find_known(view, lexicon, candidates[group.fullest]);
    if (group.place != nullptr) referent.place = static_cast<std::uint8_t>(group.place->kind);
    if (group.type == EntityType::kPerson) {
      referent.number = Number::kSingular;
      const TokenRange name = candidates[group.fullest].tokens;
      std::uint32_t first = name.begin;
      while (first + 1 < name.end && find_title(view.tokens.lower_hashes[first]).is_title) ++first;
      if (name.end - first >= 2 || group.first == group.last) referent.women = lexicon.share_of_women(view.word(first));
      if (group.women != WordLexicon::kUnknownName) referent.women = group.women;
    } else {
      referent.gender = Gender::kNeuter;
    }
    if (genders_hidden_ && referent.gender != Gender::kNeuter) {
      referent.gender = Gender::kUnknown;
      referent.women = WordLexicon::kUnknownName;
    }
    referents_.push_back(referent);
  }
}

std::uint32_t Discourse::open(const Candidate& candidate, const MentionContext& context) {
  Referent referent;
  if (!genders_hidden_ || candidate.gender == Gender::kNeuter) referent.gender = candidate.gender;
  referent.number = candidate.number;
  referent.noun = context.noun;
  const bool personal =
      candidate.kind == MentionKind::kPronoun ? candidate.gender != Gender::kNeuter : context.noun.person >= kPerson;
  if (candidate.kind == MentionKind::kPronoun && personal) referent.noun.person = 15;
  referent.list = personal ? 1 : 2;
  referents_.push_back(referent);
  return static_cast<std::uint32_t>(referents_.size() - 1);
}

void Discourse::mention(const View& view, const std::vector<Candidate>& candidates,
                        const std::vector<MentionContext>& contexts, std::uint32_t index, std::uint32_t referent) {
  Referent& it = referents_[referent];
  const Candidate& candidate = candidates[index];
  if (it.first == kNone) it.first = index;
  it.last = index;
  ++it.mentions;
  if (candidate.kind != MentionKind::kName) {
    if (it.gender == Gender::kUnknown && candidate.gender != Gender::kNeuter && !genders_hidden_)
      it.gender = candidate.gender;
    if (candidate.kind == MentionKind::kNominal) {
      // What an apposition says of someone may name them later on.
      std::uint32_t token = candidate.stands_for != kNone ? candidate.tokens.begin : candidate.head;
      for (; token <= candidate.head; ++token) it.add_word(view.tokens.lower_hashes[token]);
    }
    if (!it.named && it.noun.person < contexts[index].noun.person) it.noun = contexts[index].noun;
  } else {
    for (std::uint32_t token = candidate.phrase.begin; token < candidate.tokens.end; ++token) {
      if (token + 6 >= candidate.tokens.begin) it.add_word(view.tokens.lower_hashes[token]);
    }
  }
  move_to_front(referent);
}

void Discourse::move_to_front(std::uint32_t referent) {
  Referent& it = referents_[referent];
  std::uint32_t& head = heads_[it.list];
  if (head == referent) return;
  if (it.newer != kNone) referents_[it.newer].older = it.older;
  if (it.older != kNone) referents_[it.older].newer = it.newer;
  it.newer = kNone;
  it.older = head;
  if (head != kNone) referents_[head].newer = referent;
  head = referent;
}

}  // namespace copydesk::resolve
