// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "stages/values/lexicon.h"

namespace copydesk::values {

/// A day of the proleptic Gregorian calendar.
struct Day {
  int year = 0;
  int month = 0;  ///< 1 … 12
  int day = 0;    ///< 1 … 31

  friend constexpr auto operator<=>(const Day&, const Day&) = default;
};

/// Days since 1970-01-01, and back (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
[[nodiscard]] std::int64_t days_from(Day day) noexcept;
[[nodiscard]] Day day_from(std::int64_t days) noexcept;
[[nodiscard]] int days_in_month(int year, int month) noexcept;
/// 1 (Monday) … 7 (Sunday).
[[nodiscard]] int weekday_of(std::int64_t days) noexcept;

/// A short ISO 8601 text, built piece by piece. What does not fit is dropped (no value needs more).
class IsoText {
 public:
  IsoText& add(std::string_view text) noexcept;
  IsoText& add(char c) noexcept { return add(std::string_view(&c, 1)); }
  /// At least `width` digits.
  IsoText& add(int number, int width) noexcept;
  IsoText& year(int year) noexcept;  ///< "2026"; "-0043" is 44 BC
  IsoText& month(int year, int month) noexcept { return this->year(year).add('-').add(month, 2); }
  IsoText& day(Day day) noexcept { return month(day.year, day.month).add('-').add(day.day, 2); }
  IsoText& week(std::int64_t days) noexcept;  ///< "2026-W10", the week of that day
  /// "P3Y6M" and the like; false where the amount has no such form.
  bool duration(double amount, TimeUnit unit) noexcept;

  [[nodiscard]] std::string_view str() const noexcept { return {text_.data(), size_}; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  std::array<char, 56> text_{};
  std::uint8_t size_ = 0;
};

/// What precision is called in the record.
[[nodiscard]] std::string_view precision_of(TimeUnit unit) noexcept;
/// UCUM code of a unit of time.
[[nodiscard]] std::string_view ucum_of(TimeUnit unit) noexcept;

}  // namespace copydesk::values
