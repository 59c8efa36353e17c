#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk {

/// 64-bit FNV-1a (Fowler, Noll, Vo) of `word` with ASCII letters folded to lower case and a right single quotation
/// mark (U+2019) folded to an apostrophe, so that lexicons find "Said" and "don’t". constexpr: lexicons hash their
/// entries at compile time. Not for data that crosses a machine, nor against chosen input.
[[nodiscard]] constexpr std::uint64_t hash_lower(std::string_view word) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto byte = static_cast<unsigned char>(word[i]);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte + 32);
    if (byte == 0xE2 && i + 2 < word.size() && static_cast<unsigned char>(word[i + 1]) == 0x80 &&
        static_cast<unsigned char>(word[i + 2]) == 0x99) {
      byte = '\'';
      i += 2;
    }
    hash = (hash ^ byte) * 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace copydesk
