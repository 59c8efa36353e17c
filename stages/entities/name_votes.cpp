// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/name_votes.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace copydesk::entities {

namespace {

/// Strength of the votes, in natural logarithms: chosen on the dev parts of Re-DocRED, GUM and the silver text.
constexpr float kStrength = 0.8F;
constexpr unsigned kMostVotes = 12;

constexpr auto kPersonType = static_cast<std::size_t>(EntityType::kPerson);
constexpr auto kOrgType = static_cast<std::size_t>(EntityType::kOrg);

/// How loudly a word of a name speaks for the name's type where it stands alone.
unsigned voice(std::size_t type, Place place) noexcept {
  if (place == kSingle) return 2;
  if (type == kPersonType) return place == kEnd ? 3 : place == kBegin ? 1 : 0;
  if (type == kOrgType) return place == kBegin ? 1 : 0;
  return 0;
}

bool has_capital(const TokenFacts& fact) noexcept {
  const unsigned shape = fact.form & 15U;
  return (shape >= kCapitalised && shape <= kMixedCase) || shape == kHyphenCapital || shape == kUpperAndDigits;
}

}  // namespace

std::size_t NameVotes::slot_of(std::uint64_t word) const noexcept {
  std::size_t slot = (word * 0x9E3779B97F4A7C15ULL >> 32) & mask_;
  while (table_[slot].used && table_[slot].word != word) slot = (slot + 1) & mask_;
  return slot;
}

void NameVotes::collect(std::span<const std::uint8_t> labels, std::span<const TokenFacts> facts) {
  std::size_t names = 0;
  for (const std::uint8_t label : labels) names += label != kOutside ? 1U : 0U;
  entries_ = names;
  if (names == 0) return;
  table_.assign(std::bit_ceil(names * 2), Entry{});
  mask_ = table_.size() - 1;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t type = type_of(labels[i]);
    if (type == kNoName) continue;
    const unsigned loud = voice(type, place_of(labels[i]));
    if (loud == 0) continue;
    Entry& entry = table_[slot_of(facts[i].word)];
    entry.used = true;
    entry.word = facts[i].word;
    entry.votes[type] = static_cast<std::uint16_t>(std::min(entry.votes[type] + loud, 10000U));
  }
}

bool NameVotes::apply(std::span<const std::uint8_t> labels, std::span<const TokenFacts> facts, float unit,
                      std::int16_t* scores) const {
  if (entries_ == 0) return false;
  bool changed = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!has_capital(facts[i])) continue;
    const Entry& entry = table_[slot_of(facts[i].word)];
    if (!entry.used) continue;
    std::array<std::uint16_t, kTypes> votes = entry.votes;
    const std::size_t mine = type_of(labels[i]);
    if (mine != kNoName)
      votes[mine] =
          static_cast<std::uint16_t>(votes[mine] - std::min<unsigned>(votes[mine], voice(mine, place_of(labels[i]))));
    unsigned total = 0;
    std::size_t favourite = 0;
    for (std::size_t type = 0; type < kTypes; ++type) {
      total += votes[type];
      if (votes[type] > votes[favourite]) favourite = type;
    }
    if (total == 0 || (favourite == mine && votes[mine] == total)) continue;
    // A place and the team or government that bears its name share a document: only persons settle a quarrel.
    if (mine != kNoName && mine != kPersonType && favourite != kPersonType) continue;
    changed = true;
    const float strength = kStrength * unit * ((facts[i].document & kSeenLower) != 0 ? 0.5F : 1.0F);
    for (std::size_t type = 0; type < kTypes; ++type) {
      if (votes[type] == 0) continue;
      const float share = static_cast<float>(votes[type]) / static_cast<float>(total);
      const auto bonus = static_cast<std::int16_t>(
          strength * share * std::log2(1.0F + static_cast<float>(std::min<unsigned>(votes[type], kMostVotes))));
      for (std::size_t place = 0; place < 4; ++place) {
        std::int16_t& score = scores[i * 64 + place * kLanes + type];
        score = static_cast<std::int16_t>(score + bonus);
      }
    }
  }
  return changed;
}

}  // namespace copydesk::entities
