// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// THE table of what a desk may say of those properties of librdkafka that Copydesk rests on. The settings' check and
/// the clients both ask it, so that nothing passes the one and is refused by the other. It knows no librdkafka.
namespace copydesk::settings {

struct ReservedProperty {
  enum class Rule : std::uint8_t {
    kOneOf,   ///< may be given, with one of `values`; a number or word of its own, without regard to case
    kAtMost,  ///< a whole number from 1 to values[0]
    kSetBy,   ///< has a setting of its own, `text`
    kRemove,  ///< may not be given at all
  };

  std::string_view name;  ///< as librdkafka's CONFIGURATION.md has it; each alias has a row of its own
  Rule rule = Rule::kRemove;
  std::array<std::string_view, 3> values = {};  ///< the first is the one to be shown
  std::string_view text;                        ///< why; for kSetBy the setting ("kafka.group")
};

/// Every row; sources are librdkafka's CONFIGURATION.md (2.0 to 2.12) and what pipeline/kafka does with its clients.
[[nodiscard]] std::span<const ReservedProperty> reserved_properties() noexcept;

/// The property's row, or nullptr.
[[nodiscard]] const ReservedProperty* reserved_property(std::string_view name) noexcept;

/// What is wrong with giving this property this value, without the value itself ("must be all: …"). Nothing where it is
/// allowed, or is no property of the table.
[[nodiscard]] std::optional<std::string> reserved_property_problem(std::string_view name, std::string_view value);

}  // namespace copydesk::settings
