// SPDX-License-Identifier: Apache-2.0
#pragma once

// A TCP proxy before one broker, for what happens to a network: delay, a narrow line, cuts, silence.

#include <cstdint>
#include <memory>

namespace copydesk::chaos {

/// What a line does to the bytes of every connection that goes over it.
struct Weather {
  enum class Line : std::uint8_t {
    kUp,
    kCut,     ///< connections are reset and new ones refused
    kSilent,  ///< connections stay open, and nothing arrives any more
  };
  Line line = Line::kUp;
  int delay_ms = 0;  ///< added in each direction
  /// Bytes per second from each client to the broker; 0 = as fast as they come. What a broker answers is not slowed, so
  /// producers suffer and consumers hardly do.
  int upload_bytes_per_second = 0;
};

/// Listens on a free port of 127.0.0.1 from construction to destruction. All calls may come from any thread.
class Proxy {
 public:
  /// Throws std::runtime_error where no port can be had.
  explicit Proxy(std::uint16_t upstream_port);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  void set(const Weather& weather);
  /// Bytes passed on since the start, both directions.
  [[nodiscard]] std::uint64_t bytes() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::chaos
