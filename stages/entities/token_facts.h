// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stages/entities/name_lexicon.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::entities {

/// The form of a token, roughly.
enum ShapeClass : std::uint8_t {
  kLowerWord,
  kCapitalised,
  kUpperWord,
  kOneUpper,
  kInitialDot,
  kDottedUpper,
  kMixedCase,
  kLowerFirstMixed,
  kDigits,
  kDigitsAndLetters,
  kPunctuationShape,
  kUncasedLetters,
  kHyphenCapital,
  kHyphenLower,
  kUpperAndDigits,
  kOrdinalLike,
  kShapeClasses,
};
static_assert(kShapeClasses <= 16);

/// How a sentence uses capitals: decides how much a capital says.
enum SentenceCase : std::uint8_t { kMixedSentence, kUpperSentence, kLowerSentence, kTitleSentence };

/// What other occurrences of the same word in the document show. A bit set. After Chieu and Ng (2003), "Named entity
/// recognition with a maximum entropy approach": global features.
enum DocumentFact : std::uint16_t {
  kSeenLower = 1 << 0,
  kSeenCapitalised = 1 << 1,  ///< inside a sentence of mixed case, not at its start
  kSeenAfterTitle = 1 << 2,
  kSeenAfterFirstName = 1 << 3,
  kSeenBeforeOrganisationWord = 1 << 4,
  kSeenAfterPlacePreposition = 1 << 5,
  kSeenPossessive = 1 << 6,
  kSeenUpper = 1 << 7,
  kSeenBeforeSaying = 1 << 8,
  kSeenBeforePlace = 1 << 9,  ///< followed by a comma and a country or state
  kSeenAfterThe = 1 << 10,
  kSeenInPersonPhrase = 1 << 11,
  kSeenInOrganisationPhrase = 1 << 12,
  kSeenInPlacePhrase = 1 << 13,
};
inline constexpr std::size_t kDocumentFacts = 14;

/// Everything the features need to know of one token, computed once.
struct TokenFacts {
  std::uint64_t word = 0;     ///< `hash_lower`
  std::uint32_t prefix3 = 0;  ///< hashes over bytes folded to lower case
  std::uint32_t prefix4 = 0;
  std::uint32_t suffix2 = 0;
  std::uint32_t suffix3 = 0;
  std::uint32_t suffix4 = 0;
  std::uint32_t shape = 0;    ///< hash of the shape, runs cut to two: "Xx-Xx"
  std::uint32_t phrases = 0;  ///< 4 bits per PhraseList (begin, inside, end, single)
  std::uint16_t vector = WordFacts::kNoVector;
  std::uint16_t lists = 0;
  std::uint16_t cluster = 0;
  std::uint16_t document = 0;  ///< of DocumentFact
  std::uint8_t small_cluster = 0;
  std::uint8_t case_bucket = 0;
  std::uint8_t phrase_length = 0;
  std::uint8_t form = 0;  ///< ShapeClass | SentenceCase << 4
  bool sentence_start = false;
};

/// Computes facts. Keeps buffers between calls; one per thread.
class FactFinder {
 public:
  /// Facts of `tokens` [range.begin, range.end) of which `sentences` are the sentences (all inside the range). They
  /// are one document: facts about other occurrences come from the range. Valid until the next call.
  std::span<TokenFacts> find(const Lexicon& lexicon, std::string_view text, const tokenize::Tokens& tokens,
                             TokenRange range, std::span<const TokenRange> sentences);

 private:
  struct Seen {
    std::uint64_t word = 0;
    std::uint32_t facts = 0;  ///< of DocumentFact; 0 = empty slot, so kUsed marks a taken one
  };
  Seen& seen(std::uint64_t word);
  void find_forms(std::string_view text, const tokenize::Tokens& tokens, TokenRange range);
  void match_phrases(const Lexicon& lexicon, std::span<TokenFacts> sentence);
  void find_document_facts(std::span<const TokenRange> sentences, std::uint32_t offset);

  std::vector<TokenFacts> facts_;
  std::vector<Seen> table_;
  std::size_t mask_ = 0;
};

}  // namespace copydesk::entities
