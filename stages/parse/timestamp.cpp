// SPDX-License-Identifier: Apache-2.0
#include "stages/parse/timestamp.h"

#include <chrono>

namespace copydesk::parse {
namespace {

/// Takes fixed-width numbers and separators off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool at_digit() const noexcept { return !empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool take(std::string_view any_of) noexcept {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A number of exactly `width` digits, at most `max`.
  [[nodiscard]] bool number(std::size_t width, int max, int& out) noexcept {
    if (rest_.size() < width) return false;
    int value = 0;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    out = value;
    return value <= max;
  }
  void skip_digits() noexcept {
    while (take("0123456789")) {
    }
  }

 private:
  std::string_view rest_;
};

[[nodiscard]] bool read_zone(Scanner& scan, int& offset_minutes) noexcept {
  if (scan.empty() || scan.take("Zz")) return true;
  const bool east = scan.take("+");
  if (!east && !scan.take("-")) return false;
  int hours = 0;
  int minutes = 0;
  if (!scan.number(2, 23, hours)) return false;
  if (!scan.empty()) {
    scan.take(":");
    if (!scan.number(2, 59, minutes)) return false;
  }
  offset_minutes = (east ? 1 : -1) * (hours * 60 + minutes);
  return true;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
  constexpr int kLeapSecond = 60;
  Scanner scan(text);
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int offset_minutes = 0;
  if (!scan.number(4, 9999, year)) return std::nullopt;
  scan.take("-");
  if (!scan.number(2, 12, month)) return std::nullopt;
  scan.take("-");
  if (!scan.number(2, 31, day)) return std::nullopt;
  if (!scan.empty()) {
    if (!scan.take("Tt ") || !scan.number(2, 24, hour)) return std::nullopt;
    scan.take(":");
    if (!scan.number(2, 59, minute)) return std::nullopt;
    if ((scan.take(":") || scan.at_digit()) && !scan.number(2, kLeapSecond, second)) return std::nullopt;
    if (scan.take(".,")) scan.skip_digits();
    if (!read_zone(scan, offset_minutes) || !scan.empty()) return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const std::chrono::seconds time = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                                    std::chrono::minutes(minute - offset_minutes) + std::chrono::seconds(second);
  return Timestamp{time.count(), offset_minutes};
}

}  // namespace copydesk::parse
