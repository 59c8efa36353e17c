// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace copydesk::config {

/// Of ASCII's characters alone, whatever the locale.
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_ascii_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

}  // namespace copydesk::config
