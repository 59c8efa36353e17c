// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stages/tokenize/hash.h"

namespace copydesk::resolve {

/// A fixed set of words, looked up by `hash_lower()`; sorted when compiled.
template <std::size_t N>
class WordSet {
 public:
  constexpr explicit WordSet(const std::array<std::string_view, N>& words) {
    for (std::size_t i = 0; i < N; ++i) hashes_[i] = tokenize::hash_lower(words[i]);
    std::sort(hashes_.begin(), hashes_.end());
  }
  [[nodiscard]] constexpr bool contains(std::uint64_t hash) const noexcept {
    return std::binary_search(hashes_.begin(), hashes_.end(), hash);
  }

 private:
  std::array<std::uint64_t, N> hashes_{};
};

template <class... Words>
[[nodiscard]] constexpr auto word_set(Words... words) {
  return WordSet<sizeof...(Words)>(std::array<std::string_view, sizeof...(Words)>{words...});
}

}  // namespace copydesk::resolve
