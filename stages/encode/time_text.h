// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace copydesk::encode {

/// A point of time as RFC 3339 in UTC with milliseconds: "2026-03-02T09:15:00.000Z".
class TimeText {
 public:
  /// `unix_ms`: milliseconds since 1970; years 0 to 9999, others print as 1970.
  explicit TimeText(std::int64_t unix_ms) noexcept;
  [[nodiscard]] std::string_view str() const noexcept { return {text_.data(), text_.size()}; }

 private:
  std::array<char, 24> text_{};
};

}  // namespace copydesk::encode
