// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "stages/tag/tags.h"

namespace copydesk::tag {

/// The tag of a token without letters and digits: punctuation, or one of the few symbols with a part of speech.
/// A dash between numbers stands for "to".
[[nodiscard]] constexpr Tag punctuation_tag(std::string_view token, bool between_numbers) noexcept {
  if (token == "&") return Tag::kCC;
  if (token == "%") return Tag::kNN;
  if (token == "@") return Tag::kIN;
  constexpr std::string_view kSymbols = "$/+=<>#*~|\\^";
  if (token.size() == 1 && kSymbols.find(token[0]) != std::string_view::npos) return Tag::kSYM;
  constexpr std::string_view kCurrencies[] = {"£", "€", "¥", "₹", "₽", "₴", "₩", "₪", "°", "×", "±", "→", "§", "¢"};
  for (const std::string_view symbol : kCurrencies) {
    if (token == symbol) return Tag::kSYM;
  }
  if (between_numbers && (token == "-" || token == "–")) return Tag::kSYM;
  return Tag::kPunct;
}

}  // namespace copydesk::tag
