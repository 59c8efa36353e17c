// SPDX-License-Identifier: Apache-2.0
#include "stages/values/calendar.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace copydesk::values {

std::int64_t days_from(Day day) noexcept {
  const std::int64_t y = day.year - (day.month <= 2 ? 1 : 0);
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

Day day_from(std::int64_t days) noexcept {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t of_era = days - era * 146097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {static_cast<int>(year_of_era + era * 400) + (month <= 2 ? 1 : 0), month,
          static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1)};
}

int days_in_month(int year, int month) noexcept {
  static constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month)];
}

int weekday_of(std::int64_t days) noexcept {
  const auto since_thursday = static_cast<int>(((days % 7) + 7) % 7);  // 1970-01-01 was a Thursday
  return (since_thursday + 3) % 7 + 1;
}

IsoText& IsoText::add(std::string_view text) noexcept {
  if (size_ + text.size() > text_.size()) return *this;
  std::memcpy(text_.data() + size_, text.data(), text.size());
  size_ = static_cast<std::uint8_t>(size_ + text.size());
  return *this;
}

IsoText& IsoText::add(int number, int width) noexcept {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  for (auto missing = width - (end - digits.data()); missing > 0; --missing) add('0');
  return add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

IsoText& IsoText::year(int year) noexcept {
  if (year < 0) add('-');
  return add(std::abs(year), 4);
}

IsoText& IsoText::week(std::int64_t days) noexcept {
  const std::int64_t thursday = days - weekday_of(days) + 4;  // ISO 8601: a week belongs to its Thursday's year
  const int of_year = day_from(thursday).year;
  const auto number = static_cast<int>((thursday - days_from({of_year, 1, 1})) / 7) + 1;
  return year(of_year).add("-W").add(number, 2);
}

bool IsoText::duration(double amount, TimeUnit unit) noexcept {
  constexpr double kMost = 1e9;
  if (!(amount >= 0) || amount > kMost) return false;
  if (unit == TimeUnit::kDecade || unit == TimeUnit::kCentury) {
    amount *= unit == TimeUnit::kDecade ? 10 : 100;
    unit = TimeUnit::kYear;
  }
  if (unit == TimeUnit::kFortnight) {
    amount *= 2;
    unit = TimeUnit::kWeek;
  }
  if (unit == TimeUnit::kQuarter) {
    amount *= 3;
    unit = TimeUnit::kMonth;
  }
  if (unit == TimeUnit::kNone || unit == TimeUnit::kWeekend) return false;
  const double whole = std::floor(amount);
  double rest = amount - whole;
  double minor = 0;
  char minor_letter = 0;
  if (rest > 0 && (unit == TimeUnit::kYear || unit == TimeUnit::kHour || unit == TimeUnit::kMinute)) {
    minor = rest * (unit == TimeUnit::kYear ? 12 : 60);
    minor_letter = unit == TimeUnit::kYear || unit == TimeUnit::kHour ? 'M' : 'S';
    if (std::abs(minor - std::round(minor)) < 1e-6)
      rest = 0;
    else
      minor = 0;
  }
  const auto put = [this](double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed).ptr;
    add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
  };
  const bool clock = unit == TimeUnit::kHour || unit == TimeUnit::kMinute || unit == TimeUnit::kSecond;
  add(clock ? "PT" : "P");
  if (whole > 0 || rest > 0 || minor == 0) {
    put(rest > 0 ? amount : whole);
    switch (unit) {
      case TimeUnit::kSecond: add('S'); break;
      case TimeUnit::kMinute: add('M'); break;
      case TimeUnit::kHour: add('H'); break;
      case TimeUnit::kDay: add('D'); break;
      case TimeUnit::kWeek: add('W'); break;
      case TimeUnit::kMonth: add('M'); break;
      default: add('Y');
    }
  }
  if (minor > 0) {
    put(std::round(minor));
    add(minor_letter);
  }
  return true;
}

std::string_view precision_of(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::kSecond: return "second";
    case TimeUnit::kMinute: return "minute";
    case TimeUnit::kHour: return "hour";
    case TimeUnit::kDay: return "day";
    case TimeUnit::kWeekend: return "weekend";
    case TimeUnit::kWeek:
    case TimeUnit::kFortnight: return "week";
    case TimeUnit::kMonth: return "month";
    case TimeUnit::kQuarter: return "quarter";
    case TimeUnit::kYear: return "year";
    case TimeUnit::kDecade: return "decade";
    case TimeUnit::kCentury: return "century";
    case TimeUnit::kNone: break;
  }
  return {};
}

std::string_view ucum_of(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::kSecond: return "s";
    case TimeUnit::kMinute: return "min";
    case TimeUnit::kHour: return "h";
    case TimeUnit::kDay: return "d";
    case TimeUnit::kWeek: return "wk";
    case TimeUnit::kMonth: return "mo";
    case TimeUnit::kYear: return "a";
    default: return {};
  }
}

}  // namespace copydesk::values
