// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stages/values/dates.h"

namespace copydesk::values {
namespace {

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 2199;

/// A year of four digits; 0 = none.
[[nodiscard]] int year_at(const Words& words, std::uint32_t i) {
  if (!words.has(i, tokenize::kNumeric) || words.text(i).size() != 4) return 0;
  const int year = small_integer(words.text(i));
  return year >= kFirstYear && year <= kLastYear ? year : 0;
}

/// A day of a month: "3", "3rd", "third" only where `ranks`; 0 = none.
[[nodiscard]] int day_at(const Words& words, std::uint32_t i, bool ranks = false) {
  if (words.has(i, tokenize::kHasDigit)) {
    std::string_view token = words.text(i);
    if (token.size() > 2 && token.size() <= 4 && read_ordinal(words, i)) token.remove_suffix(2);
    const int day = token.size() <= 2 ? small_integer(token) : 0;
    return day >= 1 && day <= 31 ? day : 0;
  }
  if (ranks && words.is(i, kOrdinalWord)) {
    const double value = words.word(i).number;
    return value <= 31 ? static_cast<int>(value) : 0;
  }
  return 0;
}

/// "mid-March" is one token.
constexpr std::string_view kMid = "mid-";

[[nodiscard]] bool is_month(const Words& words, std::uint32_t i) {
  if (!words.is(i, kMonth)) return false;
  const std::string_view text = words.text(i);
  return words.has(i, tokenize::kInitialUpper) || (text.starts_with(kMid) && text[kMid.size()] <= 'Z');
}

/// Whether a month's name alone is surely one: "May", "March" and abbreviations are other words and names too.
[[nodiscard]] bool is_lone_month(const Words& words, std::uint32_t i) {
  if (!is_month(words, i)) return false;
  const std::string_view text = words.text(i);
  const bool introduced = words.is(i - 1, kPreposition | kShift | kPart | kThe) && i > 0 && !words.says(i - 1, "the");
  if (text.size() <= 4 && !words.says(i, "june") && !words.says(i, "july") && !words.says(i, "sept")) {
    return introduced && (words.says(i, "may") || text.ends_with('.'));
  }
  const bool name_follows =
      words.has(i + 1, tokenize::kInitialUpper) && !words.is(i + 1, kWeekday) && !words.has(i + 1, tokenize::kHasDigit);
  if (name_follows) return false;
  return introduced || !words.has(i, tokenize::kSentenceStart) || words.says(i + 1, "'s");
}

/// The year of a month (and day) without one: the latest not after publication where the text looks back, the next
/// where it looks ahead, else the nearest. A day's grace, for zones and for datelines of tomorrow's paper.
[[nodiscard]] int implied_year(const Words& words, const Published& published, TokenRange at, int month, int day) {
  const Day now = day_from(published.days);
  const auto key = [](int m, int d) { return m * 31 + d; };
  const int distance = key(month, day == 0 ? now.day : day) - key(now.month, now.day);  // in days, nearly
  constexpr int kGrace = 1;
  constexpr int kHalfYear = 186;
  switch (outlook(words, at)) {
    case Outlook::kAhead: return distance < 0 ? now.year + 1 : now.year;
    case Outlook::kBack: return distance > kGrace ? now.year - 1 : now.year;
    case Outlook::kUnknown: break;
  }
  if (distance > kHalfYear) return now.year - 1;
  return distance < -kHalfYear ? now.year + 1 : now.year;
}

void imply_year(CalendarDate& date, const Words& words, const Published& published, TokenRange at) {
  if (!published.known) {
    date.precision = TimeUnit::kNone;
    return;
  }
  date.year = implied_year(words, published, at, date.month, date.day);
  date.year_implied = true;
}

[[nodiscard]] bool valid(const CalendarDate& date) {
  return date.month >= 1 && date.month <= 12 && (date.day == 0 || date.day <= days_in_month(date.year, date.month));
}

/// ", 2026" or " 2026" at `k`; moves `k` past it.
[[nodiscard]] int year_after(const Words& words, std::uint32_t& k) {
  std::uint32_t at = k;
  if (words.text(at) == "," || words.says(at, "of")) ++at;
  const int year = year_at(words, at);
  if (year != 0) k = at + 1;
  return year;
}

[[nodiscard]] bool joins_range(const Words& words, std::uint32_t k) {
  return words.dash(k) || words.says(k, "to") || words.says(k, "through");
}

/// "March 3, 2026", "March 2026", "March 3-5", "March".
[[nodiscard]] CalendarDate read_month_first(const Words& words, const Published& published, std::uint32_t i) {
  if (!is_month(words, i)) return {};
  CalendarDate date;
  date.month = words.word(i).date;
  std::uint32_t k = i + 1;
  date.day = day_at(words, k);
  if (date.day != 0 && !words.is(k + 1, kPercent | kScale)) {
    ++k;
    date.precision = TimeUnit::kDay;
    if (joins_range(words, k) && day_at(words, k + 1) > date.day && !is_month(words, k + 2)) {
      date.last_day = day_at(words, k + 1);
      date.last_month = date.month;
      k += 2;
    } else if (joins_range(words, k) && is_month(words, k + 1) && day_at(words, k + 2) != 0) {
      date.last_month = words.word(k + 1).date;
      date.last_day = day_at(words, k + 2);
      k += 3;
    }
    date.year = year_after(words, k);
  } else {
    date.day = 0;
    date.precision = TimeUnit::kMonth;
    if (joins_range(words, k) && is_month(words, k + 1) && day_at(words, k + 2) == 0) {
      date.last_month = words.word(k + 1).date;
      k += 2;
    }
    date.year = year_after(words, k);
    if (date.year == 0 && date.last_month == 0 && !is_lone_month(words, i)) return {};
  }
  date.end = k;
  if (date.year == 0) imply_year(date, words, published, {i, k});
  if (date.last_month != 0) date.last_year = date.last_month < date.month ? date.year + 1 : date.year;
  if (!valid(date)) date.precision = TimeUnit::kNone;
  return date;
}

/// "3 March 2026", "3rd of March", "3-5 March".
[[nodiscard]] CalendarDate read_day_first(const Words& words, const Published& published, std::uint32_t i) {
  CalendarDate date;
  date.day = day_at(words, i, true);
  if (date.day == 0) return {};
  std::uint32_t k = i + 1;
  if ((words.dash(k) || words.says(k, "to")) && day_at(words, k + 1) > date.day) {
    date.last_day = day_at(words, k + 1);
    k += 2;
  } else if (words.is(i, kOrdinalWord) || read_ordinal(words, i)) {
    if (words.says(k, "of"))
      ++k;
    else if (words.is(i, kOrdinalWord))
      return {};
  }
  if (!is_month(words, k)) return {};
  date.month = words.word(k).date;
  if (date.last_day != 0) date.last_month = date.month;
  ++k;
  date.precision = TimeUnit::kDay;
  date.year = year_after(words, k);
  date.end = k;
  date.takes_the = true;
  if (date.year == 0) imply_year(date, words, published, {i, k});
  if (date.last_day != 0) date.last_year = date.year;
  if (!valid(date)) date.precision = TimeUnit::kNone;
  return date;
}

/// "2026-03-03", "03/04/2026" (a day only where day and month cannot be mistaken), "23.4.2026".
[[nodiscard]] CalendarDate read_figures(const Words& words, std::uint32_t i) {
  if (!words.has(i, tokenize::kHasDigit)) return {};
  CalendarDate date;
  if (year_at(words, i) != 0 && words.text(i + 1) == "-" && words.text(i + 3) == "-" && words.glued(i + 1) &&
      words.glued(i + 4) && words.text(i + 2).size() == 2 && words.text(i + 4).size() == 2) {
    date.year = year_at(words, i);
    date.month = small_integer(words.text(i + 2));
    date.day = small_integer(words.text(i + 4));
    date.precision = TimeUnit::kDay;
    date.end = i + 5;
    return valid(date) && date.day >= 1 ? date : CalendarDate{};
  }
  const std::string_view token = words.text(i);
  if (token.size() < 8 || token.size() > 10) return {};
  const std::size_t first = token.find_first_of("/.");
  if (first == std::string_view::npos) return {};
  const std::size_t second = token.find(token[first], first + 1);
  if (second == std::string_view::npos || token.size() - second != 5) return {};
  const int a = small_integer(token.substr(0, first));
  const int b = small_integer(token.substr(first + 1, second - first - 1));
  date.year = small_integer(token.substr(second + 1));
  if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12) || date.year < kFirstYear || date.year > kLastYear) {
    return {};
  }
  date.end = i + 1;
  date.precision = TimeUnit::kDay;
  if (a > 12 || token[first] == '.') {
    date.day = a;
    date.month = b;
  } else if (b > 12 || a == b) {
    date.month = a;
    date.day = b;
  } else {
    date.precision = TimeUnit::kYear;
  }
  if (date.precision == TimeUnit::kDay && !valid(date)) return {};
  return date;
}

/// "'98": the latest such year, up to that of publication.
[[nodiscard]] CalendarDate read_short_year(const Published& published, std::string_view digits, std::uint32_t i) {
  CalendarDate date;
  date.end = i + 1;
  if (!published.known) return date;
  const int now = day_from(published.days).year;
  date.year = now / 100 * 100 + small_integer(digits);
  if (date.year > now) date.year -= 100;
  date.precision = TimeUnit::kYear;
  return date;
}

/// "1990s", "'90s", "1980's", "nineties".
[[nodiscard]] CalendarDate read_decade(const Words& words, const Published& published, std::uint32_t i) {
  CalendarDate date;
  date.takes_the = true;
  date.precision = TimeUnit::kDecade;
  int decade = -1;
  if (words.is(i, kDecadeWord)) {
    decade = static_cast<int>(words.word(i).number);
    if (!words.is(i - 1, kThe | kPart) && !words.hyphen(i - 1)) return {};
    date.end = i + 1;
  } else if (words.has(i, tokenize::kHasDigit)) {
    std::string_view token = words.text(i);
    date.end = i + 1;
    if (token.starts_with(kMid)) token.remove_prefix(kMid.size());
    const bool apostrophe = token.starts_with('\'') || token.starts_with("\u2019") || token.starts_with("\u2018");
    if (apostrophe) token.remove_prefix(token.starts_with('\'') ? 1 : 3);
    if (token.ends_with("'s"))
      token.remove_suffix(2);
    else if (token.ends_with("\u2019s"))
      token.remove_suffix(4);
    else if (token.ends_with('s'))
      token.remove_suffix(1);
    else if (token.size() == 4 && words.glued(i + 1) && (words.says(i + 1, "s")))
      ++date.end;
    else if (apostrophe && token.size() == 2 && small_integer(token) >= 0)
      return read_short_year(published, token, i);
    else
      return {};
    decade = small_integer(token);
    if (token.size() == 4 && decade >= kFirstYear && decade <= kLastYear && decade % 10 == 0) {
      date.year = decade;
      if (decade % 100 == 0 && decade < 2000) date.precision = TimeUnit::kNone;  // the century or its first decade
      return date;
    }
    if (token.size() != 2 || decade % 10 != 0 || (!apostrophe && !words.is(i - 1, kThe | kPart))) return {};
  } else {
    return {};
  }
  if (published.known) {
    const int century = day_from(published.days).year / 100 * 100;
    date.year = century + decade <= day_from(published.days).year ? century + decade : century - 100 + decade;
  } else {
    date.year = 1900 + decade;
  }
  return date;
}

/// "20th century", "nineteenth-century".
[[nodiscard]] CalendarDate read_century(const Words& words, std::uint32_t i) {
  const Number ordinal = read_ordinal(words, i);
  if (!ordinal || ordinal.value < 1 || ordinal.value > 30) return {};
  std::uint32_t k = ordinal.end;
  if (words.hyphen(k)) ++k;
  if (!words.says(k, "century") && !words.says(k, "centuries")) return {};
  CalendarDate date;
  date.takes_the = true;
  date.precision = TimeUnit::kCentury;
  date.year = static_cast<int>(ordinal.value) * 100 - 99;
  date.end = k + 1;
  if (words.is(date.end, kEra)) {
    date.precision = TimeUnit::kNone;
    ++date.end;
  }
  return date;
}

/// "Q1 2025", "first quarter", "first-quarter", "the second half of 2024".
[[nodiscard]] CalendarDate read_quarter(const Words& words, const Published& published, std::uint32_t i) {
  CalendarDate date;
  int months = 3;
  int number = 0;
  std::uint32_t k = i;
  const std::string_view token = words.text(i);
  if (token.size() == 2 && (token[0] == 'Q' || token[0] == 'H') && token[1] >= '1' && token[1] <= '4') {
    number = token[1] - '0';
    if (token[0] == 'H') months = 6;
    k = i + 1;
  } else if (words.is(i, kOrdinalWord) && words.word(i).number <= 4) {
    number = static_cast<int>(words.word(i).number);
    k = words.hyphen(i + 1) ? i + 2 : i + 1;
    if (words.says(k, "half"))
      months = 6;
    else if (!words.says(k, "quarter"))
      return {};
    ++k;
  } else {
    return {};
  }
  if (months == 6 && number > 2) return {};
  const bool hyphened = words.hyphen(i + 1);
  std::uint32_t after = k;
  date.year = year_after(words, after);
  if (date.year == 0 && words.says(k, "of") && words.says(k + 2, "year") && words.is(k + 1, kShift | kThe)) {
    after = k + 3;
    if (published.known) {
      date.year = day_from(published.days).year;
      if (words.word(k + 1).shift == Shift::kLast)
        --date.year;
      else if (words.word(k + 1).shift == Shift::kNext)
        ++date.year;
      else if (words.word(k + 1).shift == Shift::kUnknown)
        date.year = 0;
    }
  } else if (date.year == 0) {
    after = k;
    if (months == 6) return {};  // of a match, mostly
    if (published.known) {
      const Day now = day_from(published.days);
      const int first_month = (number - 1) * 3 + 1;
      const bool ahead = outlook(words, {i, k}) == Outlook::kAhead;
      date.year = now.year;
      if (!ahead && first_month > now.month) --date.year;
      if (ahead && first_month + 2 < now.month) ++date.year;
    }
  }
  if (words.text(k) == "," && after > k && !hyphened && date.year == 0) return {};
  date.end = after;
  date.takes_the = !hyphened;
  date.month = (number - 1) * months + 1;
  date.last_month = date.month + months - 1;
  date.last_year = date.year;
  date.precision = date.year == 0 ? TimeUnit::kNone : TimeUnit::kQuarter;
  return date;
}

/// "2026", "2019-20", "1914 to 1918", "44 BC", "AD 79", "fiscal 2024", "the year 2024", "the 2024 season".
[[nodiscard]] CalendarDate read_year(const Words& words, std::uint32_t i) {
  CalendarDate date;
  date.precision = TimeUnit::kYear;
  if ((words.text(i) == "AD" || words.text(i) == "A.D." || words.text(i) == "BC") &&
      small_integer(words.text(i + 1)) > 0) {
    date.year = small_integer(words.text(i + 1));
    if (words.text(i) == "BC") date.year = 1 - date.year;
    date.end = i + 2;
    return date;
  }
  const bool era_follows = words.is(i + 1, kEra) && words.has(i + 1, tokenize::kAllUpper);
  if (era_follows && small_integer(words.text(i)) > 0) {
    date.year = small_integer(words.text(i));
    const std::string_view era = words.text(i + 1);
    if (era.starts_with('B')) date.year = 1 - date.year;
    date.end = i + 2;
    return date;
  }
  std::uint32_t k = i;
  bool sure = false;
  if (words.says(k, "fiscal") || words.says(k, "financial") || words.text(k) == "FY") {
    k += words.says(k + 1, "year") ? 2U : 1U;
    sure = true;
  } else if (words.says(k, "year")) {
    ++k;
    sure = true;
  } else if (words.text(k).starts_with("FY") && words.text(k).size() == 6) {
    date.year = small_integer(words.text(k).substr(2));
    if (date.year < kFirstYear) return {};
    date.precision = TimeUnit::kNone;
    date.end = k + 1;
    return date;
  }
  date.takes_the = sure;
  std::string_view token = words.text(k);
  const bool mid = token.starts_with(kMid) && token.size() == 8;
  if (mid) token.remove_prefix(kMid.size());
  date.year = mid ? small_integer(token) : year_at(words, k);
  if (date.year < kFirstYear) return {};
  if (words.text(i).size() > 4 && sure && !words.says(i, "year")) date.precision = TimeUnit::kNone;
  date.end = k + 1;
  const std::uint32_t r = date.end;
  if (joins_range(words, r) && !(words.says(r, "through") && year_at(words, r + 1) == 0)) {
    const int last = year_at(words, r + 1);
    const int last_two = words.dash(r) && words.text(r + 1).size() == 2 ? small_integer(words.text(r + 1)) : -1;
    if (last > date.year && (words.dash(r) || !words.is(r + 2, kUnit | kCurrency))) {
      date.last_year = last;
      date.end = r + 2;
      sure = true;
    } else if (last_two > date.year % 100 && words.glued(r) && words.glued(r + 1) && !words.dash(r + 2)) {
      date.last_year = date.year / 100 * 100 + last_two;
      date.end = r + 2;
      sure = true;
    }
  }
  if (words.says(date.end, "season") || words.says(date.end, "academic") || words.says(date.end, "campaign")) {
    date.takes_the = true;
    if (words.says(date.end, "season") && words.says(i - 1, "the")) ++date.end;
  }
  if (sure || mid) return date;
  // A bare number of four digits is a year unless something is counted or measured with it.
  if (i > 0 && (words.is(i - 1, kLabel | kSign) || (words.is(i - 1, kBound) && date.year < 1700))) return {};
  if (words.is(date.end, kUnit | kCurrency | kPercent | kScale | kTimeUnit | kZone | kCentPart)) return {};
  if (words.hyphen(date.end) && words.glued(date.end)) return {};
  if (words.hyphen(i - 1) && words.glued(i)) return {};
  const bool counted = words.says(date.end, "people");
  if (!counted && i > 0 && words.is(i - 1, kPreposition | kPart | kMonth | kSeason)) return date;
  const std::string_view next = words.text(date.end);
  if (counted) return {};
  const bool plural = next.size() > 3 && next.ends_with('s') && !next.ends_with("ss") &&
                      !words.has(date.end, tokenize::kInitialUpper) && !words.is(date.end, kNotNoun | kPast);
  if (plural && !words.is(i - 1, kThe)) return {};
  if (date.year < 1500 || date.year > 2060) return {};
  return date;
}

/// "summer 2024", "summer of 2024", "the summer".
[[nodiscard]] CalendarDate read_season(const Words& words, std::uint32_t i) {
  if (!words.is(i, kSeason)) return {};
  CalendarDate date;
  std::uint32_t k = i + 1;
  date.year = year_after(words, k);
  const bool named = date.year != 0;
  const bool word = words.says(i, "summer") || words.says(i, "winter") || words.says(i, "autumn");
  if (!named && !words.is(i - 1, kThe | kPart)) {
    if (!word || !words.is(i - 1, kPreposition) || words.says(i - 1, ",")) return {};
  }
  if (!named && !word && !words.says(i - 1, "the")) return {};
  if (!named && words.has(i, tokenize::kInitialUpper)) return {};
  if (!named && !word && !words.has(i + 1, tokenize::kPunctuation) && !words.is(i + 1, kPreposition)) return {};
  date.season = words.word(i).date;
  date.precision = named ? TimeUnit::kQuarter : TimeUnit::kNone;
  date.takes_the = true;
  date.end = k;
  return date;
}

[[nodiscard]] CalendarDate read_holiday(const Words& words, const Published& published, std::uint32_t i) {
  if (!words.has(i, tokenize::kInitialUpper)) return {};
  const auto [holiday, end] = words.phrase(i, kHoliday);
  if (end == i) return {};
  CalendarDate date;
  date.end = end;
  date.year = year_after(words, date.end);
  if (holiday.number == 0) return date;
  date.month = static_cast<int>(holiday.number) / 100;
  date.day = static_cast<int>(holiday.number) % 100;
  date.precision = TimeUnit::kDay;
  if (date.year == 0) imply_year(date, words, published, {i, date.end});
  return date;
}

}  // namespace

namespace {

[[nodiscard]] CalendarDate read_one_date(const Words& words, const Published& published, std::uint32_t i) {
  const std::uint64_t roles = words.word(i).roles;
  if ((roles & kMonth) != 0) return read_month_first(words, published, i);
  if (words.has(i, tokenize::kHasDigit) || (roles & (kOrdinalWord | kTens)) != 0) {
    if (auto date = read_figures(words, i)) return date;
    if (auto date = read_day_first(words, published, i)) return date;
    if (auto date = read_century(words, i)) return date;
    if (auto date = read_quarter(words, published, i)) return date;
    if (auto date = read_decade(words, published, i)) return date;
    return read_year(words, i);
  }
  if ((roles & kDecadeWord) != 0) return read_decade(words, published, i);
  if ((roles & kSeason) != 0) return read_season(words, i);
  if (auto date = read_holiday(words, published, i)) return date;
  if ((roles & (kEra | kTimeUnit)) != 0 || words.says(i, "fiscal") || words.says(i, "financial") ||
      words.text(i) == "FY") {
    return read_year(words, i);
  }
  return {};
}

}  // namespace

CalendarDate read_calendar_date(const Words& words, const Published& published, std::uint32_t i) {
  CalendarDate date = read_one_date(words, published, i);
  const bool may_span = date.precision == TimeUnit::kDay || date.precision == TimeUnit::kMonth;
  if (!date || !may_span || date.last_year != 0 || !joins_range(words, date.end)) return date;
  const CalendarDate last = read_one_date(words, published, date.end + 1);
  if (!last || last.precision != date.precision || last.last_year != 0) return date;
  date.end = last.end;
  if (date.year_implied && !last.year_implied) date.year = date.month > last.month ? last.year - 1 : last.year;
  date.last_year = last.year;
  date.last_month = last.month;
  date.last_day = last.day;
  return date;
}

}  // namespace copydesk::values
