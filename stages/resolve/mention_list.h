// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/entities/names.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/pronouns.h"
#include "stages/resolve/resolution.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::resolve {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// What this part of the stage reads of an article.
struct View {
  std::string_view text;
  const tokenize::Tokens& tokens;
  const tag::Tags& tags;
  const entities::Names& names;

  [[nodiscard]] std::string_view word(std::uint32_t token) const noexcept { return tokens.text(text, token); }
  [[nodiscard]] bool tagged() const noexcept { return tags.of.size() == tokens.size(); }
};

/// A place in the text that may refer to someone or something: a name, a noun phrase without one, or a pronoun.
struct Candidate {
  TokenRange tokens;       ///< the name alone; the noun phrase from its determiner to its head; the pronoun
  TokenRange phrase;       ///< of names: with what stands before the name in its noun phrase ("the Irish poet N.")
  std::uint32_t head = 0;  ///< token
  std::uint32_t sentence = 0;
  MentionKind kind = MentionKind::kName;
  EntityType type = EntityType::kPerson;  ///< of names
  Gender gender = Gender::kUnknown;       ///< as the words themselves say: pronoun, title, noun
  Number number = Number::kUnknown;
  bool holds_name = false;     ///< a noun phrase with the name of a person or organisation in it: "a NATO official"
  bool holds_person = false;   ///< a person's name is in it: "the Dell campaign"
  bool demonym = false;        ///< "the Norlander", "the Democrat": one who is called by where he is from
  bool modifier = false;       ///< a name that stands before another noun: "NATO" in "a NATO official"
  bool kin = false;            ///< a person who is introduced as somebody's relative: "her husband Jan Holt"
  std::uint32_t name = kNone;  ///< index into Names
  std::uint32_t stands_for = kNone;  ///< of a noun phrase beside a name: the candidate that is the name
  const Pronoun* pronoun = nullptr;
};

/// "who", "whom", "whose".
[[nodiscard]] inline bool is_relative(const Candidate& candidate) noexcept {
  return candidate.pronoun != nullptr && candidate.pronoun->grammatical_case == Case::kRelative;
}

/// "I", "me", "my".
[[nodiscard]] inline bool is_first_person(const Candidate& candidate) noexcept {
  return candidate.pronoun != nullptr && candidate.pronoun->person == 1 &&
         candidate.pronoun->number == Number::kSingular;
}

/// Every candidate in text order, outer before inner. Linear in the number of tokens. Replaces what `found` held.
void find_candidates(const View& view, std::vector<Candidate>& found);

}  // namespace copydesk::resolve
