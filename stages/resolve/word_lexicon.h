// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "stages/model_file.h"

namespace copydesk::resolve {

/// How often a noun stands for a person, an organisation, a place: in fifteenths, as open corpora use it.
struct NounClass {
  std::uint8_t person = 0;
  std::uint8_t organisation = 0;
  std::uint8_t place = 0;
  std::uint8_t cluster = 127;  ///< one of 96 clusters of words used alike; 127 = unknown
  bool known = false;
};

/// What is known of words before an article is read: models/resolve-lexicon.model, made by
/// tools/resolve/make_lexicon.py. Immutable; shared by all threads.
class WordLexicon {
 public:
  /// Throws std::runtime_error where the file is missing or damaged.
  explicit WordLexicon(const std::filesystem::path& path);

  /// Of a `hash_lower()`.
  [[nodiscard]] NounClass find_noun(std::uint64_t hash) const noexcept;

  static constexpr std::uint8_t kUnknownName = 255;
  static constexpr std::uint8_t kSurelyWoman = 200;  ///< the most that the lists say; beyond it, endings speak
  static constexpr std::uint8_t kMostlyWoman = 184;
  static constexpr std::uint8_t kMostlyMan = 16;
  /// How often a first name is a woman's, 0 to 200; of a name not on the lists by its ending, 201 + (0 to 20);
  /// kUnknownName where that says nothing either. Accents do not matter; of "Jean-Luc" the whole counts, else "Jean".
  [[nodiscard]] std::uint8_t share_of_women(std::string_view first_name) const noexcept;

  /// Keys of names, of the `hash_lower()` of their words: a person's first and last; all of an organisation's but
  /// "the", one after the other, from 0 on.
  static constexpr std::uint64_t person_key(std::uint64_t first, std::uint64_t last) noexcept {
    return (first * kFactor) ^ last;
  }
  static constexpr std::uint64_t organisation_key(std::uint64_t key, std::uint64_t word) noexcept {
    return (key * kFactor) ^ word;
  }
  /// What open text calls whoever has this name, "president", "norish": the low halves of the words' hashes. Empty for
  /// most names. Valid as long as this.
  [[nodiscard]] std::span<const std::uint32_t> find_roles(std::uint64_t key) const noexcept;

 private:
  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;

  [[nodiscard]] std::uint8_t listed_share(std::string_view first_name) const noexcept;

  ModelFile file_;
  std::span<const std::uint64_t> nouns_;
  std::span<const std::uint32_t> noun_classes_;
  std::span<const std::uint32_t> first_names_;  ///< the low halves of hashes
  std::span<const std::uint8_t> shares_;
  std::span<const std::uint8_t> endings_;
  std::span<const std::uint64_t> known_;         ///< keys of names, sorted
  std::span<const std::uint32_t> known_begins_;  ///< per key, and one more: where its words begin
  std::span<const std::uint32_t> known_words_;
};

}  // namespace copydesk::resolve
