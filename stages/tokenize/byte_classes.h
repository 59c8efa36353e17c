// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace copydesk::tokenize {

/// What a token that starts with this byte can be.
enum class ByteClass : std::uint8_t {
  kSpace,  ///< blank, tab, control
  kLineBreak,
  kLetter,
  kDigit,
  kSingle,  ///< always a token of its own: , ( ) [ ] { } % ^ |
  kSemicolon,
  kRepeated,  ///< equal ones form one token: - * = ~ _ < > \ /
  kTerminal,  ///< ! ?
  kPeriod,
  kQuote,       ///< "
  kApostrophe,  ///< '
  kBacktick,    ///< `
  kColon,
  kHash,
  kAt,
  kPlus,
  kDollar,
  kAmpersand,
  kHigh,  ///< first byte of a character beyond ASCII
};

inline constexpr auto kByteClasses = [] {
  std::array<ByteClass, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    classes[c] = c <= ' ' || c == 0x7F ? ByteClass::kSpace : c >= 0x80 ? ByteClass::kHigh : ByteClass::kSingle;
    if ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z' && c < 0x80) classes[c] = ByteClass::kLetter;
    if (c >= '0' && c <= '9') classes[c] = ByteClass::kDigit;
  }
  for (const char c : std::string_view("\n\r\v\f")) classes[static_cast<unsigned char>(c)] = ByteClass::kLineBreak;
  for (const char c : std::string_view("-*=~_<>\\/")) classes[static_cast<unsigned char>(c)] = ByteClass::kRepeated;
  classes['!'] = classes['?'] = ByteClass::kTerminal;
  classes[';'] = ByteClass::kSemicolon;
  classes['.'] = ByteClass::kPeriod;
  classes['"'] = ByteClass::kQuote;
  classes['\''] = ByteClass::kApostrophe;
  classes['`'] = ByteClass::kBacktick;
  classes[':'] = ByteClass::kColon;
  classes['#'] = ByteClass::kHash;
  classes['@'] = ByteClass::kAt;
  classes['+'] = ByteClass::kPlus;
  classes['$'] = ByteClass::kDollar;
  classes['&'] = ByteClass::kAmpersand;
  return classes;
}();

[[nodiscard]] constexpr ByteClass class_of(char c) noexcept {
  return kByteClasses[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return class_of(c) == ByteClass::kLetter;
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return class_of(c) == ByteClass::kDigit;
}
[[nodiscard]] constexpr bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_blank(char c) noexcept {
  return class_of(c) == ByteClass::kSpace || class_of(c) == ByteClass::kLineBreak;
}
[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c + 32) : c;
}

/// True where a run of ASCII letters that this byte follows is a whole token, whatever comes then.
inline constexpr auto kEndsWord = [] {
  std::array<bool, 256> ends{};
  for (unsigned c = 0; c < 128; ++c)
    ends[c] = kByteClasses[c] != ByteClass::kLetter && kByteClasses[c] != ByteClass::kDigit;
  for (const char c : std::string_view("'-.@_&/:*$(")) ends[static_cast<unsigned char>(c)] = false;
  return ends;
}();

/// Eight bytes of text at once, the first one lowest; each predicate sets the top bit of the bytes it holds for.
namespace block {
inline constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
inline constexpr std::uint64_t kHigh = 0x8080808080808080ULL;

/// Bytes from..from+7 of the text, with zeros past its end.
[[nodiscard]] inline std::uint64_t load(std::string_view text, std::size_t from) noexcept {
  std::uint64_t bytes = 0;
  if (from + 8 <= text.size()) {
    std::memcpy(&bytes, text.data() + from, 8);
  } else if (from < text.size()) {
    std::memcpy(&bytes, text.data() + from, text.size() - from);
  }
  return bytes;
}
[[nodiscard]] constexpr std::uint64_t in_range(std::uint64_t seven_bits, unsigned char first, unsigned char last) {
  const std::uint64_t from = seven_bits + kOnes * (0x80U - first);
  const std::uint64_t past = seven_bits + kOnes * (0x7FU - last);
  return from & ~past & kHigh;
}
[[nodiscard]] constexpr std::uint64_t letters(std::uint64_t bytes) noexcept {
  return in_range((bytes | kOnes * 0x20U) & ~kHigh, 'a', 'z') & ~bytes;
}
[[nodiscard]] constexpr std::uint64_t digits(std::uint64_t bytes) noexcept {
  return in_range(bytes & ~kHigh, '0', '9') & ~bytes;
}
/// Which of `letter_bits` are capital: bit 5 is clear.
[[nodiscard]] constexpr std::uint64_t capitals(std::uint64_t bytes, std::uint64_t letter_bits) noexcept {
  return letter_bits & ~(bytes << 2U);
}
[[nodiscard]] constexpr std::uint64_t lowered(std::uint64_t bytes, std::uint64_t capital_bits) noexcept {
  return bytes | capital_bits >> 2U;
}
/// The low `count` (0 to 8) bytes set.
[[nodiscard]] constexpr std::uint64_t low_bytes(unsigned count) noexcept {
  return count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1;
}
}  // namespace block

}  // namespace copydesk::tokenize
