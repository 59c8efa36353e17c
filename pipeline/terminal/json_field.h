// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <simdjson.h>

#include <cstdint>
#include <string_view>

namespace copydesk::terminal {

/// Members of a parsed JSON object; empty, 0 or false where `key` is missing or is something else. Texts live as long
/// as what the parser read last.
[[nodiscard]] inline std::string_view text_of(const simdjson::dom::element& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

[[nodiscard]] inline std::uint64_t number_of(const simdjson::dom::element& object, std::string_view key) {
  std::uint64_t number = 0;
  return object[key].get(number) == simdjson::SUCCESS ? number : 0;
}

[[nodiscard]] inline bool flag_of(const simdjson::dom::element& object, std::string_view key) {
  bool flag = false;
  return object[key].get(flag) == simdjson::SUCCESS && flag;
}

}  // namespace copydesk::terminal
