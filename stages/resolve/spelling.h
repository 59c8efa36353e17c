#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk::who {

/// A key that the usual Latin spellings of one foreign name share: "Witkoff", "Witkov" and "Vitkov"; "Zelensky",
/// "Zelenskiy" and "Zelenskyy"; "Karoline" and "Caroline"; "Müller" and "Mueller". 0 for words under 4 letters, which
/// coincide too often, and for those with digits. Folds what the romanisation tables of BGN/PCGN, ISO 9, ALA-LC and
/// common press usage render differently (v/w/ff, k/c/q/ck, kh/h, y/i/iy, ts/tz, sh/sch, u/oo/ou, f/ph), diacritics of
/// Latin-1 and Latin Extended-A, and doubled letters. Case does not matter.
[[nodiscard]] std::uint64_t spelling_key(std::string_view word) noexcept;

}  // namespace copydesk::who
