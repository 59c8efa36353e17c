// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::terminal {

/// A text from outside as it may be shown on a terminal: no byte of it can move the cursor, change colours or the
/// title, answer a query, or turn the direction of what follows. Control characters (C0, DEL, C1), those that override
/// or isolate the direction of writing (Unicode's UAX #9), and bytes that are not UTF-8 become U+FFFD; tabs and the
/// ends of lines become blanks. So the result is UTF-8, and one line.
[[nodiscard]] std::string printable(std::string_view text);

/// The same of the first `most` bytes, with "…" where there are more.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most);

/// The same, with its ends of lines and its tabs.
[[nodiscard]] std::string printable_lines(std::string_view text);

/// How many code points a UTF-8 text has: its columns, but for characters that are wider or have no width.
[[nodiscard]] std::size_t columns(std::string_view text) noexcept;

/// The first `most` code points, the last of them "…" where that leaves something out; then blanks up to `least`.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t least, std::size_t most);

}  // namespace copydesk::terminal
