// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::observe {

/// Why a certificate and its key cannot serve TLS, with what to do, as the constructor below would say it.
struct TlsProblem {
  std::string message;
  bool about_key = false;
};
[[nodiscard]] std::optional<TlsProblem> tls_problem(const std::filesystem::path& certificate,
                                                    const std::filesystem::path& key);

/// Accepts TLS connections (1.2 or newer) and passes what they say on to a plain server on this machine, which owns the
/// protocol. It exists because Debian 12's civetweb cannot load OpenSSL 3. Holds one thread a connection, and so limits
/// their number.
class TlsFront {
 public:
  /// Listens on "HOST:PORT" (port 0 takes a free one) and connects to 127.0.0.1:`inner_port`. `certificate`: PEM, the
  /// server's first, then its chain; `key`: PEM. Throws std::runtime_error with what to do where one cannot be used.
  TlsFront(std::string_view listen, const std::filesystem::path& certificate, const std::filesystem::path& key,
           int inner_port, std::uint32_t max_connections);
  ~TlsFront();
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;

  [[nodiscard]] int port() const noexcept;

  /// Accepts nothing more and cuts every connection. Not from several threads at once; may be called again.
  void stop();

  /// True where a connection to the inner server that comes from `port` of this machine is one of this front: others
  /// would go round TLS.
  [[nodiscard]] bool owns(int port) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::observe
