// SPDX-License-Identifier: Apache-2.0
#include "stages/values/lexicon.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "stages/tokenize/hash.h"

namespace copydesk::values {
namespace {

/// Words with one role; "word=12" gives its number, "_" is a blank.
struct WordList {
  std::uint64_t roles;
  std::string_view words;
};

constexpr auto kNumberWords = std::to_array<WordList>({
    {kOnes,
     "zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 "
     "thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19"},
    {kTens, "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90"},
    {kHundred, "hundred=100"},
    {kScale,
     "thousand=1e3 million=1e6 billion=1e9 trillion=1e12 quadrillion=1e15 mn=1e6 mln=1e6 bn=1e9 bln=1e9 tn=1e12 "
     "trn=1e12 lakh=1e5 lakhs=1e5 crore=1e7 crores=1e7"},
    {kDozen, "dozen=12"},
    {kFraction,
     "half=0.5 halves=0.5 third=0.33333333333333331 thirds=0.33333333333333331 quarter=0.25 quarters=0.25 "
     "fifth=0.2 fifths=0.2 sixth=0.16666666666666666 sixths=0.16666666666666666 "
     "seventh=0.14285714285714285 sevenths=0.14285714285714285 eighth=0.125 eighths=0.125 "
     "tenth=0.1 tenths=0.1 hundredths=0.01"},
    {kOrdinalWord,
     "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 "
     "twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 "
     "nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70 "
     "eightieth=80 ninetieth=90 hundredth=100 thousandth=1000 millionth=1e6 "
     "firstly=1 secondly=2 thirdly=3 fourthly=4"},
    {kDecadeWord, "twenties=20 thirties=30 forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90"},
    {kVague, "several few many couple numerous countless various"},
    {kVagueScale, "dozens tens scores hundreds thousands millions billions trillions lakhs crores"},
    {kDayWord, "today=0 yesterday=-1 tomorrow=1 tonight=0"},
    {kHoliday,
     "christmas=1225 halloween=1031 thanksgiving easter ramadan hanukkah diwali christmas_day=1225 "
     "christmas_eve=1224 new_year_'s_day=101 new_year_'s_eve=1231 new_year_'s new_year_’s_eve=1231 "
     "new_year_’s_day=101 new_year_’s boxing_day=1226 valentine_'s_day=214 valentine_’s_day=214 labor_day "
     "memorial_day good_friday easter_monday easter_sunday eid independence_day may_day=501"},
    {kZone,
     "gmt=0 utc=0 est=-300 est.=-300 edt=-240 cst=-360 cdt=-300 mst=-420 mdt=-360 pst=-480 pdt=-420 cet=60 cest=120 "
     "eet=120 eest=180 bst=60 msk=180 jst=540 aest=600 aedt=660 hkt=480 et=9999 pt=9999 ct=9999 mt=9999 "
     "ist=9999 local_time=9999 eastern_time=9999 eastern=9999 pacific_time=9999 central_time=9999 "
     "moscow_time=180 u.t.c.=0"},
    {kFrequency,
     "daily weekly monthly yearly annual annually nightly hourly biweekly fortnightly quarterly decades-long"},
    {kEra, "bc bce ad ce b.c. a.d. b.c.e. c.e."},
    {kPercent, "% percent per_cent pct percentage_point percentage_points pc per_cents"},
    {kPart, "early late mid"},
    {kPartOf, "end beginning start middle turn close"},
    {kThe, "the"},
    {kArticle, "a an"},
    {kClockPoint, "noon=12 midday=12 midnight=0"},
    {kDayPart,
     "mid-morning mid-afternoon morning mornings afternoon afternoons evening evenings night nights overnight dawn "
     "dusk nightfall "
     "lunchtime daytime sunrise sunset"},
    {kFuture,
     "will 'll ’ll wo shall expected due scheduled plans planned plan planning until till by before upcoming set hopes "
     "hope "
     "hoped must may might can could would should aims likely next tomorrow going ahead deadline starting "
     "begins promises promised vowed pledged intends postponed rescheduled adjourned deferred"},
    {kPast,
     "said was were had did told came went took made has have been says began after since ago earlier "
     "last met left held won lost found got gave saw became yesterday on_a"},
    {kPreposition,
     "in since until till by from during before after between of to through and for late early circa c. "
     "around about ( – - year , winter spring summer autumn fall season"},
    {kLabel,
     "no. no nos. № number page pages pp. p. chapter room route highway flight section article channel "
     "bus interstate unit type level version phase model group vol. vol volume figure fig. table apartment "
     "suite ext. box platform gate lane track line episode # windows boeing airbus act resolution"},
    {kWinWord,
     "beat won win wins lost defeat victory loss draw drew defeated score lead led leading ahead tied over "
     "against thrashed edged downed loss triumph scoreline aggregate"},
    {kNotNoun,
     "is was are were has had have will would can could should may might must who whom that which of to in on "
     "at for with by from 's ’s and or but as if when than another also not n't does did thing day up out"},
    {kDeterminer,
     "the this that no any every each which another some only_the only_one last next right wrong good big "
     "bad new old first second other such what a an my your his her our their whose only’s "
     "everyone loved oneself n't not's"},
    {kAgeWord, "age aged ages"},
});

struct UnitWords {
  TimeUnit unit;
  std::string_view words;
};
constexpr auto kTimeUnitWords = std::to_array<UnitWords>({
    {TimeUnit::kSecond, "second seconds sec secs"},
    {TimeUnit::kMinute, "minute minutes min mins"},
    {TimeUnit::kHour, "hour hours hr hrs"},
    {TimeUnit::kDay, "day days"},
    {TimeUnit::kWeekend, "weekend weekends"},
    {TimeUnit::kWeek, "week weeks wk wks"},
    {TimeUnit::kFortnight, "fortnight fortnights"},
    {TimeUnit::kMonth, "month months"},
    {TimeUnit::kQuarter, "quarter quarters"},
    {TimeUnit::kYear, "year years yr yrs"},
    {TimeUnit::kDecade, "decade decades"},
    {TimeUnit::kCentury, "century centuries"},
});

constexpr auto kMonthWords = std::to_array<std::string_view>(
    {"mid-january january jan jan.", "mid-february february feb feb.", "mid-march march mar mar.",
     "mid-april april apr apr.", "mid-may may", "mid-june june jun jun.", "mid-july july jul jul.",
     "mid-august august aug aug.", "mid-september september sept sept. sep sep.", "mid-october october oct oct.",
     "mid-november november nov nov.", "mid-december december dec dec."});
constexpr auto kWeekdayWords =
    std::to_array<std::string_view>({"monday mondays mon.", "tuesday tuesdays tue tues tue. tues.",
                                     "wednesday wednesdays wed. weds", "thursday thursdays thu thurs thu. thurs. thur.",
                                     "friday fridays fri fri.", "saturday saturdays sat.", "sunday sundays sun."});
constexpr auto kSeasonWords =
    std::to_array<std::string_view>({"spring", "summer summers", "autumn fall", "winter winters"});

struct ShiftWords {
  Shift shift;
  std::string_view words;
};
constexpr auto kShiftWords = std::to_array<ShiftWords>({
    {Shift::kLast, "last"},
    {Shift::kThis, "this current"},
    {Shift::kNext, "next"},
    {Shift::kPast, "past"},
    {Shift::kComing, "coming upcoming"},
    {Shift::kUnknown,
     "previous following same that each every recent final entire whole all earlier preceding "
     "subsequent latest opening closing"},
});

struct BoundWords {
  Bound bound;
  std::string_view words;
};
constexpr auto kBoundWords = std::to_array<BoundWords>({
    {Bound::kAbout,
     "about around approximately roughly nearly almost some only just an_estimated an_additional "
     "close_to exactly another estimated ~ circa some_of just_about only_about just_under "
     "just_over well_over_about at_about"},
    {Bound::kAtLeast,
     "over more_than at_least as_many_as_over no_fewer_than no_less_than not_less_than above "
     "well_over greater_than upwards_of in_excess_of at_least_some"},
    {Bound::kAtMost,
     "under less_than fewer_than up_to as_many_as as_much_as no_more_than not_more_than at_most below "
     "well_under as_few_as as_high_as"},
});

struct RelationWords {
  Relation relation;
  std::string_view words;
};
constexpr auto kRelationWords = std::to_array<RelationWords>({
    {Relation::kAgo, "ago"},
    {Relation::kFromNow, "from_now hence"},
    {Relation::kOther, "later earlier"},
});

template <class Use>
void each_word(std::string_view words, Use&& use) {
  std::string word;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    for (char& c : word) {
      if (c == '_') c = ' ';
    }
    if (!word.empty()) use(std::string_view(word));
  }
}

}  // namespace

const Lexicon& Lexicon::english() {
  static const Lexicon lexicon;
  return lexicon;
}

Word& Lexicon::add(std::string_view word, std::uint64_t roles) {
  const std::uint64_t hash = tokenize::hash_lower(word);
  std::uint16_t index = find(hash);
  if (index == 0) {
    filter_[(hash >> 6) % kFilterWords] |= 1ULL << (hash & 63);
    std::size_t slot = (hash >> 16) % kSlots;
    while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
    index = slots_[slot] = static_cast<std::uint16_t>(words_.size());
    words_.push_back(Word{.hash = hash});
  }
  words_[index].roles |= roles;
  return words_[index];
}

Lexicon::Lexicon() : words_(1) {
  for (const WordList& row : kNumberWords) {
    each_word(row.words, [&](std::string_view word) {
      const std::size_t equals = word.size() > 1 ? word.find('=') : std::string_view::npos;
      Word& entry = add(word.substr(0, equals), row.roles);
      if (equals != std::string_view::npos) {
        double& number = (row.roles & kFraction) != 0 ? entry.part : entry.number;
        std::from_chars(word.data() + equals + 1, word.data() + word.size(), number);
      }
    });
  }
  for (const UnitWords& row : kTimeUnitWords) {
    each_word(row.words,
              [&](std::string_view word) { add(word, kTimeUnit).date = static_cast<std::uint8_t>(row.unit); });
  }
  const auto numbered = [&](auto rows, std::uint64_t role, std::size_t first) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      each_word(rows[i], [&](std::string_view word) { add(word, role).date = static_cast<std::uint8_t>(first + i); });
    }
  };
  numbered(kMonthWords, kMonth, 1);
  numbered(kWeekdayWords, kWeekday, 1);
  numbered(kSeasonWords, kSeason, 21);
  for (const ShiftWords& row : kShiftWords) {
    each_word(row.words, [&](std::string_view word) { add(word, kShift).shift = row.shift; });
  }
  for (const BoundWords& row : kBoundWords) {
    each_word(row.words, [&](std::string_view word) { add(word, kBound).bound = row.bound; });
  }
  for (const RelationWords& row : kRelationWords) {
    each_word(row.words, [&](std::string_view word) { add(word, kRelation).relation = row.relation; });
  }
  each_word("a.m. am a.m", [&](std::string_view word) { add(word, kMeridiem).date = 0; });
  each_word("p.m. pm p.m", [&](std::string_view word) { add(word, kMeridiem).date = 12; });
  for (std::size_t i = 1; i < kCurrencies.size(); ++i) {
    const auto money = static_cast<std::uint8_t>(i);
    each_word(kCurrencies[i].words, [&](std::string_view word) { add(word, kCurrency).money = money; });
    each_word(kCurrencies[i].signs, [&](std::string_view word) { add(word, kSign).money = money; });
    each_word(kCurrencies[i].hundredths, [&](std::string_view word) { add(word, kCentPart).money = money; });
    each_word(kCurrencies[i].adjectives, [&](std::string_view word) { add(word, kCountry).money = money; });
  }
  for (std::size_t i = 1; i < kUnits.size(); ++i) {
    each_word(kUnits[i].words, [&](std::string_view word) { add(word, kUnit).unit = static_cast<std::uint8_t>(i); });
  }
}

}  // namespace copydesk::values
