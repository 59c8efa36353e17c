// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/pronouns.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

struct Row {
  std::uint64_t hash;
  Pronoun pronoun;
};

constexpr Row row(std::string_view word, std::uint8_t person, Number number, Gender gender, Case grammatical_case) {
  return {tokenize::hash_lower(word), {person, number, gender, grammatical_case, 0}};
}

constexpr auto make_table() {
  using enum Case;
  constexpr auto kOne = Number::kSingular;
  constexpr auto kMany = Number::kPlural;
  constexpr auto kAny = Number::kUnknown;
  constexpr auto kHe = Gender::kMale;
  constexpr auto kShe = Gender::kFemale;
  constexpr auto kIt = Gender::kNeuter;
  constexpr auto kNone = Gender::kUnknown;
  std::array table{
      row("i", 1, kOne, kNone, kSubject),
      row("me", 1, kOne, kNone, kObject),
      row("my", 1, kOne, kNone, kPossessive),
      row("mine", 1, kOne, kNone, kPossessive),
      row("myself", 1, kOne, kNone, kReflexive),
      row("we", 1, kMany, kNone, kSubject),
      row("us", 1, kMany, kNone, kObject),
      row("our", 1, kMany, kNone, kPossessive),
      row("ours", 1, kMany, kNone, kPossessive),
      row("ourselves", 1, kMany, kNone, kReflexive),
      row("you", 2, kAny, kNone, kSubject),
      row("your", 2, kAny, kNone, kPossessive),
      row("yours", 2, kAny, kNone, kPossessive),
      row("yourself", 2, kOne, kNone, kReflexive),
      row("yourselves", 2, kMany, kNone, kReflexive),
      row("he", 3, kOne, kHe, kSubject),
      row("him", 3, kOne, kHe, kObject),
      row("his", 3, kOne, kHe, kPossessive),
      row("himself", 3, kOne, kHe, kReflexive),
      row("she", 3, kOne, kShe, kSubject),
      row("her", 3, kOne, kShe, kPossessive),
      row("hers", 3, kOne, kShe, kPossessive),
      row("herself", 3, kOne, kShe, kReflexive),
      row("it", 3, kOne, kIt, kSubject),
      row("its", 3, kOne, kIt, kPossessive),
      row("itself", 3, kOne, kIt, kReflexive),
      row("they", 3, kMany, kNone, kSubject),
      row("them", 3, kMany, kNone, kObject),
      row("their", 3, kMany, kNone, kPossessive),
      row("theirs", 3, kMany, kNone, kPossessive),
      row("themselves", 3, kMany, kNone, kReflexive),
      row("who", 3, kAny, kNone, kRelative),
      row("whom", 3, kAny, kNone, kRelative),
      row("whose", 3, kAny, kNone, kRelative),
  };
  std::uint8_t index = 0;
  for (Row& entry : table) entry.pronoun.index = index++;
  std::sort(table.begin(), table.end(), [](const Row& a, const Row& b) { return a.hash < b.hash; });
  return table;
}

constexpr auto kTable = make_table();

}  // namespace

const Pronoun* find_pronoun(std::uint64_t lower_hash) noexcept {
  const auto* at = std::lower_bound(kTable.begin(), kTable.end(), lower_hash,
                                    [](const Row& entry, std::uint64_t hash) { return entry.hash < hash; });
  return at != kTable.end() && at->hash == lower_hash ? &at->pronoun : nullptr;
}

}  // namespace copydesk::resolve
