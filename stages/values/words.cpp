// SPDX-License-Identifier: Apache-2.0
#include "stages/values/words.h"

#include <array>
#include <cstring>

#include "stages/tokenize/hash.h"

namespace copydesk::values {

Words::Phrase Words::phrase(std::uint32_t i, std::uint64_t roles) const noexcept {
  constexpr std::uint32_t kMostTokens = 4;
  std::array<char, 48> joined{};
  std::size_t size = 0;
  const Word* best = &Lexicon::english().word(0);
  std::uint32_t end = i;
  for (std::uint32_t k = i, used = 0; used < kMostTokens && inside(k); ++k) {
    if (k != i && hyphen(k)) continue;
    const std::string_view token = text(k);
    if (size + token.size() + 1 > joined.size()) break;
    if (size != 0) joined[size++] = ' ';
    std::memcpy(joined.data() + size, token.data(), token.size());
    size += token.size();
    ++used;
    const std::uint16_t index =
        used == 1 ? entries_[k] : Lexicon::english().find(tokenize::hash_lower({joined.data(), size}));
    const Word& found = Lexicon::english().word(index);
    if ((found.roles & roles) != 0) {
      best = &found;
      end = k + 1;
    }
  }
  return {*best, end};
}

}  // namespace copydesk::values
