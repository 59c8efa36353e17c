// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stages/arena.h"

namespace copydesk::parse {

/// What may stand between the tokens of JSON (RFC 8259, section 2).
inline constexpr std::string_view kJsonSpace = " \t\n\r";

/// What stands between the quotes of a JSON string, escapes not yet undone. A view into the payload.
struct RawString {
  std::string_view bytes;
  bool escaped = false;  ///< holds at least one backslash
  bool present = false;  ///< false: the field is absent or null
};

enum class EscapeFault : std::uint8_t {
  kNone,
  kBadEscape,      ///< a backslash before something that JSON does not know, or before the end
  kLoneSurrogate,  ///< \uD800 to \uDFFF without its other half: no character, so no UTF-8
};

/// The first fault among a JSON string's escapes.
struct EscapeCheck {
  EscapeFault fault = EscapeFault::kNone;
  std::size_t offset = 0;  ///< of the faulty backslash in `bytes`; only with a fault
  bool escaped = false;
};

/// Checks every escape (RFC 8259, section 7) of what stands between a string's quotes. Linear; text without a
/// backslash costs one memchr.
[[nodiscard]] EscapeCheck check_escapes(std::string_view bytes) noexcept;

/// The string's characters: a view into the payload where nothing is escaped, else a copy in `arena`.
/// `string` has passed check_escapes().
[[nodiscard]] std::string_view unescape(RawString string, Arena& arena);

}  // namespace copydesk::parse
