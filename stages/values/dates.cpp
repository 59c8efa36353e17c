// SPDX-License-Identifier: Apache-2.0
#include "stages/values/dates.h"

#include <cmath>

namespace copydesk::values {
namespace {

/// "the end of", "the beginning of", "early", "mid-": what stands before a date and is part of it.
[[nodiscard]] std::uint32_t past_part(const Words& words, std::uint32_t i, bool& part) {
  std::uint32_t k = i;
  if (words.is(k, kPartOf) && words.says(k + 1, "of")) {
    part = true;
    k += 2;
    if (words.is(k, kThe)) ++k;
  }
  if (words.is(k, kPart) || words.says(k, "mid")) {
    part = true;
    ++k;
    if (words.hyphen(k)) ++k;
    if (words.says(k, "in") && words.is(k + 1, kThe)) k += 2;
  }
  return k;
}

[[nodiscard]] std::string_view precision_word(const CalendarDate& date) {
  if (date.season != 0) return "season";
  if (date.precision == TimeUnit::kQuarter && date.last_month - date.month == 5) return "half-year";
  return precision_of(date.precision);
}

/// "42" in "Ana Reyes, 42, said".
[[nodiscard]] Found read_lone_age(const Words& words, std::uint32_t i) {
  Found found;
  const int age = small_integer(words.text(i));
  if (age < 1 || age > 119 || words.text(i).size() > 3) return found;
  if (words.text(i - 1) != "," || (words.text(i + 1) != "," && words.text(i + 1) != ".")) return found;
  if (!words.has(i - 2, tokenize::kInitialUpper) || words.is(i - 2, kMonth | kWeekday) ||
      words.has(i - 2, tokenize::kHasDigit))
    return found;
  if (!words.has(i - 3, tokenize::kInitialUpper) || words.inside(i + 2) == (words.text(i + 1) == ".")) return found;
  if (words.has(i + 2, tokenize::kHasDigit) || words.has(i + 2, tokenize::kInitialUpper)) return found;
  found.tokens = {i, i + 1};
  found.type = EntityType::kDate;
  found.iso.duration(age, TimeUnit::kYear);
  found.meaning = Value::Meaning::kTime;
  found.unit = "year";
  return found;
}

/// "aged 42", "age 9", "the age of 42".
[[nodiscard]] Found read_age(const Words& words, std::uint32_t i) {
  Found found;
  std::uint32_t k = i;
  if (words.is(k, kThe) && words.says(k + 1, "age")) ++k;
  if (!words.is(k, kAgeWord)) return found;
  ++k;
  if (words.says(k, "of")) ++k;
  const Number number = read_number(words, k);
  if (!number || !number.known || number.value > 130 || number.fraction) return found;
  std::uint32_t end = number.end;
  found.tokens = {i, end};
  found.type = EntityType::kDate;
  if (number.range) {
    set_number(found, number, Bound::kNone, 1, Value::Meaning::kRange);
    found.unit = ucum_of(TimeUnit::kYear);
  } else if (found.iso.duration(number.value, TimeUnit::kYear)) {
    found.meaning = Value::Meaning::kTime;
    found.unit = "year";
  }
  return found;
}

/// "week of April 13", "week beginning Monday", "week ending 18 March": the ISO week.
[[nodiscard]] CalendarDate read_week_of(const Words& words, const Published& published, std::uint32_t i) {
  if (!words.says(i, "week")) return {};
  std::uint32_t k = i + 1;
  const bool ending = words.says(k, "ending");
  if (!ending && !words.says(k, "of") && !words.says(k, "beginning") && !words.says(k, "starting") &&
      !words.says(k, "commencing")) {
    return {};
  }
  ++k;
  if (words.says(k, "on")) ++k;
  CalendarDate date;
  if (words.is(k, kWeekday)) {
    date = read_day_name(words, published, k);
    k = words.text(k + 1) == "," ? k + 2 : k + 1;
  }
  if (const CalendarDate full = read_calendar_date(words, published, k)) date = full;
  if (!date || date.precision != TimeUnit::kDay || date.last_year != 0) return {};
  date.precision = TimeUnit::kWeek;
  // A week that begins on a Sunday is, but for that day, the ISO week after it.
  const std::int64_t days = days_from({date.year, date.month, date.day});
  if (constexpr int kSunday = 7; !ending && weekday_of(days) == kSunday) {
    const Day monday = day_from(days + 1);
    date.year = monday.year;
    date.month = monday.month;
    date.day = monday.day;
  }
  return date;
}

/// "the year", "years", "the weekend", "that day": dates that cannot be told.
[[nodiscard]] Found read_lone_unit(const Words& words, std::uint32_t i) {
  Found found;
  std::uint32_t k = i;
  const bool the = words.is(k, kThe);
  if (the) ++k;
  if (!words.is(k, kTimeUnit) || words.has(k, tokenize::kInitialUpper)) return found;
  const auto unit = static_cast<TimeUnit>(words.word(k).date);
  const bool plural = words.text(k).ends_with('s');
  if (words.text(k).size() < 3 || unit == TimeUnit::kSecond || unit == TimeUnit::kMinute || unit == TimeUnit::kQuarter)
    return found;
  if (!the && (!plural || words.is(k + 1, kRelation | kNotNoun | kPast) == false)) {
    if (!plural || (!words.is(k - 1, kPreposition) && !words.is(k + 1, kRelation))) return found;
  }
  std::uint32_t end = k + 1;
  if (!the && words.is(end, kRelation)) ++end;
  found.tokens = {i, end};
  found.type = unit <= TimeUnit::kHour ? EntityType::kTime : EntityType::kDate;
  return found;
}

}  // namespace

void set_date(Found& found, const CalendarDate& date) {
  if (date.precision == TimeUnit::kNone || date.year == 0) return;
  IsoText iso;
  const auto put = [&](int year, int month, int day) {
    switch (date.precision) {
      case TimeUnit::kDay: iso.day({year, month, day}); break;
      case TimeUnit::kMonth:
      case TimeUnit::kQuarter: iso.month(year, month); break;
      default: iso.year(year);
    }
  };
  if (date.season != 0) {
    iso.year(date.year).add('-').add(date.season, 2);
  } else if (date.precision == TimeUnit::kWeek) {
    iso.week(days_from({date.year, date.month, date.day}));
  } else if (date.precision == TimeUnit::kWeekend) {
    const std::int64_t saturday = days_from({date.year, date.month, date.day});
    iso.day(day_from(saturday)).add('/').day(day_from(saturday + 1));
  } else if (date.precision == TimeUnit::kDecade) {
    iso.year(date.year).add('/').year(date.year + 9);
  } else if (date.precision == TimeUnit::kCentury) {
    iso.year(date.year).add('/').year(date.year + 99);
  } else {
    put(date.year, date.month, date.day);
    if (date.last_year != 0) {
      iso.add('/');
      put(date.last_year, date.last_month, date.last_day);
    }
  }
  found.iso = iso;
  found.meaning = Value::Meaning::kTime;
  found.unit = precision_word(date);
}

Found read_date(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  found.type = EntityType::kDate;
  const bool the = words.is(i, kThe);
  bool part = false;
  const std::uint32_t begin = i;
  std::uint32_t k = past_part(words, the ? i + 1 : i, part);
  if (words.says(i, "between")) {  // "between 2010 and 2015"
    const CalendarDate from = read_calendar_date(words, published, i + 1);
    if (from && words.says(from.end, "and")) {
      const CalendarDate to = read_calendar_date(words, published, from.end + 1);
      if (to && to.precision == from.precision && from.last_year == 0) {
        CalendarDate range = from;
        range.last_year = to.year;
        range.last_month = to.month;
        range.last_day = to.day;
        found.tokens = {i, to.end};
        set_date(found, range);
        return found;
      }
    }
    return found;
  }
  if (!the && !part) {
    const BoundPhrase bound = read_bound(words, i);
    if (bound.end != i && bound.bound == Bound::kAbout) {
      k = bound.end;
      const CalendarDate date = read_calendar_date(words, published, k);
      if (date && date.precision == TimeUnit::kYear && date.last_year == 0) {
        found.tokens = {i, date.end};
        set_date(found, date);
        return found;
      }
      k = i;
    }
  }
  CalendarDate date = read_week_of(words, published, k);
  if (date && !part) {
    found.tokens = {begin, date.end};
    set_date(found, date);
    return found;
  }
  date = read_calendar_date(words, published, k);
  if (date && (!the || part || date.takes_the)) {
    found.tokens = {begin, date.end};
    set_date(found, date);
    return found;
  }
  if (words.says(k, "day") && !part) {
    date = read_day_name(words, published, k);
    if (date) {
      found.tokens = {begin, date.end};
      set_date(found, date);
      return found;
    }
  }
  if (words.is(k, kWeekday | kDayWord) && !the) {
    date = read_day_name(words, published, k);
    if (!date) return found;
    std::uint32_t next = date.end;
    if (words.text(next) == ",") ++next;
    const CalendarDate full = words.is(k, kWeekday) ? read_calendar_date(words, published, next) : CalendarDate{};
    const bool time = words.is(date.end, kDayPart) && !words.has(date.end, tokenize::kInitialUpper);
    if (full && full.precision == TimeUnit::kDay && full.last_year == 0) {
      found.tokens = {begin, full.end};
      set_date(found, full);
      return found;
    }
    if (time) found.type = EntityType::kTime;
    if (words.says(k, "tonight")) found.type = EntityType::kTime;
    found.tokens = {begin, time ? date.end + 1 : date.end};
    set_date(found, date);
    return found;
  }
  if (words.is(k, kShift)) {
    found = read_relative_date(words, published, part ? k : i);
    if (found) found.tokens.begin = begin;
    return found;
  }
  if (found = read_age(words, i); found) return found;
  if (part && k != i) {
    found = read_lone_unit(words, words.is(k - 1, kThe) ? k - 1 : k);
    if (found) {
      found.tokens.begin = begin;
      return found;
    }
  }
  if (words.is(i, kFrequency) && (!words.has(i, tokenize::kInitialUpper) || words.has(i, tokenize::kSentenceStart))) {
    found.tokens = {i, i + 1};
    found.type = words.says(i, "nightly") || words.says(i, "hourly") ? EntityType::kTime : EntityType::kDate;
    return found;
  }
  if (words.has(i, tokenize::kHasDigit)) {
    if (found = read_lone_age(words, i); found) return found;
  }
  if (found = read_duration(words, published, i); found) return found;
  return read_lone_unit(words, i);
}

}  // namespace copydesk::values
