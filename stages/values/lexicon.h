// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace copydesk::values {

/// What a word can do in a value. A word may do several things ("second", "quarter", "pound", "May"). A bit set.
enum Role : std::uint64_t {
  kOnes = 1ULL << 0,          ///< zero … nineteen: `number`
  kTens = 1ULL << 1,          ///< twenty … ninety
  kHundred = 1ULL << 2,       ///< hundred
  kScale = 1ULL << 3,         ///< thousand, million, bn, crore: a factor
  kDozen = 1ULL << 4,         ///< dozen, score: a factor that is not followed by smaller parts
  kFraction = 1ULL << 5,      ///< half, third, quarter(s): `part`
  kOrdinalWord = 1ULL << 6,   ///< first, second, twentieth
  kArticle = 1ULL << 7,       ///< a, an
  kThe = 1ULL << 8,           ///< the
  kVague = 1ULL << 9,         ///< several, few, many: a count that cannot be told
  kVagueScale = 1ULL << 10,   ///< dozens, hundreds, millions
  kMonth = 1ULL << 11,        ///< `date`: 1 … 12
  kWeekday = 1ULL << 12,      ///< `date`: 1 (Monday) … 7
  kTimeUnit = 1ULL << 13,     ///< `date`: TimeUnit
  kDayWord = 1ULL << 14,      ///< today, yesterday, tomorrow: `number` is the offset in days
  kDayPart = 1ULL << 15,      ///< morning, night
  kSeason = 1ULL << 16,       ///< `date`: 21 (spring) … 24 (winter), as in ISO 8601-2
  kHoliday = 1ULL << 17,      ///< Christmas: `number` is month * 100 + day, 0 where it moves
  kZone = 1ULL << 18,         ///< GMT, EST: `number` is the offset in minutes
  kMeridiem = 1ULL << 19,     ///< a.m. (`date` 0), p.m. (12)
  kShift = 1ULL << 20,        ///< last, next, this: `shift`
  kPart = 1ULL << 21,         ///< early, late, mid
  kPartOf = 1ULL << 22,       ///< end, beginning, start, middle (of)
  kFrequency = 1ULL << 23,    ///< daily, annual
  kEra = 1ULL << 24,          ///< BC, AD
  kCurrency = 1ULL << 25,     ///< dollars, euros: `money`
  kSign = 1ULL << 26,         ///< $, £, US$: `money`
  kUnit = 1ULL << 27,         ///< km, tonnes: `unit`
  kPercent = 1ULL << 28,      ///< %, percent
  kBound = 1ULL << 29,        ///< about, over, nearly: `bound`
  kFuture = 1ULL << 30,       ///< will, due, upcoming: what is meant lies ahead
  kPast = 1ULL << 31,         ///< said, was: it lies behind
  kClockPoint = 1ULL << 32,   ///< noon, midnight: `number` is the hour
  kRelation = 1ULL << 33,     ///< ago, later, earlier: `relation`
  kPreposition = 1ULL << 34,  ///< in, since, until: a bare year may follow
  kDecadeWord = 1ULL << 35,   ///< nineties: `number` 90
  kWinWord = 1ULL << 36,      ///< beat, win, over, draw: numbers beside it may be a score
  kLabel = 1ULL << 37,        ///< No., page, room: the number after it is a name
  kNotNoun = 1ULL << 38,      ///< is, who, can, of: "one" before it is a pronoun
  kDeterminer = 1ULL << 39,   ///< this, no, every: "one" after it is a pronoun
  kCentPart = 1ULL << 40,     ///< cents, pence: a hundredth of `money`
  kSpell = 1ULL << 41,        ///< quarter, half of a year, season
  kAgeWord = 1ULL << 42,      ///< age, aged
  kCountry = 1ULL << 43,      ///< US, Canadian: says whose dollars follow: `money`
};

enum class TimeUnit : std::uint8_t {
  kNone,
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury,
};
enum class Shift : std::uint8_t { kNone, kLast, kThis, kNext, kPast, kComing, kUnknown };
enum class Bound : std::uint8_t { kNone, kAbout, kAtLeast, kAtMost };
enum class Relation : std::uint8_t { kNone, kAgo, kFromNow, kOther };

/// One word of the rules.
struct Word {
  std::uint64_t hash = 0;
  std::uint64_t roles = 0;
  double number = 0;      ///< see the roles
  double part = 0;        ///< of kFraction
  std::uint8_t date = 0;  ///< see the roles
  Shift shift = Shift::kNone;
  Bound bound = Bound::kNone;
  Relation relation = Relation::kNone;
  std::uint8_t money = 0;  ///< index into kCurrencies
  std::uint8_t unit = 0;   ///< index into kUnits
};

/// A currency, with the words and signs that mean it (blanks between them; "_" is a blank inside one).
struct Currency {
  std::string_view code;  ///< ISO 4217; empty where the word alone does not tell ("pesos")
  std::string_view words;
  std::string_view signs;
  std::string_view hundredths;
  std::string_view adjectives;  ///< in front of dollars, pounds, … of this country
};

/// A unit of measure, with the words that mean it.
struct MeasureUnit {
  std::string_view ucum;  ///< https://ucum.org; empty where the word alone does not tell ("tons")
  std::string_view words;
};

extern const std::span<const Currency> kCurrencies;
extern const std::span<const MeasureUnit> kUnits;

/// The words of the rules by `hash_lower()`; built once, then read-only. Index 0 is "no word".
class Lexicon {
 public:
  [[nodiscard]] static const Lexicon& english();

  /// A few instructions for a word that no rule knows.
  [[nodiscard]] std::uint16_t find(std::uint64_t hash) const noexcept {
    if ((filter_[(hash >> 6) % kFilterWords] >> (hash & 63) & 1U) == 0) return 0;
    for (std::size_t slot = (hash >> 16) % kSlots;; slot = (slot + 1) % kSlots) {
      const std::uint16_t index = slots_[slot];
      if (index == 0 || words_[index].hash == hash) return index;
    }
  }
  [[nodiscard]] const Word& word(std::uint16_t index) const noexcept { return words_[index]; }

 private:
  static constexpr std::size_t kFilterWords = 512;  // 32 Ki bits: 2 % of other words pass
  static constexpr std::size_t kSlots = 4096;

  Lexicon();
  Word& add(std::string_view word, std::uint64_t roles);

  std::array<std::uint64_t, kFilterWords> filter_{};
  std::array<std::uint16_t, kSlots> slots_{};
  std::vector<Word> words_;
};

}  // namespace copydesk::values
