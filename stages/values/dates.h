// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/values/found.h"

namespace copydesk::values {

/// A point or span of the calendar: what a date expression means before it is written.
struct CalendarDate {
  std::uint32_t end = 0;                 ///< after its last token; 0 = none
  TimeUnit precision = TimeUnit::kNone;  ///< kNone: it is a date, but which cannot be told
  int year = 0;
  int month = 0;
  int day = 0;
  int last_year = 0;  ///< of a range, with last_month and last_day as the precision asks; 0 = no range
  int last_month = 0;
  int last_day = 0;
  int season = 0;             ///< ISO 8601-2: 21 … 24
  bool year_implied = false;  ///< not stated: from publication
  bool takes_the = false;     ///< "the" may stand before it

  explicit operator bool() const noexcept { return end != 0; }
};

/// "3 March 2026", "March 3", "2026-03-03", "in 2024", "the 1990s", "Q1": dates that name a day, month, year, …
[[nodiscard]] CalendarDate read_calendar_date(const Words& words, const Published& published, std::uint32_t i);

/// "Tuesday", "yesterday", "day before yesterday". The latest such day not after publication, or where the sentence
/// looks ahead the next one.
[[nodiscard]] CalendarDate read_day_name(const Words& words, const Published& published, std::uint32_t i);

/// Any date, duration or age that begins at `i`, with "the", "early", "the end of", … before it.
[[nodiscard]] Found read_date(const Words& words, const Published& published, std::uint32_t i);

/// "last week", "next Friday", "the past two years", "every day".
[[nodiscard]] Found read_relative_date(const Words& words, const Published& published, std::uint32_t i);

/// "two years", "a week ago", "three-and-a-half-year", "42-year-old", "90 minutes".
[[nodiscard]] Found read_duration(const Words& words, const Published& published, std::uint32_t i);

/// Which way the words around `at` look from publication: back ("said", "was"), ahead ("will", "until", "due").
enum class Outlook : std::uint8_t { kUnknown, kBack, kAhead };
[[nodiscard]] Outlook outlook(const Words& words, TokenRange at);

/// Writes `date` into `found`.
void set_date(Found& found, const CalendarDate& date);

}  // namespace copydesk::values
