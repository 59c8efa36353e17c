// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/time_text.h"

#include <chrono>

namespace copydesk::encode {

TimeText::TimeText(std::int64_t unix_ms) noexcept {
  constexpr std::int64_t kYear10000 = 253402300800000;
  constexpr std::int64_t kYear0 = -62167219200000;
  if (unix_ms < kYear0 || unix_ms >= kYear10000) unix_ms = 0;
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(unix_ms)};
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  std::size_t at = 0;
  const auto put = [&](std::int64_t value, int width, char after) {
    for (int i = width - 1; i >= 0; --i) {
      text_[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
      value /= 10;
    }
    at += static_cast<std::size_t>(width);
    text_[at++] = after;
  };
  put(static_cast<int>(date.year()), 4, '-');
  put(static_cast<unsigned>(date.month()), 2, '-');
  put(static_cast<unsigned>(date.day()), 2, 'T');
  put(clock.hours().count(), 2, ':');
  put(clock.minutes().count(), 2, ':');
  put(clock.seconds().count(), 2, '.');
  put(clock.subseconds().count(), 3, 'Z');
}

}  // namespace copydesk::encode
