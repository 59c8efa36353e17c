// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/code_points.h"

#include <algorithm>
#include <array>

namespace copydesk::tokenize {
namespace {

enum RangeKind : std::uint8_t {
  kLetter,
  kLower,
  kUpper,
  kNumber,
  kSpace,
  kPunct,
  kSymbol,  // as CodePointKind
  kEvenUpper,
  kOddUpper,  // capital and small letters in turn
};
struct Range {
  std::uint32_t first;
  std::uint32_t last;
  RangeKind kind;
};
constexpr Range kRanges[] = {
#include "stages/tokenize/code_point_ranges.inc"
};

constexpr CodePointKind resolve(RangeKind kind, std::uint32_t code_point) {
  if (kind == kEvenUpper) return code_point % 2 == 0 ? CodePointKind::kUpper : CodePointKind::kLower;
  if (kind == kOddUpper) return code_point % 2 == 1 ? CodePointKind::kUpper : CodePointKind::kLower;
  return static_cast<CodePointKind>(kind);
}

// Latin to general punctuation and currency directly; the rest is searched.
constexpr std::uint32_t kDirect = 0x2100;
constexpr auto kDirectKinds = [] {
  std::array<CodePointKind, kDirect> kinds{};
  for (std::uint32_t c = 0; c < 0x80; ++c) {
    kinds[c] = c <= ' ' || c == 0x7F  ? CodePointKind::kSpace
               : c >= '0' && c <= '9' ? CodePointKind::kNumber
               : c >= 'A' && c <= 'Z' ? CodePointKind::kUpper
               : c >= 'a' && c <= 'z' ? CodePointKind::kLower
                                      : CodePointKind::kPunct;
  }
  for (const Range& range : kRanges) {
    for (std::uint32_t c = range.first; c <= range.last && c < kDirect; ++c) kinds[c] = resolve(range.kind, c);
  }
  return kinds;
}();

}  // namespace

CodePointKind kind_of(char32_t code_point) noexcept {
  if (code_point < kDirect) return kDirectKinds[code_point];
  const auto* range = std::lower_bound(std::begin(kRanges), std::end(kRanges), code_point,
                                       [](const Range& r, char32_t c) { return r.last < c; });
  if (range == std::end(kRanges) || code_point < range->first) return CodePointKind::kLetter;
  return resolve(range->kind, code_point);
}

}  // namespace copydesk::tokenize
