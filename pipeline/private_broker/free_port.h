// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace copydesk::private_broker {

/// A TCP port of 127.0.0.1 that nobody listens on now: `preferred` where that is free (0 = any). Another process may
/// take it before the caller does. Throws std::runtime_error where there is none.
[[nodiscard]] std::uint16_t free_port(std::uint16_t preferred = 0);

}  // namespace copydesk::private_broker
