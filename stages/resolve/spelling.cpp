// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/spelling.h"

#include <array>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {
namespace {

/// U+00C0 to U+017F without their marks, lower case; '?' = no letter.
constexpr std::string_view kLatinFolded =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatinFolded.size() == 0x180 - 0xC0);

struct Fold {
  std::string_view from;
  char to;
};
/// Longest first where one starts another.
constexpr std::array kFolds{
    Fold{"sch", 'S'}, Fold{"tsch", 'C'}, Fold{"tch", 'C'}, Fold{"sh", 'S'}, Fold{"ch", 'C'}, Fold{"zh", 'Z'},
    Fold{"kh", 'h'},  Fold{"gh", 'g'},   Fold{"ph", 'f'},  Fold{"ck", 'k'}, Fold{"ts", 'z'}, Fold{"tz", 'z'},
    Fold{"ks", 'x'},  Fold{"th", 't'},   Fold{"dh", 'd'},  Fold{"ou", 'u'}, Fold{"oo", 'u'}, Fold{"ue", 'u'},
    Fold{"oe", 'o'},  Fold{"ae", 'a'},   Fold{"ie", 'i'},  Fold{"ei", 'i'}, Fold{"ey", 'i'}, Fold{"iy", 'i'},
    Fold{"ij", 'i'},  Fold{"yi", 'i'},   Fold{"yy", 'i'},  Fold{"aj", 'y'}, Fold{"ai", 'y'}, Fold{"ay", 'y'},
    Fold{"ya", 'A'},  Fold{"ia", 'A'},   Fold{"ja", 'A'},  Fold{"yu", 'U'}, Fold{"iu", 'U'}, Fold{"ju", 'U'},
};

constexpr char fold_one(char letter) noexcept {
  switch (letter) {
    case 'w':
    case 'f': return 'v';
    case 'c':
    case 'q': return 'k';
    case 'j':
    case 'y': return 'i';
    default: return letter;
  }
}

}  // namespace

std::size_t fold_letters(std::string_view word, std::array<char, kMaxFoldedLetters>& letters) noexcept {
  std::size_t size = 0;
  for (std::size_t i = 0; i < word.size() && size < kMaxFoldedLetters; ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    if (byte >= '0' && byte <= '9') return 0;
    if (byte < 0x80) {
      const char lower = static_cast<char>(byte | 0x20);
      if (lower >= 'a' && lower <= 'z') letters[size++] = lower;
    } else if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < word.size()) {
      const unsigned code = (byte & 0x1FU) << 6 | (static_cast<unsigned char>(word[i + 1]) & 0x3FU);
      ++i;
      if (code < 0xC0 || code >= 0x180) continue;
      const char folded = kLatinFolded[code - 0xC0];
      if (folded != '?') letters[size++] = folded;
    }
  }
  return size;
}

std::uint64_t spelling_key(std::string_view word) noexcept {
  std::array<char, kMaxFoldedLetters> letters{};
  const std::size_t size = fold_letters(word, letters);
  if (size < 4) return 0;
  const std::string_view all(letters.data(), size);
  std::array<char, kMaxFoldedLetters> key{};
  std::size_t length = 0;
  for (std::size_t i = 0; i < size;) {
    char sound = 0;
    std::size_t step = 1;
    for (const Fold& fold : kFolds) {
      if (all.substr(i).starts_with(fold.from)) {
        sound = fold_one(fold.to);
        step = fold.from.size();
        break;
      }
    }
    if (sound == 0) sound = fold_one(all[i]);
    i += step;
    if (length == 0 || key[length - 1] != sound) key[length++] = sound;
  }
  std::uint64_t hash = 0x9ae16a3b2f90404fULL;
  for (std::size_t i = 0; i < length; ++i) {
    hash = (hash ^ static_cast<unsigned char>(key[i])) * 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace copydesk::resolve
