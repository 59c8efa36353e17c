// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

/// What a word before a period can be. Asked with the word's `hash_lower()`, without the period.
enum class Abbreviation : std::uint8_t {
  kNone,
  kTitle,      ///< before a name, never at the end of a sentence: "Mr.", "Gen.", "St."
  kPlain,      ///< capitalised, may end a sentence: "Inc.", "Calif."
  kAnyCase,    ///< may end a sentence: "etc.", "vs."
  kMonth,      ///< capitalised, hardly ever at the end: "Sept.", "Del." (Delegate)
  kNumbered,   ///< only before a number: "No. 10", "pp. 3", "c. 1818"
  kAmbiguous,  ///< also a plain word: only where the context says so: "Mass.", "Sun.", "Miss."
};
[[nodiscard]] Abbreviation abbreviation(std::uint64_t lower_hash) noexcept;

/// "non", "co", "anti": what keeps its hyphen (the affix list of the English Web Treebank's guidelines, as far as
/// Universal Dependencies' corpora follow it).
[[nodiscard]] bool is_prefix(std::uint64_t lower_hash) noexcept;
/// "fold", "wise": what keeps the hyphen before it.
[[nodiscard]] bool is_suffix(std::uint64_t lower_hash) noexcept;
/// "km", "pm", "bn": what is split off the number it is glued to.
[[nodiscard]] bool is_unit(std::uint64_t lower_hash) noexcept;
/// "com", "uk": the last part of an Internet name.
[[nodiscard]] bool is_top_level_domain(std::uint64_t lower_hash) noexcept;
/// "s/he", "w/o": words with a slash.
[[nodiscard]] bool is_slash_word(std::uint64_t lower_hash) noexcept;
/// "the", "he", "but", "when": capitalised after an abbreviation, it begins a sentence.
[[nodiscard]] bool is_sentence_starter(std::uint64_t lower_hash) noexcept;

/// "is", "would", "had": what shows that a clause has a finite verb.
[[nodiscard]] bool is_finite_auxiliary(std::uint64_t lower_hash) noexcept;

}  // namespace copydesk::tokenize
