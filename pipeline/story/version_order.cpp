// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/version_order.h"

#include <algorithm>

namespace copydesk::story {

namespace {

/// The digits without leading zeros; nothing where the text is no whole number.
std::optional<std::string_view> whole_number(std::string_view text) noexcept {
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  return text;
}

}  // namespace

std::partial_ordering operator<=>(const Version& a, const Version& b) noexcept {
  const auto number_a = whole_number(a.text);
  const auto number_b = whole_number(b.text);
  if (number_a && number_b) {
    const auto by_length = number_a->size() <=> number_b->size();
    return by_length != 0 ? by_length : *number_a <=> *number_b;
  }
  if (a.made_at && b.made_at && *a.made_at != *b.made_at) return *a.made_at <=> *b.made_at;
  if (!a.text.empty() && !b.text.empty()) return a.text <=> b.text;
  return std::partial_ordering::unordered;
}

}  // namespace copydesk::story
