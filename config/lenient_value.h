// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

/// What a person probably meant by a value that is not written as values are, for the advice in a message ("write
/// 1500ms"). Nothing is ever set from it.
namespace copydesk::config {

/// What is wrong with a text where a value of that type belongs, and what to write where that can be told. Without the
/// text itself.
[[nodiscard]] std::string not_a_bool(std::string_view text);
[[nodiscard]] std::string not_a_whole_number(std::string_view text, bool may_be_negative);
[[nodiscard]] std::string not_a_number(std::string_view text);
[[nodiscard]] std::string not_a_duration(std::string_view text);
[[nodiscard]] std::string not_a_size(std::string_view text);

}  // namespace copydesk::config
