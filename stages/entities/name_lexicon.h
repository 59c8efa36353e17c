// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk::entities {

/// What lists say of a word, whatever its case. A bit set: `WordFacts::lists`.
enum WordList : std::uint16_t {
  kFirstName = 1 << 0,
  kLastName = 1 << 1,
  kCountry = 1 << 2,
  kState = 1 << 3,
  kBigCity = 1 << 4,
  kCity = 1 << 5,
  kRegion = 1 << 6,
  kNationality = 1 << 7,
  kLanguageName = 1 << 8,
  kTitle = 1 << 9,              ///< "Mr.", "President"
  kOrganisationWord = 1 << 10,  ///< "Inc.", "University"
  kOrganisationName = 1 << 11,
  kPlaceWord = 1 << 12,     ///< "River", "Mount"
  kBuildingWord = 1 << 13,  ///< "Airport", "Bridge"
};

/// One word of the lexicon; 16 bytes in the model file.
struct WordFacts {
  static constexpr std::uint16_t kNoVector = 0xFFFF;

  std::uint32_t check = 0;           ///< both halves of the word's hash; 0 = empty slot
  std::uint16_t vector = kNoVector;  ///< row of the word's vector
  std::uint16_t lists = 0;           ///< of WordList
  std::uint16_t cluster = 0;         ///< 1-based, of 1024; 0 = unknown word
  std::uint8_t small_cluster = 0;    ///< 1-based, of 96
  std::uint8_t case_bucket = 0;      ///< 1-based: how often the word is capitalised, in six steps; 0 = unknown
  std::uint8_t phrase_length = 0;    ///< longest phrase that begins with it, in words; 0 = none
  std::uint8_t reserved[3] = {};
};
static_assert(sizeof(WordFacts) == 16);

/// A sequence of words that a list knows; 8 bytes in the model file.
struct PhraseFacts {
  std::uint32_t check = 0;  ///< both halves of the hash of its words; 0 = empty slot
  std::uint8_t lists = 0;   ///< of PhraseList
  std::uint8_t reserved[3] = {};
};
static_assert(sizeof(PhraseFacts) == 8);

/// What a phrase is. A bit set.
enum PhraseList : std::uint8_t {
  kPhraseCountry = 1 << 0,
  kPhraseCity = 1 << 1,
  kPhraseRegion = 1 << 2,
  kPhraseNationality = 1 << 3,
  kPhrasePerson = 1 << 4,  ///< seen as a person's name in the silver text; so are the next ones
  kPhraseOrganisation = 1 << 5,
  kPhrasePlace = 1 << 6,
  kPhraseOther = 1 << 7,
};
inline constexpr std::size_t kPhraseLists = 8;
inline constexpr std::size_t kLongestPhrase = 6;  ///< words

/// Hash of a phrase: fold its words' hashes from left to right, starting with 0.
[[nodiscard]] constexpr std::uint64_t extend_phrase(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

/// An open-addressing table (linear probing) of entries that keep 32 bits of a 64-bit hash. A view into the
/// model file, which guarantees that one slot in eight or more is empty; even a damaged table ends every search.
template <class Entry>
class HashTable {
 public:
  HashTable() = default;
  explicit HashTable(std::span<const Entry> slots) : slots_(slots) {}

  [[nodiscard]] static std::uint32_t check_of(std::uint64_t hash) noexcept {
    const auto check = static_cast<std::uint32_t>(hash ^ (hash >> 32));
    return check == 0 ? 1 : check;
  }
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(((hash * 0x9E3779B97F4A7C15ULL >> 32) * slots_.size()) >> 32);
  }
  void prefetch(std::uint64_t hash) const noexcept { __builtin_prefetch(slots_.data() + slot_of(hash)); }

  /// Null where the table does not hold `hash`.
  [[nodiscard]] const Entry* find(std::uint64_t hash) const noexcept {
    const std::uint32_t check = check_of(hash);
    std::size_t slot = slots_.empty() ? 0 : slot_of(hash);
    for (std::size_t probe = 0; probe < slots_.size(); ++probe) {
      const Entry& entry = slots_[slot];
      if (entry.check == check) return &entry;
      if (entry.check == 0) return nullptr;
      if (++slot == slots_.size()) slot = 0;
    }
    return nullptr;
  }

 private:
  std::span<const Entry> slots_;
};

/// What the model's word lists know.
struct Lexicon {
  HashTable<WordFacts> words;      ///< by `hash_lower`
  HashTable<PhraseFacts> phrases;  ///< by `extend_phrase` over `hash_lower`
};

}  // namespace copydesk::entities
