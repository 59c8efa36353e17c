// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace copydesk::resolve {

enum class Gender : std::uint8_t { kUnknown, kMale, kFemale, kNeuter };
enum class Number : std::uint8_t { kUnknown, kSingular, kPlural };
enum class Case : std::uint8_t { kSubject, kObject, kPossessive, kReflexive, kRelative };

/// What a pronoun says of whom it stands for.
struct Pronoun {
  std::uint8_t person = 3;  ///< grammatical person, 1 to 3
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  Case grammatical_case = Case::kSubject;
  std::uint8_t index = 0;  ///< one number per pronoun, 0 to 33; part of the model's features
};

/// The personal, possessive, reflexive or relative pronoun with this `hash_lower()`, or nullptr.
[[nodiscard]] const Pronoun* find_pronoun(std::uint64_t lower_hash) noexcept;

}  // namespace copydesk::resolve
