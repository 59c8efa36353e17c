// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace copydesk::config {

/// The one of `known` that a person who typed `word` probably meant, or an empty view: the nearest by edits (insert,
/// delete, replace, swap neighbours; `-` and `_` count as equal), if it is near enough for its length.
[[nodiscard]] std::string_view closest(std::string_view word, std::span<const std::string> known);

}  // namespace copydesk::config
