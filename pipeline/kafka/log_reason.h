// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace copydesk::kafka {

/// What a log message of librdkafka has in common with those of the same fault, for LogThrottle: without thread,
/// client, numbers (ports, offsets, times) and how many it has left out itself. A failed connection, of which it speaks
/// twice (FAIL, then ERROR), is one.
[[nodiscard]] std::string log_reason(std::string_view facility, std::string_view message);

/// True for what is usual and ends by itself: a producer asks for its id while the broker's coordinator still loads, as
/// after each start of a broker and at the first transaction ever, and asks again.
[[nodiscard]] bool log_may_pass(std::string_view facility, std::string_view message);

}  // namespace copydesk::kafka
