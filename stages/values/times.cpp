// SPDX-License-Identifier: Apache-2.0
#include "stages/values/times.h"

#include "stages/values/dates.h"

namespace copydesk::values {
namespace {

constexpr double kUnknownZone = 9999;

struct Clock {
  std::uint32_t end = 0;
  int hour = -1;
  int minute = -1;           ///< -1: not stated
  bool written_out = false;  ///< with a colon or point: "10:30"
};

/// "10:30", "5.30", "1800" (only with `military`), "10".
[[nodiscard]] Clock read_clock(std::string_view token, bool military) {
  Clock clock;
  const std::size_t mark = token.find_first_of(":.");
  if (mark != std::string_view::npos) {
    const std::string_view minutes = token.substr(mark + 1);
    if (mark == 0 || mark > 2 || minutes.size() != 2) return {};
    clock.hour = small_integer(token.substr(0, mark));
    clock.minute = small_integer(minutes);
    clock.written_out = true;
  } else if (military && token.size() == 4) {
    clock.hour = small_integer(token.substr(0, 2));
    clock.minute = small_integer(token.substr(2));
  } else if (token.size() <= 2) {
    clock.hour = small_integer(token);
  }
  if (clock.hour < 0 || clock.hour > 24 || clock.minute > 59 || (mark != std::string_view::npos && clock.minute < 0)) {
    clock.hour = -1;
  }
  return clock;
}

void write_clock(Found& found, int hour, int minute, double zone, const CalendarDate& date) {
  IsoText iso;
  if (date && date.precision == TimeUnit::kDay) iso.day({date.year, date.month, date.day});
  iso.add('T').add(hour % 24, 2).add(':').add(minute < 0 ? 0 : minute, 2);
  if (zone != kUnknownZone) {
    const int offset = static_cast<int>(zone);
    if (offset == 0) {
      iso.add('Z');
    } else {
      const int size = offset < 0 ? -offset : offset;
      iso.add(offset < 0 ? '-' : '+').add(size / 60, 2).add(':').add(size % 60, 2);
    }
  }
  found.iso = iso;
  found.meaning = Value::Meaning::kTime;
  found.unit = minute < 0 ? "hour" : "minute";
}

/// The zone at `k`, in minutes; moves `k` past it. kUnknownZone where none is told.
[[nodiscard]] double read_zone(const Words& words, std::uint32_t& k) {
  const bool bracket = words.text(k) == "(";
  const auto [zone, end] = words.phrase(bracket ? k + 1 : k, kZone);
  const std::uint32_t at = bracket ? k + 1 : k;
  if (end == at) return kUnknownZone;
  if (end == at + 1 && !words.has(at, tokenize::kAllUpper)) return kUnknownZone;
  if (bracket) return kUnknownZone;
  k = end;
  return zone.number;
}

/// "Tuesday" right after "10 a.m.".
[[nodiscard]] CalendarDate read_day_after(const Words& words, const Published& published, std::uint32_t& k) {
  CalendarDate date;
  if (words.is(k, kWeekday | kDayWord) && !words.says(k, "tonight")) date = read_day_name(words, published, k);
  if (date) k = date.end;
  return date;
}

[[nodiscard]] Found read_clock_time(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  const bool spelled = words.is(i, kOnes) && words.word(i).number >= 1 && words.word(i).number <= 12;
  Clock clock;
  if (spelled)
    clock.hour = static_cast<int>(words.word(i).number);
  else
    clock = read_clock(words.text(i), words.is(i + 1, kZone) && words.has(i + 1, tokenize::kAllUpper));
  if (clock.hour < 0) return found;
  std::uint32_t k = i + 1;
  bool sure = false;
  int hour = clock.hour;
  bool half_known = clock.written_out;
  if (words.is(k, kMeridiem) && hour <= 12 && hour >= 1) {
    hour = hour % 12 + words.word(k).date;
    half_known = true;
    sure = true;
    ++k;
  } else if (words.says(k, "o'clock") || words.says(k, "o\u2019clock")) {
    sure = true;
    half_known = false;
    ++k;
  } else if (spelled) {
    return found;
  }
  const double zone = read_zone(words, k);
  if (zone != kUnknownZone || (k > i + 1 && words.is(k - 1, kZone))) sure = true;
  if (!clock.written_out && !sure) return found;
  if (words.says(k, "hours") && clock.written_out) {
    ++k;
    sure = true;
  }
  if (!sure) {  // "at 10:30", but not a score or a verse
    const bool introduced = words.says(i - 1, "at") || words.says(i - 1, "by") || words.says(i - 1, "until") ||
                            words.says(i - 1, "around") || words.says(i - 1, "before") || words.says(i - 1, "after") ||
                            words.says(i - 1, "from") || words.says(i - 1, "since");
    if (!introduced || words.text(i).find(':') == std::string_view::npos || clock.hour > 23) return found;
  }
  if (!half_known && zone != kUnknownZone) half_known = true;
  const CalendarDate day = read_day_after(words, published, k);
  found.tokens = {i, k};
  found.type = EntityType::kTime;
  if (half_known) write_clock(found, hour, clock.minute, zone, day);
  return found;
}

[[nodiscard]] Found read_clock_word(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  std::uint32_t k = i + 1;
  const double zone = read_zone(words, k);
  const bool midnight = words.word(i).number == 0;
  const CalendarDate day = read_day_after(words, published, k);
  found.tokens = {i, k};
  found.type = EntityType::kTime;
  if (midnight && day) return found;  // the first or the last minute of that day
  write_clock(found, static_cast<int>(words.word(i).number), 0, zone, day);
  return found;
}

/// "half past eight", "a quarter to nine p.m.". Which half of the day only a "p.m." tells.
[[nodiscard]] Found read_spoken_clock(const Words& words, std::uint32_t i) {
  Found found;
  std::uint32_t k = words.is(i, kArticle) ? i + 1 : i;
  const bool half = words.says(k, "half") && words.says(k + 1, "past");
  const bool quarter = words.says(k, "quarter") && (words.says(k + 1, "past") || words.says(k + 1, "to"));
  if (!half && !quarter) return found;
  const bool before = words.says(k + 1, "to");
  k += 2;
  const bool spelled = words.is(k, kOnes);
  const int hour = spelled ? static_cast<int>(words.word(k).number) : small_integer(words.text(k));
  if (hour < 1 || hour > 12) return found;
  ++k;
  const bool told = words.is(k, kMeridiem);
  // "A quarter to five buyers" is a share.
  const bool introduced = words.says(i - 1, "at") || words.says(i - 1, "by") || words.says(i - 1, "until") ||
                          words.says(i - 1, "around") || words.says(i - 1, "about") || words.says(i - 1, "since");
  if (!half && !told && !introduced) return found;
  found.tokens = {i, told ? k + 1 : k};
  found.type = EntityType::kTime;
  if (!told) return found;
  const int minutes = (hour % 12 + words.word(k).date) * 60 + (half ? 30 : before ? -15 : 15);
  constexpr int kDay = 24 * 60;
  const int clock = (minutes + kDay) % kDay;
  write_clock(found, clock / 60, clock % 60, kUnknownZone, {});
  return found;
}

/// "the night", "early morning", "overnight", "morning", "the early hours of Sunday".
[[nodiscard]] Found read_day_part(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  std::uint32_t k = i;
  if (words.is(k, kThe) || words.is(k, kArticle)) ++k;
  if (words.is(k, kPart)) ++k;
  if (words.hyphen(k)) ++k;
  const bool small_hours = words.says(k, "hours") && words.is(k - 1, kPart) && words.says(k + 1, "of");
  if (!small_hours && (!words.is(k, kDayPart) || words.has(k, tokenize::kInitialUpper))) return found;
  ++k;
  if (words.says(k, "hours")) ++k;
  found.tokens = {i, k};
  found.type = EntityType::kTime;
  if (!words.says(k, "of")) return found;
  ++k;
  CalendarDate day = words.is(k, kWeekday | kDayWord) ? read_day_name(words, published, k) : CalendarDate{};
  if (!day) day = read_calendar_date(words, published, words.is(k, kThe) ? k + 1 : k);
  if (!day || day.precision != TimeUnit::kDay || day.last_year != 0) return found;
  found.tokens.end = day.end;
  set_date(found, day);
  return found;
}

}  // namespace

Found read_time(const Words& words, const Published& published, std::uint32_t i) {
  const std::uint64_t roles = words.word(i).roles;
  if (const Found spoken = read_spoken_clock(words, i)) return spoken;
  if ((roles & kOnes) != 0 || words.has(i, tokenize::kHasDigit)) return read_clock_time(words, published, i);
  if ((roles & kClockPoint) != 0 &&
      !(words.has(i, tokenize::kInitialUpper) && !words.has(i, tokenize::kSentenceStart))) {
    return read_clock_word(words, published, i);
  }
  if ((roles & (kDayPart | kThe | kArticle | kPart)) != 0) return read_day_part(words, published, i);
  return {};
}

}  // namespace copydesk::values
