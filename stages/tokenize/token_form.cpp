// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/token_form.h"

#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/code_points.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::tokenize {
namespace {

TokenForm non_ascii_form(std::string_view word) noexcept {
  bool letter = false;
  bool lower = false;
  bool upper = false;
  bool number = false;
  bool initial = false;
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint c = code_point_at(word, i);
    const CodePointKind kind = kind_of(c.value);
    initial = initial || (kind == CodePointKind::kUpper && !letter);
    letter = letter || kind <= CodePointKind::kUpper;
    lower = lower || kind == CodePointKind::kLower;
    upper = upper || kind == CodePointKind::kUpper;
    number = number || kind == CodePointKind::kNumber;
    i += c.size;
  }
  const std::uint32_t flags = kNonAscii | flag_if(initial, kInitialUpper) | flag_if(lower, kHasLower) |
                              flag_if(upper && !lower, kAllUpper) | flag_if(number, kHasDigit) |
                              flag_if(!letter && !number, kPunctuation);
  return {hash_lower(word), static_cast<std::uint16_t>(flags)};
}

}  // namespace

TokenForm token_form(std::string_view text, std::uint32_t begin, std::uint32_t end) noexcept {
  namespace block = tokenize::block;
  std::uint64_t hash = hash_detail::kSeed;
  std::uint64_t small_bits = 0;
  std::uint64_t capital_bits = 0;
  std::uint64_t digit_bits = 0;
  std::uint64_t high_bits = 0;
  bool initial = false;
  for (std::uint32_t i = begin; i < end; i += 8) {
    const std::uint64_t mask = block::low_bytes(end - i);
    const std::uint64_t bytes = block::load(text, i) & mask;
    const std::uint64_t letters = block::letters(bytes);
    const std::uint64_t capitals = block::capitals(bytes, letters);
    if ((small_bits | capital_bits) == 0) initial = (capitals & (letters & (~letters + 1))) != 0;
    small_bits |= letters & ~capitals;
    capital_bits |= capitals;
    digit_bits |= block::digits(bytes);
    high_bits |= bytes & block::kHigh;
    hash = hash_detail::step(hash, block::lowered(bytes, capitals));
  }
  if (high_bits != 0) return non_ascii_form(text.substr(begin, end - begin));
  const bool letter = (small_bits | capital_bits) != 0;
  const bool digit = digit_bits != 0;
  const std::uint32_t flags = flag_if(initial, kInitialUpper) | flag_if(small_bits != 0, kHasLower) |
                              flag_if(letter && small_bits == 0, kAllUpper) | flag_if(digit, kHasDigit) |
                              flag_if(digit && !letter, kNumeric) | flag_if(!digit && !letter, kPunctuation);
  return {hash_detail::finish(hash), static_cast<std::uint16_t>(flags)};
}

}  // namespace copydesk::tokenize
