// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::terminal {

/// Where a worker's HTTP port is.
struct WorkerAddress {
  std::string name;  ///< "desk-1:9464": as it was given, for people
  std::string url;   ///< "http://desk-1:9464/metrics"
  [[nodiscard]] bool encrypted() const { return url.starts_with("https:"); }
};

/// Reads "HOST:PORT", "HOST" (port 9464), "[IPv6]:PORT", "http://HOST:PORT" or "https://HOST:PORT", with or without
/// "/metrics" at its end. Nothing where it is none of these.
[[nodiscard]] std::optional<WorkerAddress> parse_worker_address(std::string_view text);

/// The address that reaches a worker on this machine whose `http.listen` is that: of all its addresses
/// ("0.0.0.0:9464") the loopback one.
[[nodiscard]] std::optional<WorkerAddress> address_of_listener(std::string_view listen, bool encrypted);

}  // namespace copydesk::terminal
