// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "stages/quotes/quotes.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/word_lexicon.h"

namespace copydesk::resolve {

/// What a mention does in its clause, as far as the tags beside it tell.
enum class Role : std::uint8_t { kOther, kSubject, kObject, kAfterPreposition, kPossessor, kModifier };
/// How a noun phrase without a name begins.
enum class Determiner : std::uint8_t { kNoneAtAll, kThe, kThis, kA, kPossessive, kOtherDeterminer };

/// What the text around a candidate says of it.
struct MentionContext {
  Role role = Role::kOther;
  Determiner determiner = Determiner::kNoneAtAll;
  bool appositive = false;      ///< directly after another candidate and a comma, "is" or "was"
  std::uint8_t kind = 0;        ///< class of the anaphor: 1 to 34 a pronoun, from 35 by determiner and number
  std::uint32_t quote = kNone;  ///< the quote it stands in
  bool opens_quote = false;     ///< it is the first word of reported speech, "that" aside
  bool direct = false;          ///< and that one is direct speech
  NounClass noun;               ///< of nominals: their head's
};

/// One per candidate. Linear.
void find_contexts(const View& view, const quotes::Quotes& quotes, const WordLexicon& lexicon,
                   const std::vector<Candidate>& candidates, std::vector<MentionContext>& contexts);

/// "woman", "spokesman" …; kUnknown for most nouns.
[[nodiscard]] Gender gender_of_noun(std::uint64_t lower_hash) noexcept;

}  // namespace copydesk::resolve
