// SPDX-License-Identifier: Apache-2.0
#include "stages/values/measures.h"

namespace copydesk::values {
namespace {

/// The currency after a number: "euros", "US dollars", "cents". `end` 0 = none.
struct CurrencyPhrase {
  std::uint32_t end = 0;
  std::string_view code;
  double factor = 1;
};

[[nodiscard]] CurrencyPhrase read_currency(const Words& words, std::uint32_t i, const Number& number) {
  std::uint32_t k = i;
  if (words.hyphen(k) && words.glued(k) && words.glued(k + 1)) ++k;
  if (words.says(k, "of") && !number.known) ++k;
  const auto [country, after] = words.phrase(k, kCountry);
  const Word& word = words.word(after);
  if (after != k && (word.roles & (kCurrency | kCentPart)) != 0) {
    return {after + 1, kCurrencies[country.money].code, (word.roles & kCentPart) != 0 ? 0.01 : 1};
  }
  const Word& direct = words.word(k);
  if ((direct.roles & kCentPart) != 0) return {k + 1, kCurrencies[direct.money].code, 0.01};
  if ((direct.roles & kCurrency) == 0) return {};
  const std::string_view text = words.text(k);
  const std::string_view code = kCurrencies[direct.money].code;
  if (text.size() == 3 && words.says(k, "yen") == false && words.says(k, "won") == false &&
      words.says(k, "lei") == false && !words.has(k, tokenize::kAllUpper)) {
    return {};
  }
  // "three won medals", "120 won seats", "10 marks": no sums.
  const bool small = number.known && !words.is(i - 1, kScale);
  constexpr double kLeastWon = 1000;  // below a dollar
  const bool object_follows =
      words.inside(k + 1) && !words.has(k + 1, tokenize::kPunctuation) && !words.is(k + 1, kNotNoun);
  if (small && number.value < kLeastWon && words.says(k, "won") && object_follows) return {};
  if (small && number.value < 100 && (words.says(k, "mark") || words.says(k, "marks"))) return {};
  // "pounds" weigh where the number is not one of money.
  return {k + 1, code, 1};
}

[[nodiscard]] bool is_pound(const Words& words, std::uint32_t i) {
  return words.says(i, "pound") || words.says(i, "pounds");
}

/// Whether "pounds" after the number are money: large sums, and sums that are spent or paid.
[[nodiscard]] bool pounds_are_money(const Words& words, std::uint32_t number_begin, const Number& number) {
  if (number.value >= 1e4) return true;
  constexpr std::uint32_t kWindow = 6;
  for (std::uint32_t k = 1; k <= kWindow && number_begin >= k; ++k) {
    for (const std::string_view cue : {"cost", "costs", "paid", "pay", "spent", "worth", "price", "fined", "fine",
                                       "earn", "earned", "sold", "bought", "prize", "charge", "charged", "fee"}) {
      if (words.says(number_begin - k, cue)) return true;
    }
  }
  return false;
}

/// "35p"; -1 = none.
[[nodiscard]] double read_pence(std::string_view token) {
  if (token.size() < 2 || !token.ends_with('p')) return -1;
  return small_integer(token.substr(0, token.size() - 1));
}

}  // namespace

Found read_money(const Words& words, std::uint32_t from, Bound bound) {
  Found found;
  found.type = EntityType::kMoney;
  std::uint32_t k = from;
  std::string_view code;
  bool sign = false;
  if (words.is(k, kSign) && !words.is(k, kOnes)) {
    const std::string_view text = words.text(k);
    const bool letters = text.find_first_of("$€£¥₹₽₴₺₪₱₦₵₩฿₫৳₸₿") == std::string_view::npos;
    if (letters && !words.has(k, tokenize::kInitialUpper)) return found;
    code = kCurrencies[words.word(k).money].code;
    ++k;
    if (letters && words.text(k) == ".") ++k;
    sign = true;
  } else if (words.is(k, kCurrency) && words.text(k).size() == 3 && words.has(k, tokenize::kAllUpper) &&
             words.has(k + 1, tokenize::kHasDigit)) {
    code = kCurrencies[words.word(k).money].code;
    ++k;
    sign = true;
  } else if (words.is(k, kCountry) && words.text(k + 1) == "$" && words.glued(k + 1)) {  // "U.S.$5"
    code = kCurrencies[words.word(k).money].code;
    k += 2;
    sign = true;
  }
  if (sign && !words.has(k, tokenize::kHasDigit) && !words.is(k, kOnes | kTens | kVagueScale)) return found;
  if (const double pence = read_pence(words.text(k)); pence >= 0 && !sign) {
    found.tokens = {from, k + 1};
    Number number;
    number.value = pence;
    set_number(found, number, bound, 0.01, Value::Meaning::kMoney);
    found.unit = "GBP";
    return found;
  }
  // "between $3 and $5"
  const bool between = !sign && words.says(k, "between") && words.is(k + 1, kSign);
  if (between) {
    code = kCurrencies[words.word(k + 1).money].code;
    k += 2;
    sign = true;
  }
  Number number = sign && !between ? read_number(words, k, true)
                  : between        ? read_amount(words, k, true)
                                   : read_number(words, k);
  // "half a cent", "a third of a dollar"
  const std::uint32_t share = sign ? number.end : past_of_a(words, number);
  const bool of_one = share != number.end;
  if (!number || (number.fraction && !sign && !of_one)) return found;
  if (!sign && number.article && number.known && !of_one) return found;
  std::uint32_t end = share;
  if (sign) {
    // "$3 million to $5 million", "$3-$5"
    if ((words.dash(end) || words.says(end, "to") || words.says(end, "or") || (between && words.says(end, "and"))) &&
        words.is(end + 1, kSign) && !number.range) {
      const Number high = read_amount(words, end + 2, true);
      if (high && (words.says(end, "or") == false)) {
        if (number.figures && number.value < 1000 && high.value >= 1e6) {
          const double scale = high.value >= 1e9 ? 1e9 : 1e6;
          if (words.dash(end) || between) number.value *= scale;
        }
        number.range = true;
        number.max = high.value;
        number.known = number.value < number.max;
        end = high.end;
      }
    } else if (between) {
      return Found{};
    }
    // "$5 million Canadian dollars", "$30 US"
    const CurrencyPhrase named = read_currency(words, end, number);
    if (named.end != 0 && named.factor == 1 && !words.hyphen(end)) {
      if (!named.code.empty()) code = named.code;
      end = named.end;
    }
  } else {
    if (!number.known && words.is(from, kVague) && !words.is(end, kCurrency)) return found;
    const CurrencyPhrase named = read_currency(words, end, number);
    if (named.end == 0) return found;
    if (is_pound(words, named.end - 1) && named.end - 1 <= end + 1 && number.known && named.code == "GBP" &&
        !words.is(end, kCountry) && !pounds_are_money(words, from, number)) {
      return found;
    }
    code = named.code;
    number.value *= named.factor;
    number.max *= named.factor;
    end = named.end;
    // "3 dollars and 50 cents"
    if (named.factor == 1 && words.says(end, "and") && !number.range) {
      const Number cents = read_amount(words, end + 1);
      if (cents && cents.known && cents.value < 100 && words.is(cents.end, kCentPart)) {
        number.value += cents.value / 100;
        end = cents.end + 1;
      }
    }
  }
  found.tokens = {from, end};
  set_number(found, number, bound, 1, Value::Meaning::kMoney);
  found.unit = code;
  return found;
}

}  // namespace copydesk::values
