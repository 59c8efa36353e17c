// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/token_facts.h"

#include <algorithm>
#include <array>
#include <bit>

#include "stages/tokenize/hash.h"

namespace copydesk::entities {

namespace {

constexpr std::uint32_t kUsed = 1U << 31;

/// Classes of bytes, for shapes.
enum ByteClass : std::uint8_t { kUpperByte, kLowerByte, kDigitByte, kOtherByte, kWideByte };

constexpr std::array<std::uint8_t, 256> make_byte_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    classes[byte] = byte >= 'A' && byte <= 'Z'   ? kUpperByte
                    : byte >= 'a' && byte <= 'z' ? kLowerByte
                    : byte >= '0' && byte <= '9' ? kDigitByte
                    : byte >= 128                ? kWideByte
                                                 : kOtherByte;
  }
  return classes;
}
constexpr std::array<std::uint8_t, 256> kByteClasses = make_byte_classes();

constexpr std::uint8_t fold(char letter) noexcept {
  const auto byte = static_cast<std::uint8_t>(letter);
  return byte >= 'A' && byte <= 'Z' ? static_cast<std::uint8_t>(byte + 32) : byte;
}

constexpr std::uint32_t step(std::uint32_t hash, std::uint8_t byte) noexcept {
  return (hash ^ byte) * 0x01000193U;
}

std::uint32_t hash_bytes(std::string_view bytes) noexcept {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char letter : bytes) hash = step(hash, fold(letter));
  return hash;
}

ShapeClass shape_class(std::string_view word, std::uint16_t flags, unsigned classes) noexcept {
  const bool upper_first = (flags & tokenize::kInitialUpper) != 0;
  const bool lower = (flags & tokenize::kHasLower) != 0;
  const bool digit = (flags & tokenize::kHasDigit) != 0;
  if ((flags & tokenize::kPunctuation) != 0) return kPunctuationShape;
  if (digit) {
    if ((flags & tokenize::kNumeric) != 0) return kDigits;
    if (upper_first && !lower) return kUpperAndDigits;
    return kByteClasses[static_cast<std::uint8_t>(word[0])] == kDigitByte && lower ? kOrdinalLike : kDigitsAndLetters;
  }
  const bool hyphen = (classes & 1U << kOtherByte) != 0 && word.find('-') != std::string_view::npos;
  if ((flags & tokenize::kAllUpper) != 0) {
    if (word.size() == 1) return kOneUpper;
    if (word.size() == 2 && word[1] == '.') return kInitialDot;
    return word.find('.') != std::string_view::npos ? kDottedUpper : kUpperWord;
  }
  if (!lower) return kUncasedLetters;
  if (upper_first) {
    if (hyphen) return kHyphenCapital;
    const std::string_view rest = word.substr(1);
    const bool inner =
        std::any_of(rest.begin(), rest.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
    return inner ? kMixedCase : kCapitalised;
  }
  if ((classes & 1U << kUpperByte) != 0) return kLowerFirstMixed;
  return hyphen ? kHyphenLower : kLowerWord;
}

void find_form(std::string_view word, std::uint16_t flags, TokenFacts& fact) noexcept {
  std::uint32_t shape = 0x811C9DC5U;
  unsigned classes = 0;
  unsigned last = 255;
  unsigned run = 0;
  for (const char letter : word.substr(0, 24)) {
    const auto byte = static_cast<std::uint8_t>(letter);
    const unsigned kind = kByteClasses[byte];
    classes |= 1U << kind;
    run = kind == last ? run + 1 : 0;
    last = kind;
    if (run < 2 || kind == kOtherByte) {
      shape = step(shape, kind == kOtherByte ? byte : static_cast<std::uint8_t>(kind));
    }
  }
  fact.shape = shape;
  const std::size_t size = word.size();
  fact.prefix3 = hash_bytes(word.substr(0, std::min<std::size_t>(3, size)));
  fact.prefix4 = hash_bytes(word.substr(0, std::min<std::size_t>(4, size)));
  fact.suffix2 = hash_bytes(word.substr(size - std::min<std::size_t>(2, size)));
  fact.suffix3 = hash_bytes(word.substr(size - std::min<std::size_t>(3, size)));
  fact.suffix4 = hash_bytes(word.substr(size - std::min<std::size_t>(4, size)));
  fact.form = shape_class(word, flags, classes);
}

bool has_capital(std::uint8_t form) noexcept {
  const unsigned shape = form & 15U;
  return (shape >= kCapitalised && shape <= kMixedCase) || shape == kHyphenCapital || shape == kUpperAndDigits;
}

SentenceCase sentence_case(std::span<const TokenFacts> sentence) noexcept {
  std::size_t upper = 0;
  std::size_t capitalised = 0;
  std::size_t lower = 0;
  std::size_t other_capital = 0;
  for (const TokenFacts& fact : sentence) {
    switch (fact.form & 15U) {
      case kUpperWord: ++upper; break;
      case kCapitalised:
      case kHyphenCapital:
      case kMixedCase: ++capitalised; break;
      case kLowerWord:
      case kHyphenLower:
      case kLowerFirstMixed: ++lower; break;
      case kOneUpper:
      case kInitialDot:
      case kDottedUpper:
      case kUpperAndDigits: ++other_capital; break;
      default: break;
    }
  }
  if (upper >= 2 && lower + capitalised == 0) return kUpperSentence;
  if (upper >= 4 && (lower + capitalised) * 8 <= upper) return kUpperSentence;
  if (upper + capitalised + other_capital == 0 && lower >= 3) return kLowerSentence;
  if (capitalised >= 4 && capitalised >= 2 * lower) return kTitleSentence;
  return kMixedSentence;
}

constexpr std::array kPlacePrepositions{tokenize::hash_lower("in"), tokenize::hash_lower("at"),
                                        tokenize::hash_lower("near"), tokenize::hash_lower("from")};
constexpr std::array kSayingVerbs{tokenize::hash_lower("said"), tokenize::hash_lower("says"),
                                  tokenize::hash_lower("told"), tokenize::hash_lower("added")};
constexpr std::uint64_t kThe = tokenize::hash_lower("the");
constexpr std::uint64_t kComma = tokenize::hash_lower(",");
constexpr std::uint64_t kPossessive = tokenize::hash_lower("'s");

template <std::size_t N>
bool is_one_of(const std::array<std::uint64_t, N>& words, std::uint64_t word) noexcept {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

FactFinder::Seen& FactFinder::seen(std::uint64_t word) {
  std::size_t slot = (word * 0x9E3779B97F4A7C15ULL >> 32) & mask_;
  while (table_[slot].facts != 0 && table_[slot].word != word) slot = (slot + 1) & mask_;
  table_[slot].word = word;
  table_[slot].facts |= kUsed;
  return table_[slot];
}

void FactFinder::find_forms(std::string_view text, const tokenize::Tokens& tokens, TokenRange range) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    TokenFacts& fact = facts_[token - range.begin];
    fact = TokenFacts{};
    fact.word = tokens.lower_hashes[token];
    find_form(tokens.text(text, token), tokens.flags[token], fact);
  }
}

void FactFinder::match_phrases(const Lexicon& lexicon, std::span<TokenFacts> sentence) {
  const bool any_case = (sentence[0].form >> 4U) == kLowerSentence;
  for (std::size_t first = 0; first < sentence.size(); ++first) {
    const TokenFacts& start = sentence[first];
    if (start.phrase_length == 0 || (!any_case && !has_capital(start.form))) continue;
    const std::size_t limit = std::min<std::size_t>(start.phrase_length, sentence.size() - first);
    std::uint64_t hash = 0;
    for (std::size_t length = 1; length <= limit; ++length) {
      hash = extend_phrase(hash, sentence[first + length - 1].word);
      const PhraseFacts* phrase = lexicon.phrases.find(hash);
      if (phrase == nullptr) continue;
      for (unsigned list = 0; list < kPhraseLists; ++list) {
        if ((phrase->lists >> list & 1U) == 0) continue;
        if (length == 1) {
          sentence[first].phrases |= 8U << (4 * list);
          continue;
        }
        sentence[first].phrases |= 1U << (4 * list);
        for (std::size_t inner = 1; inner + 1 < length; ++inner) sentence[first + inner].phrases |= 2U << (4 * list);
        sentence[first + length - 1].phrases |= 4U << (4 * list);
      }
    }
  }
}

void FactFinder::find_document_facts(std::span<const TokenRange> sentences, std::uint32_t offset) {
  const std::size_t slots = std::bit_ceil(facts_.size() * 2 + 2);
  table_.assign(slots, Seen{});
  mask_ = slots - 1;
  for (const TokenRange sentence : sentences) {
    const std::size_t begin = sentence.begin - offset;
    const std::size_t end = sentence.end - offset;
    const unsigned casing = facts_[begin].form >> 4U;
    for (std::size_t i = begin; i < end; ++i) {
      const TokenFacts& fact = facts_[i];
      const unsigned shape = fact.form & 15U;
      if (shape == kLowerWord || shape == kHyphenLower) {
        if (casing != kLowerSentence) seen(fact.word).facts |= kSeenLower;
        continue;
      }
      if (!has_capital(fact.form)) continue;
      std::uint32_t facts = 0;
      if (shape == kUpperWord)
        facts |= casing == kMixedSentence ? std::uint32_t{kSeenUpper} : 0U;
      else if (casing == kMixedSentence && i > begin)
        facts |= kSeenCapitalised;
      if (i > begin) {
        const TokenFacts& before = facts_[i - 1];
        if ((before.lists & kTitle) != 0 && has_capital(before.form)) facts |= kSeenAfterTitle;
        if (((before.lists & kFirstName) != 0 && has_capital(before.form)) || (before.form & 15U) == kInitialDot) {
          facts |= kSeenAfterFirstName;
        }
        if (is_one_of(kPlacePrepositions, before.word)) facts |= kSeenAfterPlacePreposition;
        if (before.word == kThe) facts |= kSeenAfterThe;
      }
      if (i + 1 < end) {
        const TokenFacts& after = facts_[i + 1];
        if ((after.lists & kOrganisationWord) != 0 && has_capital(after.form)) facts |= kSeenBeforeOrganisationWord;
        if (after.word == kPossessive) facts |= kSeenPossessive;
        if (is_one_of(kSayingVerbs, after.word)) facts |= kSeenBeforeSaying;
        if (after.word == kComma && i + 2 < end && (facts_[i + 2].lists & (kCountry | kState)) != 0) {
          facts |= kSeenBeforePlace;
        }
      }
      if ((fact.phrases & 0xF0000U) != 0) facts |= kSeenInPersonPhrase;
      if ((fact.phrases & 0xF00000U) != 0) facts |= kSeenInOrganisationPhrase;
      if ((fact.phrases & 0xF0000FFU) != 0) facts |= kSeenInPlacePhrase;
      seen(fact.word).facts |= facts;
    }
  }
  for (TokenFacts& fact : facts_) {
    if ((fact.form & 15U) != kPunctuationShape && (fact.form & 15U) != kDigits) {
      std::size_t slot = (fact.word * 0x9E3779B97F4A7C15ULL >> 32) & mask_;
      while (table_[slot].facts != 0 && table_[slot].word != fact.word) slot = (slot + 1) & mask_;
      fact.document = static_cast<std::uint16_t>(table_[slot].facts & 0x3FFFU);
    }
  }
}

std::span<TokenFacts> FactFinder::find(const Lexicon& lexicon, std::string_view text, const tokenize::Tokens& tokens,
                                       TokenRange range, std::span<const TokenRange> sentences) {
  facts_.resize(range.size());
  for (std::uint32_t token = range.begin; token < range.end; ++token)
    lexicon.words.prefetch(tokens.lower_hashes[token]);
  find_forms(text, tokens, range);
  for (TokenFacts& fact : facts_) {
    if (const WordFacts* word = lexicon.words.find(fact.word)) {
      fact.vector = word->vector;
      fact.lists = word->lists;
      fact.cluster = word->cluster;
      fact.small_cluster = word->small_cluster;
      fact.case_bucket = word->case_bucket;
      fact.phrase_length = word->phrase_length;
    }
  }
  for (const TokenRange sentence : sentences) {
    const std::span<TokenFacts> mine = std::span(facts_).subspan(sentence.begin - range.begin, sentence.size());
    if (mine.empty()) continue;
    const SentenceCase casing = sentence_case(mine);
    for (TokenFacts& fact : mine) fact.form = static_cast<std::uint8_t>(fact.form | casing << 4U);
    mine[0].sentence_start = true;
    match_phrases(lexicon, mine);
  }
  find_document_facts(sentences, range.begin);
  return facts_;
}

}  // namespace copydesk::entities
