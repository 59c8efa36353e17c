// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace copydesk::resolve {

inline constexpr std::size_t kLettersOfAlphabet = 26;
inline constexpr std::size_t kCountrySlots = kLettersOfAlphabet * kLettersOfAlphabet;

/// Where a country stands in a table of kCountrySlots. `code` is an ISO 3166-1 alpha-2 code: two capitals.
[[nodiscard]] constexpr std::size_t country_slot(std::string_view code) noexcept {
  return static_cast<std::size_t>(code[0] - 'A') * kLettersOfAlphabet + static_cast<std::size_t>(code[1] - 'A');
}

}  // namespace copydesk::resolve
