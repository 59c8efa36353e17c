// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include "stages/values/measures.h"

namespace copydesk::values {
namespace {

/// Letters that are units only as they are written.
[[nodiscard]] bool is_plain_case(std::string_view token) {
  if (token.size() != 1) return true;
  return std::string_view("mgtlLVCFWK").find(token.front()) != std::string_view::npos;
}

/// "1.2m people": "m" means million.
[[nodiscard]] bool m_is_million(const Words& words, const Number& number, std::uint32_t m) {
  if (!words.glued(m) || !number.figures || number.range) return false;
  const std::string_view next = words.text(m + 1);
  const bool counted =
      (next.size() > 3 && next.ends_with('s') && words.has(m + 1, tokenize::kHasLower)) || next == "people";
  return counted && (number.value < 50);
}

}  // namespace

UnitPhrase read_unit(const Words& words, std::uint32_t number_begin, const Number& number) {
  (void)number_begin;
  std::uint32_t k = number.end;
  const bool hyphened = words.hyphen(k) && words.glued(k) && words.glued(k + 1);
  if (hyphened) ++k;
  if (words.says(k, "of") && !number.known && words.is(k + 1, kUnit) && words.text(k + 1).size() > 3) ++k;
  if (!hyphened) k = past_of_a(words, number);
  if (words.says(k, "sq") && words.text(k + 1) == ".") {
    const std::string_view unit = words.text(k + 2);
    if (unit == "km") return {k + 3, "km2"};
    if (unit == "m") return {k + 3, "m2"};
    if (unit == "ft") return {k + 3, "[sft_i]"};
    if (unit == "mi" || unit == "miles") return {k + 3, "[smi_us]"};
  }
  const auto [unit, end] = words.phrase(k, kUnit);
  if (end == k) return {};
  const std::string_view text = words.text(k);
  if (!is_plain_case(text)) return {};
  if (text.size() == 1 && end == k + 1) {
    const bool near = words.glued(k) || number.figures;
    if (!near || (text == "t" && !words.glued(k)) || ((text == "C" || text == "F" || text == "K") && !words.glued(k)))
      return {};
    if (text == "m" && m_is_million(words, number, k)) return {};
  }
  if (words.has(k, tokenize::kInitialUpper) && text.size() > 3 && !words.is(k, kNotNoun) && end == k + 1) {
    if (text != "Celsius" && text != "Fahrenheit" && text != "Kelvin") return {};
  }
  if (words.says(k, "bit") || words.says(k, "stone") || words.says(k, "foot")) {
    if (!hyphened && !number.figures && !words.says(k, "stone")) return {};
  }
  if (words.says(k, "mm") && words.text(k) == "MM") return {};
  return {end, kUnits[unit.unit].ucum};
}

Found read_rank(const Words& words, std::uint32_t i) {
  Found found;
  const Number rank = read_ordinal(words, i);
  if (!rank) return found;
  // "in a second", "seconds": time.
  if (words.says(i, "second") && (words.is(i - 1, kArticle) || words.says(i - 1, "per") || words.says(i - 1, "every") ||
                                  words.says(i - 1, "split"))) {
    const bool noun_follows = words.inside(i + 1) && !words.has(i + 1, tokenize::kPunctuation) &&
                              !words.is(i + 1, kNotNoun | kRelation | kPreposition);
    if (!noun_follows) return found;
  }
  if (words.is(i - 1, kLabel)) return found;
  // "Second World War", "Third Avenue": names.
  if (words.has(i, tokenize::kInitialUpper) && !words.has(i, tokenize::kSentenceStart) &&
      (words.has(rank.end, tokenize::kInitialUpper) || words.has(i - 1, tokenize::kInitialUpper))) {
    return found;
  }
  found.tokens = {i, rank.end};
  found.type = EntityType::kOrdinal;
  found.number = rank.value;
  found.meaning = Value::Meaning::kNumber;
  return found;
}

namespace {

/// "one" that stands for a thing or a person.
[[nodiscard]] bool is_pronoun(const Words& words, std::uint32_t i) {
  if (words.is(i - 1, kDeterminer) && i != words.sentence().begin) return true;
  if (words.says(i + 1, "of")) return false;
  if (!words.inside(i + 1)) return true;
  if (words.says(i - 1, "number") || words.says(i + 1, "-") || words.says(i + 1, "or") || words.says(i + 1, "and"))
    return false;
  if (words.has(i + 1, tokenize::kPunctuation) || words.has(i + 1, tokenize::kClitic)) return true;
  return words.is(i + 1, kNotNoun);
}

/// Whether nothing that is counted follows.
[[nodiscard]] bool stands_alone(const Words& words, std::uint32_t i) {
  return !words.inside(i) || words.has(i, tokenize::kPunctuation) || (words.is(i, kNotNoun) && !words.says(i, "of"));
}

/// Whether figures are (part of) a name, a version, a telephone number, a result, …
[[nodiscard]] bool is_label(const Words& words, std::uint32_t i, std::uint32_t end) {
  if (words.text(i - 1) == "." && words.glued(i - 1) && (words.says(i - 2, "no") || words.says(i - 2, "nos")))
    return true;
  if (words.is(i - 1, kLabel)) return true;
  // "F-16", "COVID-19"
  if (words.hyphen(i - 1) && words.glued(i - 1) && words.glued(i)) return true;
  if (words.has(i - 1, tokenize::kHasDigit) && words.has(i, tokenize::kHasDigit)) return true;
  if (words.has(end, tokenize::kHasDigit) && words.has(end - 1, tokenize::kHasDigit)) return true;
  if (words.hyphen(end) && words.glued(end) && words.glued(end + 1) && words.has(end + 1, tokenize::kHasDigit))
    return true;
  return words.glued(i) && (words.text(i - 1) == "/" || words.text(i - 1) == "#" || words.text(i - 1) == "@");
}

/// "Seven Sisters", "Big Ten": a number in words that is part of a name.
[[nodiscard]] bool is_in_name(const Words& words, std::uint32_t i, std::uint32_t end) {
  if (!words.has(i, tokenize::kInitialUpper) || words.has(i, tokenize::kHasDigit)) return false;
  if (words.has(i, tokenize::kSentenceStart)) return false;  // its capital tells nothing
  return (words.has(i - 1, tokenize::kInitialUpper)) ||
         (words.has(end, tokenize::kInitialUpper) && !words.has(end, tokenize::kHasDigit));
}

/// "2-1", "6-4": a result, whose numbers are no range.
[[nodiscard]] bool is_score(const Words& words, std::uint32_t i, std::uint32_t end, const Number& number) {
  if (!number.range || !number.figures || end != i + 3 || !words.glued(i + 1)) return false;
  if (number.max > 199) return false;
  return words.is(i - 1, kWinWord) || words.is(i - 2, kWinWord) || words.is(end, kWinWord) ||
         words.is(end + 1, kWinWord) || !words.inside(end) || words.has(end, tokenize::kPunctuation);
}

/// "10 in", "10in", "2 inches" after the feet that were found: both in inches.
void read_inches(const Words& words, Found& found) {
  constexpr double kInches = 12;
  const std::uint32_t k = found.tokens.end;
  double more = -1;
  std::uint32_t end = k + 1;
  if (const auto glued = figures_before(words.text(k), "in")) {
    more = *glued;
  } else if (const Number inches = read_amount(words, k); inches && inches.known && inches.figures) {
    if (!words.says(inches.end, "inches") && !words.says(inches.end, "inch") && !words.says(inches.end, "in")) return;
    more = inches.value;
    end = inches.end + 1;
  }
  if (more < 0 || more >= kInches) return;
  found.tokens.end = end;
  found.number = found.number * kInches + more;
  found.max = found.number;
  found.unit = "[in_i]";
}

/// "9st", "11st 4lb": a body's weight, where the figures make no rank ("21st" is one).
[[nodiscard]] Found read_stones(const Words& words, std::uint32_t i) {
  constexpr double kPounds = 14;
  Found found;
  const auto stones = figures_before(words.text(i), "st");
  if (!stones || *stones < 2) return found;
  const bool pounds = words.is(i + 2, kUnit) && kUnits[words.word(i + 2).unit].ucum == "[lb_av]";
  const double rest = pounds ? small_integer(words.text(i + 1)) : -1;
  const bool parts = rest >= 0 && rest < kPounds;
  const bool rank = static_cast<int>(*stones) % 10 == 1 && *stones != 11;
  if (rank && !parts) return found;
  found.tokens = {i, parts ? i + 3 : i + 1};
  found.type = EntityType::kQuantity;
  found.meaning = Value::Meaning::kNumber;
  found.number = parts ? *stones * kPounds + rest : *stones;
  found.max = found.number;
  found.unit = parts ? "[lb_av]" : "[stone_av]";
  return found;
}

/// After the percent sign of words at `i`; 0 = none.
[[nodiscard]] std::uint32_t past_percent(const Words& words, std::uint32_t i) {
  const std::uint32_t k = words.hyphen(i) && words.glued(i) ? i + 1 : i;
  const auto [percent, end] = words.phrase(k, kPercent);
  if (end == k || (words.says(k, "pc") && !words.glued(k))) return 0;
  return end;
}

/// "4.5%", "3% to 5%", "between 3% and 5%", "two percentage points", "25 basis points", after `number` at `from`.
[[nodiscard]] Found read_percent(const Words& words, std::uint32_t from, Number number, Bound bound) {
  Found found;
  found.type = EntityType::kPercent;
  const bool between = words.says(from, "between") && !number;
  if (between) number = read_amount(words, from + 1);
  const std::uint32_t end = past_of_a(words, number);
  if (!number || (number.article && end == number.end)) return found;
  const std::uint32_t basis = words.hyphen(end) ? end + 1 : end;
  if (words.says(basis, "basis") && (words.says(basis + 1, "points") || words.says(basis + 1, "point"))) {
    constexpr double kBasisPoint = 0.01;
    found.tokens = {from, basis + 2};
    set_number(found, number, bound, kBasisPoint, Value::Meaning::kNumber);
    return found;
  }
  std::uint32_t after = past_percent(words, end);
  if (after == 0) return found;
  const bool joined = words.dash(after) || words.says(after, "to") || (between && words.says(after, "and"));
  if (joined && !number.range && number.known) {
    const Number high = read_amount(words, after + 1);
    const std::uint32_t last = high && high.known ? past_percent(words, high.end) : 0;
    if (last != 0) {
      number.range = true;
      number.max = high.value;
      number.known = number.value < number.max;
      after = last;
    }
  }
  if (between && !number.range) return found;
  found.tokens = {from, after};
  set_number(found, number, bound, 1, Value::Meaning::kNumber);
  return found;
}

}  // namespace

Found read_measure(const Words& words, std::uint32_t i) {
  const BoundPhrase bound = read_bound(words, i);
  std::uint32_t k = bound.end;
  Found found = read_money(words, k, bound.bound);
  if (found) {
    found.tokens.begin = i;
    return found;
  }
  if (found = read_stones(words, k); found) {
    found.tokens.begin = i;
    return found;
  }
  const bool minus = words.dash(k) && words.glued(k + 1) && !words.glued(k) && words.has(k + 1, tokenize::kNumeric);
  Number number = read_number(words, minus || words.says(k, "minus") ? k + 1 : k);
  if (minus || words.says(k, "minus")) {
    if (!number || number.range) return found;
    number.value = -number.value;
  }
  // "a mile", "an acre", "a kilogram", "a percentage point"
  if (!number && words.is(k, kArticle) && words.is(k + 1, kUnit | kPercent) && words.text(k + 1).size() > 3 &&
      !words.has(k + 1, tokenize::kInitialUpper)) {
    const bool share =
        words.is(k - 1, kUnit | kCurrency | kScale) || words.has(k - 1, tokenize::kHasDigit) || words.hyphen(k - 1);
    const bool measures = words.says(k + 1, "mile") || words.says(k + 1, "kilometer") ||
                          words.says(k + 1, "kilometre") || words.says(k + 1, "gallon") || words.says(k + 1, "tonne");
    if (share || !measures) return found;
    number.end = k + 1;
    number.value = 1;
  }
  if (const Found percent = read_percent(words, k, number, bound.bound)) {
    found = percent;
    found.tokens.begin = i;
    return found;
  }
  if (!number) return found;
  std::uint32_t end = number.end;

  const bool of_one = past_of_a(words, number) != number.end;
  if (const UnitPhrase unit = read_unit(words, k, number);
      unit.end != 0 && (of_one || !(number.article && number.known))) {
    if (number.known || !number.article || !words.is(k, kVague) || words.text(unit.end - 1).size() > 3) {
      found.tokens = {i, unit.end};
      found.type = EntityType::kQuantity;
      set_number(found, number, bound.bound, 1, Value::Meaning::kNumber);
      found.unit = unit.ucum;
      if (unit.ucum == "[ft_i]" && number.known && !number.range) read_inches(words, found);
      return found;
    }
  }

  // A plain number.
  if (number.article && number.fraction == false) return found;
  if (words.says(k, "one") && end == k + 1 && bound.end == i && is_pronoun(words, k)) return found;
  const bool only = words.says(k - 1, "only") || words.says(k - 1, "another") || words.says(k - 1, "some") ||
                    words.says(k - 1, "just");
  if (words.says(k, "one") && end == k + 1 && only && stands_alone(words, end)) return found;
  if (words.is(k, kVagueScale) && words.says(k, "tens") && !words.says(k + 1, "of")) return found;
  if (words.says(k, "scores")) return found;
  if (is_in_name(words, k, end)) return found;
  if (number.figures && is_label(words, k, end)) return found;
  if (is_label(words, k, end) && !number.range && words.is(k - 1, kLabel)) return found;
  if (number.fraction && words.says(k, "half") && words.hyphen(k + 1) && words.glued(k + 1)) return found;
  if (number.figures && words.text(end) == "m" && words.glued(end)) {  // "1.2m people"
    number.value *= 1e6;
    ++end;
  }
  if (is_score(words, k, end, number)) number.known = false;
  found.tokens = {i, end};
  if (words.says(i, "around") && bound.bound == Bound::kNone) found.tokens.begin = k;
  found.type = EntityType::kCardinal;
  set_number(found, number, bound.bound, 1, Value::Meaning::kNumber);
  return found;
}

}  // namespace copydesk::values
