// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::parse {

/// Of a Kafka key that is no text, so many bytes are written out; of a longer one half as many, and a hash.
inline constexpr std::size_t kLongestKeyInHex = 64;

/// Whether a Kafka key can stand in a record as it is: UTF-8 without control characters other than tab and the ends of
/// lines. Java's LongSerializer and the like make keys that are UTF-8 by chance, but hold NUL.
[[nodiscard]] bool is_text(std::string_view key) noexcept;

/// A Kafka key as text: itself where it is text; otherwise "key:" and its bytes in lower-case hexadecimal digits, those
/// of a key longer than kLongestKeyInHex as the first half of that, "-" and the XXH3 hash (128 bits, 32 digits) of all.
/// Always the same for the same key.
[[nodiscard]] std::string key_text(std::string_view key);

}  // namespace copydesk::parse
