// SPDX-License-Identifier: Apache-2.0
#include "stages/values/values_stage.h"

#include "stages/values/dates.h"
#include "stages/values/measures.h"
#include "stages/values/times.h"

namespace copydesk::values {
namespace {

using namespace values;

constexpr std::uint32_t kDeadlineTokens = 1U << 16U;  ///< tokens between two looks at the clock

/// Words at which a value may begin.
constexpr std::uint64_t kBegins = kOnes | kTens | kHundred | kScale | kFraction | kOrdinalWord | kArticle | kThe |
                                  kVague | kVagueScale | kMonth | kWeekday | kTimeUnit | kDayWord | kDayPart | kSeason |
                                  kHoliday | kShift | kPart | kPartOf | kFrequency | kEra | kSign | kBound |
                                  kClockPoint | kDecadeWord | kAgeWord | kCurrency | kCountry;

[[nodiscard]] Published published_of(const parse::Article& article) {
  Published published;
  if (!article.published_time) return published;
  constexpr std::int64_t kDaySeconds = 86400;
  constexpr std::int64_t kMostSeconds = 253402300800;  // year 10000
  const std::int64_t local =
      article.published_time->seconds + std::int64_t{article.published_time->offset_minutes} * 60;
  if (local < -kMostSeconds || local > kMostSeconds) return published;
  published.days = local / kDaySeconds - (local % kDaySeconds < 0 ? 1 : 0);
  published.minutes = static_cast<int>((local - published.days * kDaySeconds) / 60);
  published.known = true;
  return published;
}

[[nodiscard]] bool may_begin(const Words& words, std::uint32_t i) {
  if (words.is(i, kBegins) || words.has(i, tokenize::kHasDigit)) return true;
  if (words.has(i, tokenize::kPunctuation))
    return words.dash(i) && words.glued(i + 1) && words.has(i + 1, tokenize::kHasDigit);
  return words.says(i, "between") || words.says(i, "fiscal") || words.says(i, "financial") || words.text(i) == "FY" ||
         words.says(i, "minus") || words.says(i, "new") || words.says(i, "more") || words.says(i, "less") ||
         words.says(i, "fewer") || words.says(i, "at") || words.says(i, "as") || words.says(i, "up") ||
         words.says(i, "no") || words.says(i, "close") || words.says(i, "well") || words.says(i, "upwards") ||
         words.says(i, "not") || words.says(i, "boxing") || words.says(i, "labor") || words.says(i, "memorial") ||
         words.says(i, "good") || words.says(i, "valentine") || words.says(i, "independence") || words.says(i, "in") ||
         words.says(i, "greater");
}

/// The longest of what the rules find at `i`; a date or time before a plain number of the same length.
[[nodiscard]] Found find_at(const Words& words, const Published& published, std::uint32_t i) {
  Found best = read_time(words, published, i);
  const auto take = [&](const Found& other) {
    if (other && (!best || other.tokens.end > best.tokens.end)) best = other;
  };
  take(read_date(words, published, i));
  take(read_measure(words, i));
  take(read_rank(words, i));
  // "around 2.30pm" is a time from the number on.
  if (best.type == EntityType::kCardinal && !words.has(i, tokenize::kHasDigit) && words.is(best.tokens.end, kMeridiem))
    return {};
  return best;
}

[[nodiscard]] Value written(const Found& found, Arena& arena) {
  Value value;
  value.tokens = found.tokens;
  value.type = found.type;
  value.meaning = found.meaning;
  value.number = found.number;
  value.max = found.max;
  if (!found.iso.empty()) value.iso = arena.copy(found.iso.str());
  value.unit = found.unit;
  return value;
}

}  // namespace

Result<Values> ValuesStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const auto& article = input.get<parse::Article>();
  const auto& tokens = input.get<tokenize::Tokens>();
  if (article.analysis != parse::Analysis::kFull) return Values{};
  const Lexicon& lexicon = Lexicon::english();
  const std::size_t count = tokens.size();
  scratch.words.resize(count);
  for (std::size_t i = 0; i < count; ++i) scratch.words[i] = lexicon.find(tokens.lower_hashes[i]);
  scratch.values.clear();
  const Published published = published_of(article);
  std::uint32_t next_look = kDeadlineTokens;
  for (const TokenRange sentence : tokens.sentences) {
    const Words words(article.text, tokens, scratch.words, sentence);
    for (std::uint32_t i = sentence.begin; i < sentence.end;) {
      if (i >= next_look) {
        if (context.expired()) return Error{ErrorCode::kDeadline, "finding values took longer than the article's time"};
        next_look = i + kDeadlineTokens;
      }
      const Found found = may_begin(words, i) ? find_at(words, published, i) : Found{};
      if (!found || found.tokens.end <= i || found.tokens.end > sentence.end) {
        ++i;
        continue;
      }
      scratch.values.push_back(written(found, context.arena()));
      i = found.tokens.end;
    }
  }
  return Values{context.arena().copy(scratch.values)};
}

}  // namespace copydesk::values
