// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/entity_list.h"

#include <algorithm>

#include "stages/resolve/speaker_confidence.h"
#include "stages/resolve/titles.h"
#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// Aliases beyond this many are left out of an entity.
constexpr std::size_t kMaxAliases = 16;

Span span_of(const View& view, const Candidate& candidate) {
  return view.tokens.span_of(candidate.tokens);
}

/// A person's name without "Mr." before it.
std::string_view bare_name(const View& view, const Candidate& candidate) {
  TokenRange range = candidate.tokens;
  if (candidate.type == EntityType::kPerson) {
    while (range.size() > 1 && find_title(view.tokens.lower_hashes[range.begin]).is_title) ++range.begin;
  }
  return view.tokens.span_of(range).of(view.text);
}

/// The link that the newsroom gave an entity's name or another form of it.
std::string_view desk_link(const entities::DeskNames& desk, const Entity& entity, Arena& arena) {
  const entities::DeskName* known = desk.find(entity.name);
  for (std::size_t i = 0; known == nullptr && i < entity.aliases.size(); ++i) known = desk.find(entity.aliases[i]);
  return known == nullptr ? std::string_view{} : arena.copy(std::string_view(known->link));
}

/// An unnamed source as it stands in the text; "A senior official" at the start of a sentence in lower case.
std::string_view description(const View& view, const Candidate& candidate, Arena& arena) {
  const std::string_view text = span_of(view, candidate).of(view.text);
  const std::uint64_t first = view.tokens.lower_hashes[candidate.tokens.begin];
  if (first != tokenize::hash_lower("a") && first != tokenize::hash_lower("an") && first != tokenize::hash_lower("the"))
    return text;
  const std::span<char> copy = arena.make_array<char>(text.size());
  std::copy(text.begin(), text.end(), copy.begin());
  copy[0] = static_cast<char>(copy[0] | 0x20);
  return {copy.data(), copy.size()};
}

/// The name that follows a place's and a comma: "Texas" in "Paris, Texas". Empty where there is none.
std::string_view after_comma(const View& view, const std::vector<Candidate>& candidates, std::uint32_t index) {
  const Candidate& candidate = candidates[index];
  if (candidate.type != EntityType::kGpe && candidate.type != EntityType::kLoc) return {};
  if (index + 1 >= candidates.size() || candidates[index + 1].kind != MentionKind::kName) return {};
  const Candidate& next = candidates[index + 1];
  if (next.type != EntityType::kGpe || next.tokens.begin != candidate.tokens.end + 1) return {};
  return view.word(candidate.tokens.end) == "," ? span_of(view, next).of(view.text) : std::string_view{};
}

}  // namespace

Resolution EntityList::build(const View& view, const std::vector<Candidate>& candidates,
                             const std::vector<NameGroup>& groups, const std::vector<std::uint32_t>& group_of,
                             const std::vector<std::uint32_t>& speaker_of, const std::vector<float>& speaker_confidence,
                             const PlaceTable& places, const entities::DeskNames* desk, Arena& arena) {
  speaks_.assign(groups.size(), 0);
  is_source_.assign(candidates.size(), 0);
  for (const std::uint32_t candidate : speaker_of) {
    if (candidate != kNone) is_source_[candidate] = 1;
    if (candidate != kNone && group_of[candidate] != kNone) speaks_[group_of[candidate]] = 1;
  }
  entity_of_group_.assign(groups.size(), kNoEntity);
  first_of_group_.assign(groups.size(), kNone);
  next_.assign(candidates.size(), kNone);
  entities_.clear();
  mentions_.clear();
  groups_in_order_.clear();
  contexts_.clear();
  // An unnamed one is called by its first description; one of whom there is none, "he" alone, is no entity.
  described_.assign(groups.size(), kNone);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (group_of[i] == kNone || candidates[i].kind != MentionKind::kNominal) continue;
    if (described_[group_of[i]] == kNone) described_[group_of[i]] = i;
  }
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    const std::uint32_t group = group_of[i];
    if (group == kNone) continue;
    const bool named = groups[group].fullest != kNone;
    if (!named && (speaks_[group] == 0 || described_[group] == kNone)) continue;
    // "who" only repeats the phrase before it.
    if (is_relative(candidates[i]) && is_source_[i] == 0) continue;
    std::uint32_t& entity = entity_of_group_[group];
    if (entity == kNoEntity) {
      entity = static_cast<std::uint32_t>(entities_.size());
      Entity made;
      made.type = groups[group].type;
      made.unnamed = !named;
      const Candidate& describes = candidates[named ? groups[group].fullest : described_[group]];
      made.name = named ? bare_name(view, describes) : description(view, describes, arena);
      entities_.push_back(made);
      groups_in_order_.push_back(group);
    }
    ++entities_[entity].mentions;
    Mention mention;
    mention.span = span_of(view, candidates[i]);
    mention.kind = candidates[i].kind;
    // A surname that was taken for an organisation is a person's all the same.
    const bool own_type = mention.kind == MentionKind::kName && groups[group].type != EntityType::kPerson;
    mention.type = own_type ? candidates[i].type : groups[group].type;
    mention.entity = entity;
    mentions_.push_back(mention);
    if (mention.kind == MentionKind::kName) {
      contexts_.resize(entities_.size());
      if (contexts_[entity].empty()) contexts_[entity] = after_comma(view, candidates, i);
      next_[i] = first_of_group_[group];
      first_of_group_[group] = i;
    }
  }
  for (std::size_t e = 0; e < entities_.size(); ++e) {
    Entity& entity = entities_[e];
    aliases_.clear();
    // The chain runs from the last mention to the first, so the first one's role counts.
    for (std::uint32_t i = first_of_group_[groups_in_order_[e]]; i != kNone; i = next_[i]) {
      const std::string_view form = bare_name(view, candidates[i]);
      if (form != entity.name && aliases_.size() < kMaxAliases &&
          std::find(aliases_.begin(), aliases_.end(), form) == aliases_.end()) {
        aliases_.push_back(form);
      }
      if (entity.type != EntityType::kPerson) continue;
      const std::string_view role = role_of(view, candidates[i]);
      if (role.size() >= entity.role.size()) entity.role = role;
    }
    std::reverse(aliases_.begin(), aliases_.end());
    entity.aliases = arena.copy(aliases_);
    if (desk != nullptr && !desk->empty()) entity.link.uri = desk_link(*desk, entity, arena);
  }
  contexts_.resize(entities_.size());
  links_.link(places, entities_, contexts_);
  speakers_.assign(speaker_of.size(), kNoEntity);
  for (std::size_t quote = 0; quote < speaker_of.size(); ++quote) {
    if (speaker_of[quote] == kNone || group_of[speaker_of[quote]] == kNone) continue;
    // "Republicans said": who belongs to a party or a nation has no name yet.
    if (groups[group_of[speaker_of[quote]]].type == EntityType::kNorp) continue;
    const bool named = groups[group_of[speaker_of[quote]]].fullest != kNone;
    if (named && speaker_confidence[quote] < kLeastConfidence) continue;
    speakers_[quote] = entity_of_group_[group_of[speaker_of[quote]]];
    if (speakers_[quote] != kNoEntity) ++entities_[speakers_[quote]].quoted;
  }
  return {arena.copy(entities_), arena.copy(mentions_), arena.copy(speakers_), arena.copy(speaker_confidence)};
}

}  // namespace copydesk::resolve
