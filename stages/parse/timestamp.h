// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

#include "stages/parse/article.h"

namespace copydesk::parse {

/// Reads a point of time in RFC 3339 or in one of the ISO 8601 forms that wires send: date alone (midnight UTC),
/// without seconds, with a fraction (dropped), basic format ("20260302T091500Z"), zone "Z", "+02:00", "+0200", "+02" or
/// none (taken as UTC). Nothing where the text is no such time.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

}  // namespace copydesk::parse
