// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "pipeline/observe/http_access.h"

namespace copydesk::observe {

/// PEM files of a server that speaks TLS; both empty: it does not.
struct TlsFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

/// One end of a stream of server-sent events (WHATWG HTML, section 9.2). Used by the thread that serves the client.
class EventStream {
 public:
  virtual ~EventStream() = default;
  /// False once the client has gone or the server stops. `event` and `data` hold no line break.
  virtual bool send(std::string_view event, std::string_view data) = 0;
  /// Stops when the server does; a handler that waits must wake up for it.
  [[nodiscard]] virtual std::stop_token stop_token() const = 0;
};

/// A small HTTP server for watching a worker: GET and HEAD of fixed paths. Every answer forbids framing, sniffing,
/// scripts that are not files of this server, and requests elsewhere. Handlers run on the server's threads and must be
/// thread-safe; one event stream holds a thread for as long as it lasts, so their number is limited.
class HttpServer {
 public:
  struct Routes {
    std::map<std::string, std::function<HttpResponse()>> pages;              ///< by path
    std::map<std::string, std::function<void(EventStream&)>> event_streams;  ///< by path; returns when `send` fails
    std::uint32_t max_event_streams = 8;                                     ///< further clients get 503
  };

  /// Listens on "HOST:PORT"; port 0 takes a free one. Throws std::runtime_error where it cannot.
  HttpServer(std::string_view listen, Routes routes, const HttpAccess& access = {}, const TlsFiles& tls = {});
  ~HttpServer();  ///< ends the event streams; waits for answers under way
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] int port() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace copydesk::observe
