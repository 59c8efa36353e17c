// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk::resolve {

inline constexpr std::size_t kMaxFoldedLetters = 40;

/// The letters a to z of `word`, in lower case, without their marks ("Ángel" gives "angel"); returns how many. Signs
/// are left out; a word with digits has no letters.
std::size_t fold_letters(std::string_view word, std::array<char, kMaxFoldedLetters>& letters) noexcept;

/// A key that the usual Latin spellings of one foreign name share: "Witkoff", "Witkov" and "Vitkov"; "Zelensky",
/// "Zelenskiy" and "Zelenskyy"; "Karoline" and "Caroline"; "Müller" and "Mueller". 0 for words under 4 letters, which
/// coincide too often, and for those with digits. Folds what the romanisation tables of BGN/PCGN, ISO 9, ALA-LC and
/// common press usage render differently (v/w/ff, k/c/q/ck, kh/h, y/i/iy, ts/tz, sh/sch, u/oo/ou, f/ph), diacritics of
/// Latin-1 and Latin Extended-A, and doubled letters. Case does not matter.
[[nodiscard]] std::uint64_t spelling_key(std::string_view word) noexcept;

}  // namespace copydesk::resolve
