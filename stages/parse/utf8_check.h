// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/result.h"

namespace copydesk::parse {

/// The error for a text that is not UTF-8 (RFC 3629), saying at which byte; nothing where it is. `before` bytes
/// of the value come before `bytes`. Linear, by simdjson's vector code.
[[nodiscard]] std::optional<Error> check_utf8(std::string_view bytes, std::size_t before = 0);

/// `bytes` without the byte order mark of UTF-8 at its beginning.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view bytes) noexcept;

/// Byte offset of the first ill-formed sequence, or `bytes.size()`. Slower than check_utf8: for messages.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view bytes) noexcept;

}  // namespace copydesk::parse
