// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "stages/values/dates.h"

namespace copydesk::values {
namespace {

constexpr std::uint32_t kTenseWindow = 16;  ///< tokens on each side that may tell what a day's name means

/// The date `count` units of `unit` away from publication; none where that would claim more than the text says.
[[nodiscard]] CalendarDate away(const Published& published, std::int64_t count, TimeUnit unit) {
  CalendarDate date;
  if (!published.known || std::abs(count) > 10000) return date;
  const Day now = day_from(published.days);
  std::int64_t days = published.days;
  switch (unit) {
    case TimeUnit::kDay: days += count; break;
    case TimeUnit::kWeek: days += count * 7; break;
    case TimeUnit::kFortnight:
      days += count * 14;
      unit = TimeUnit::kWeek;
      break;
    case TimeUnit::kWeekend: days += count * 7 + 6 - weekday_of(days); break;
    case TimeUnit::kMonth: {
      const std::int64_t months = std::int64_t{now.year} * 12 + now.month - 1 + count;
      date.year = static_cast<int>(months / 12);
      date.month = static_cast<int>(months % 12) + 1;
      date.precision = unit;
      return date;
    }
    case TimeUnit::kQuarter: {
      const std::int64_t quarters = std::int64_t{now.year} * 4 + (now.month - 1) / 3 + count;
      date.year = static_cast<int>(quarters / 4);
      date.month = static_cast<int>(quarters % 4) * 3 + 1;
      date.last_year = date.year;
      date.last_month = date.month + 2;
      date.precision = unit;
      return date;
    }
    case TimeUnit::kYear:
      date.year = now.year + static_cast<int>(count);
      date.precision = date.year > 0 ? unit : TimeUnit::kNone;
      return date;
    case TimeUnit::kDecade:
      if (count > 1 || count < -1) return date;
      date.year = now.year / 10 * 10 + static_cast<int>(count) * 10;
      date.precision = unit;
      return date;
    default: return date;
  }
  const Day day = day_from(days);
  date.year = day.year;
  date.month = day.month;
  date.day = day.day;
  date.precision = unit;
  return date;
}

/// The unit of the last part of a duration that began with `unit`: half an hour is "PT30M", to the minute.
[[nodiscard]] TimeUnit finest_unit(std::string_view duration, TimeUnit unit) {
  if (unit == TimeUnit::kYear && duration.ends_with('M')) return TimeUnit::kMonth;
  if (unit == TimeUnit::kHour && duration.ends_with('M')) return TimeUnit::kMinute;
  if (unit == TimeUnit::kMinute && duration.ends_with('S')) return TimeUnit::kSecond;
  return unit;
}

[[nodiscard]] std::int64_t step_of(Shift shift) {
  return shift == Shift::kLast ? -1 : shift == Shift::kNext || shift == Shift::kComing ? 1 : 0;
}

[[nodiscard]] bool is_known(Shift shift) {
  return shift == Shift::kLast || shift == Shift::kThis || shift == Shift::kNext;
}

/// "last Friday", "next March", "this Tuesday".
[[nodiscard]] CalendarDate shifted_name(const Words& words, const Published& published, Shift shift, std::uint32_t k) {
  CalendarDate date;
  const Word& word = words.word(k);
  if (!published.known || !is_known(shift)) return date;
  const Day now = day_from(published.days);
  if ((word.roles & kWeekday) != 0) {
    int days = word.date - weekday_of(published.days);
    if (shift == Shift::kLast && days >= 0) days -= 7;
    if (shift == Shift::kNext && days <= 0) days += 7;
    if (shift == Shift::kThis && days < 0) days += 7;
    return away(published, days, TimeUnit::kDay);
  }
  if ((word.roles & kMonth) != 0) {
    date.month = word.date;
    date.year = now.year;
    if (shift == Shift::kLast && date.month >= now.month) --date.year;
    if (shift == Shift::kNext && date.month <= now.month) ++date.year;
    date.precision = TimeUnit::kMonth;
  }
  return date;
}

/// "moved to Friday", "pushed to the week of April 13".
[[nodiscard]] bool moves_to(const Words& words, std::uint32_t i, std::uint32_t date) {
  if (!words.says(i + 1, "to")) return false;
  if (!words.says(i, "moved") && !words.says(i, "pushed") && !words.says(i, "delayed")) return false;
  std::uint32_t k = i + 2;
  if (words.is(k, kThe)) ++k;
  if (words.says(k, "week") && words.says(k + 1, "of")) k += 2;
  return k == date;
}

}  // namespace

Outlook outlook(const Words& words, TokenRange at) {
  const auto told_by = [&](std::uint32_t i) {
    if (words.is(i, kFuture) || moves_to(words, i, at.begin)) return Outlook::kAhead;
    if (words.is(i, kPast)) return Outlook::kBack;
    const std::string_view text = words.text(i);
    return text.size() > 3 && text.ends_with("ed") && words.has(i, tokenize::kHasLower) ? Outlook::kBack
                                                                                        : Outlook::kUnknown;
  };
  const TokenRange sentence = words.sentence();
  for (std::uint32_t k = 1; k <= kTenseWindow && at.begin >= sentence.begin + k; ++k) {
    if (const Outlook told = told_by(at.begin - k); told != Outlook::kUnknown) return told;
  }
  for (std::uint32_t k = 0; k < kTenseWindow && at.end + k < sentence.end; ++k) {
    if (const Outlook told = told_by(at.end + k); told != Outlook::kUnknown) return told;
  }
  return Outlook::kUnknown;
}

CalendarDate read_day_name(const Words& words, const Published& published, std::uint32_t i) {
  CalendarDate date;
  const Word& word = words.word(i);
  if (words.says(i, "day")) {
    const bool back = words.says(i + 1, "before") && words.says(i + 2, "yesterday");
    if (!back && !(words.says(i + 1, "after") && words.says(i + 2, "tomorrow"))) return date;
    date = away(published, back ? -2 : 2, TimeUnit::kDay);
    date.end = i + 3;
    return date;
  }
  if ((word.roles & kDayWord) != 0) {
    date = away(published, static_cast<std::int64_t>(word.number), TimeUnit::kDay);
    date.end = i + 1;
    return date;
  }
  if ((word.roles & kWeekday) == 0 || !words.has(i, tokenize::kInitialUpper)) return date;
  if (words.text(i).size() > 4 && words.text(i).ends_with("ays")) {  // "Mondays": many of them
    date.end = i + 1;
    return date;
  }
  int days = word.date - weekday_of(published.days);
  const bool ahead = outlook(words, {i, i + 1}) == Outlook::kAhead;
  if (ahead && days < 0) days += 7;
  if (!ahead && days > 0) days -= 7;
  date = away(published, days, TimeUnit::kDay);
  date.end = i + 1;
  return date;
}

Found read_relative_date(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  std::uint32_t k = i;
  const bool the = words.is(k, kThe);
  if (the) ++k;
  if (!words.is(k, kShift)) return found;
  Shift shift = words.word(k).shift;
  const bool repeated = words.says(k, "each") || words.says(k, "every");
  ++k;
  while (words.is(k, kShift) && k < i + 3) {  // "that same year", "this past week"
    shift = words.word(k).shift == Shift::kPast ? Shift::kUnknown : words.word(k).shift;
    if (words.says(k - 1, "this") && words.says(k, "past")) shift = Shift::kUnknown;
    ++k;
  }
  if (words.says(k, "calendar") || words.says(k, "fiscal") || words.says(k, "financial")) {
    if (words.is(k + 1, kTimeUnit)) {
      shift = Shift::kUnknown;
      ++k;
    }
  }
  const auto finish = [&](std::uint32_t end, EntityType type) {
    found.tokens = {i, end};
    found.type = type;
  };
  if (words.is(k, kDayPart) &&
      !words.has(k, tokenize::kInitialUpper)) {  // "last night", "this morning", "that evening"
    finish(k + 1, EntityType::kTime);
    if (!the && (shift == Shift::kThis || shift == Shift::kLast) && !words.says(i, "current")) {
      set_date(found, away(published, shift == Shift::kLast ? -1 : 0, TimeUnit::kDay));
    }
    return found;
  }
  if (words.is(k, kWeekday) || (words.is(k, kMonth) && words.has(k, tokenize::kInitialUpper))) {
    if (!words.has(k, tokenize::kInitialUpper) || words.says(i, "all")) return found;
    const CalendarDate absolute = read_calendar_date(words, published, k);
    const bool part = words.is(k + 1, kDayPart) && words.is(k, kWeekday);
    finish(absolute && absolute.end > k + 1 ? absolute.end
           : part                           ? k + 2
                                            : k + 1,
           part ? EntityType::kTime : EntityType::kDate);
    set_date(found, absolute && absolute.end > k + 1 ? absolute : shifted_name(words, published, shift, k));
    return found;
  }
  if (words.is(k, kSeason) && !the && !words.has(k, tokenize::kInitialUpper)) {
    if (words.says(k, "fall") && !is_known(shift)) return found;
    finish(k + 1, EntityType::kDate);
    if (published.known && shift == Shift::kThis) {
      CalendarDate date;
      date.year = day_from(published.days).year;
      date.season = words.word(k).date;
      date.precision = TimeUnit::kQuarter;
      if (date.season != 24) set_date(found, date);
    }
    return found;
  }
  // "the past two years", "the last 10 days", "every four years"
  const Number number = read_number(words, k);
  if (number && words.is(number.end, kTimeUnit) && !words.has(number.end, tokenize::kInitialUpper)) {
    const auto unit = static_cast<TimeUnit>(words.word(number.end).date);
    finish(number.end + 1, unit <= TimeUnit::kHour ? EntityType::kTime : EntityType::kDate);
    const bool length =
        shift == Shift::kLast || shift == Shift::kPast || shift == Shift::kNext || shift == Shift::kComing;
    if (length && number.known && !number.range && !repeated && found.iso.duration(number.value, unit)) {
      found.meaning = Value::Meaning::kTime;
      found.unit = precision_of(unit);
    }
    return found;
  }
  if (!words.is(k, kTimeUnit) || words.has(k, tokenize::kInitialUpper)) return found;
  const auto unit = static_cast<TimeUnit>(words.word(k).date);
  if (unit == TimeUnit::kSecond && !words.says(k, "seconds")) return found;
  finish(k + 1, unit <= TimeUnit::kHour ? EntityType::kTime : EntityType::kDate);
  const bool plural = words.text(k).ends_with('s');
  if (plural || repeated) return found;
  if (!the && is_known(shift) && unit >= TimeUnit::kDay) {
    set_date(found, away(published, step_of(shift), unit));
  } else if (the && shift == Shift::kPast && found.iso.duration(1, unit)) {
    found.meaning = Value::Meaning::kTime;
    found.unit = precision_of(unit);
  }
  return found;
}

Found read_duration(const Words& words, const Published& published, std::uint32_t i) {
  Found found;
  const BoundPhrase bound = read_bound(words, i);
  std::uint32_t k = bound.end;
  Number number = read_number(words, k);
  bool half_article = false;
  if (!number || (number.article && past_of_a(words, number) == number.end)) {
    // "a week", "an hour"; "half an hour", "half a year" come as a fraction
    if (words.is(k, kArticle) && words.is(k + 1, kTimeUnit)) {
      number = {};
      number.end = k + 1;
      number.value = 1;
      half_article = true;
    } else if (words.is(k, kArticle) && (words.says(k + 1, "full") || words.says(k + 1, "whole")) &&
               words.is(k + 2, kTimeUnit)) {
      number = {};
      number.end = k + 2;
      number.value = 1;
    } else if (!number) {
      return found;
    }
  }
  std::uint32_t end = past_of_a(words, number);
  const bool hyphened = words.hyphen(end) && words.glued(end) && words.glued(end + 1);
  if (hyphened) ++end;
  if (words.says(end, "more") || words.says(end, "consecutive") || words.says(end, "straight") ||
      words.says(end, "full") || words.says(end, "additional")) {
    if (words.is(end + 1, kTimeUnit)) ++end;
  }
  if (!words.is(end, kTimeUnit) || words.has(end, tokenize::kInitialUpper)) return found;
  const auto unit = static_cast<TimeUnit>(words.word(end).date);
  if (unit == TimeUnit::kQuarter && (number.fraction || half_article || number.article)) return found;
  if (unit == TimeUnit::kSecond && words.is(k, kTens) && words.text(end) == "second") return found;  // a rank
  if (unit == TimeUnit::kSecond && half_article && !words.is(end + 1, kRelation)) return found;
  if (words.text(end) == "min" && number.range) return found;
  ++end;
  found.type = unit <= TimeUnit::kHour ? EntityType::kTime : EntityType::kDate;
  // "two years and six months", "2 hours 30 minutes"
  Number second;
  TimeUnit second_unit = TimeUnit::kNone;
  {
    std::uint32_t m = end;
    if (words.says(m, "and") || words.text(m) == ",") ++m;
    second = read_amount(words, m);
    if (second && second.known && !second.article && words.is(second.end, kTimeUnit)) {
      second_unit = static_cast<TimeUnit>(words.word(second.end).date);
      if (second_unit < unit && (unit == TimeUnit::kYear || unit == TimeUnit::kHour || unit == TimeUnit::kMinute)) {
        end = second.end + 1;
      } else {
        second_unit = TimeUnit::kNone;
      }
    }
  }
  // "a year and a half"
  if (half_article && words.says(end, "and") && words.says(end + 1, "a") && words.says(end + 2, "half")) {
    number.value += 0.5;
    end += 3;
  }
  if (words.hyphen(end) && words.glued(end) && words.says(end + 1, "old")) {
    end += 2;
    if (unit != TimeUnit::kYear && unit != TimeUnit::kMonth && unit != TimeUnit::kWeek && unit != TimeUnit::kDay) {
      return found;
    }
  } else if (words.says(end, "old") || words.says(end, "olds")) {
    ++end;
  }
  Relation relation = Relation::kNone;
  if (const auto [word, after] = words.phrase(end, kRelation); after != end && !hyphened) {
    relation = word.relation;
    end = after;
  }
  found.tokens = {i, end};
  if (words.says(i, "at") && bound.bound == Bound::kNone) found.tokens.begin = k;
  if (!number.known || relation == Relation::kOther) return found;
  const bool whole = std::floor(number.value) == number.value && !number.range;
  if (relation != Relation::kNone) {
    constexpr double kMostUnits = 1e6;  // beyond any calendar, and far inside int64
    if (!whole || number.value > kMostUnits || bound.bound > Bound::kAbout || second_unit != TimeUnit::kNone) {
      return found;
    }
    const auto count = static_cast<std::int64_t>(number.value);
    set_date(found, away(published, relation == Relation::kAgo ? -count : count, unit));
    return found;
  }
  if (number.range || bound.bound > Bound::kAbout) {
    if (ucum_of(unit).empty()) return found;
    set_number(found, number, bound.bound, 1, Value::Meaning::kRange);
    found.unit = ucum_of(unit);
    return found;
  }
  if (!found.iso.duration(number.value, unit)) return found;
  if (second_unit != TimeUnit::kNone) {
    IsoText part;
    if (part.duration(second.value, second_unit)) {
      const bool clock_inside = unit > TimeUnit::kHour && second_unit <= TimeUnit::kHour;
      found.iso.add(part.str().substr(clock_inside || second_unit > TimeUnit::kHour ? 1 : 2));
    }
  }
  found.meaning = Value::Meaning::kTime;
  found.unit = precision_of(second_unit != TimeUnit::kNone ? second_unit : finest_unit(found.iso.str(), unit));
  return found;
}

}  // namespace copydesk::values
