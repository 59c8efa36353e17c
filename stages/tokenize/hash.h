// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk::tokenize {

namespace hash_detail {
inline constexpr std::uint64_t kSeed = 0x9AE16A3B2F90404FULL;
/// Odd multipliers of Fibonacci hashing (2^64 / golden ratio) and of rrmxmx (P. Evensen): any odd ones with mixed
/// bits would do.
inline constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
inline constexpr std::uint64_t kFinish = 0x9FB21C651E98DF25ULL;

[[nodiscard]] constexpr std::uint64_t step(std::uint64_t hash, std::uint64_t block) noexcept {
  hash = (hash ^ block) * kStep;
  return hash ^ (hash >> 32);
}
[[nodiscard]] constexpr std::uint64_t finish(std::uint64_t hash) noexcept {
  hash *= kFinish;
  return hash ^ (hash >> 32);
}
}  // namespace hash_detail

/// 64-bit hash of `word` with ASCII letters folded to lower case and a right single quotation mark (U+2019) folded to
/// an apostrophe, so that lexicons find "Said" and "don’t". constexpr: lexicons hash their entries at compile time.
/// Eight bytes at a time, first byte lowest, the last block padded with zeros; different words of up to eight bytes
/// never collide. Models may store it; it is not meant against chosen input.
[[nodiscard]] constexpr std::uint64_t hash_lower(std::string_view word) noexcept {
  std::uint64_t hash = hash_detail::kSeed;
  std::uint64_t block = 0;
  unsigned filled = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto byte = static_cast<unsigned char>(word[i]);
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<unsigned char>(byte + 32);
    if (byte == 0xE2 && i + 2 < word.size() && static_cast<unsigned char>(word[i + 1]) == 0x80 &&
        static_cast<unsigned char>(word[i + 2]) == 0x99) {
      byte = '\'';
      i += 2;
    }
    block |= std::uint64_t{byte} << filled;
    filled += 8;
    if (filled == 64) {
      hash = hash_detail::step(hash, block);
      block = 0;
      filled = 0;
    }
  }
  if (filled != 0) hash = hash_detail::step(hash, block);
  return hash_detail::finish(hash);
}

}  // namespace copydesk::tokenize
