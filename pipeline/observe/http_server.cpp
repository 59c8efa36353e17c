// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/http_server.h"

#include <civetweb.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

#include "pipeline/observe/tls_front.h"

namespace copydesk::observe {

namespace {

/// Beside the event streams: enough for a scrape, a probe and a page at the same time.
constexpr std::uint32_t kPageThreads = 3;

/// Only files of this server, nothing inline, no framing, and no way for a script to turn text into markup.
constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Cache-Control: no-store\r\n"
    "Connection: close\r\n";

constexpr std::chrono::milliseconds kWakeEvery{10};

/// Where the server itself listens behind a TlsFront.
constexpr std::string_view kInnerListen = "127.0.0.1:0";

constexpr std::string_view kChallenge = "WWW-Authenticate: Basic realm=\"copydesk\", charset=\"UTF-8\"\r\n";

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";

/// Where to reach a server that listens on "HOST:PORT" from this machine.
std::string reachable_host(std::string_view listen) {
  std::string host(listen.substr(0, std::min(listen.rfind(':'), listen.size())));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host.empty() || host == "0.0.0.0" || host == "::" || host == "+" ? "127.0.0.1" : host;
}

bool write_all(mg_connection* connection, std::string_view text) {
  return mg_write(connection, text.data(), text.size()) == static_cast<int>(text.size());
}

/// A header of the request, empty where it has none.
std::string_view header(const mg_connection* connection, const char* name) {
  const char* value = mg_get_header(connection, name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

std::string_view status_text(int status) {
  switch (status) {
    case 200: return "OK";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 421: return "Misdirected Request";
    case 503: return "Service Unavailable";
    default: return "Error";
  }
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(std::string_view listen, Routes routes, const HttpAccess& access, const TlsFiles& tls)
      : routes_(std::move(routes)), check_(access, listen) {
    mg_init_library(0);
    const bool secure = !tls.certificate.empty();
    const std::string address(secure ? kInnerListen : listen);
    host_ = reachable_host(address);
    const std::string threads = std::to_string(routes_.max_event_streams + kPageThreads);
    const std::array options{"listening_ports",
                             address.c_str(),
                             "num_threads",
                             threads.c_str(),
                             "enable_directory_listing",
                             "no",
                             "access_control_allow_methods",
                             "",
                             "request_timeout_ms",
                             "10000",
                             "tcp_nodelay",
                             "1",
                             static_cast<const char*>(nullptr)};
    mg_callbacks callbacks{};
    callbacks.log_message = [](const mg_connection*, const char*) { return 1; };  // clients' faults are not ours to log
    context_ = mg_start(&callbacks, this, const_cast<const char**>(options.data()));
    if (context_ == nullptr) {
      throw std::runtime_error(
          fmt::format("cannot listen on '{}': is the port taken, or the address not of this "
                      "machine? Choose another with --http, or --http off",
                      listen));
    }
    mg_server_port port{};
    if (mg_get_server_ports(context_, 1, &port) == 1) own_port_ = port.port;
    if (secure) {
      try {
        front_.emplace(listen, tls.certificate, tls.key, own_port_, routes_.max_event_streams + kPageThreads);
      } catch (...) {
        stop();
        throw;
      }
    }
    mg_set_request_handler(
        context_, "**",
        [](mg_connection* connection, void* self) { return static_cast<Impl*>(self)->serve(connection); }, this);
  }

  ~Impl() {
    stop_.request_stop();
    if (front_) front_->stop();
    stop();
  }

  [[nodiscard]] int port() const noexcept { return front_ ? front_->port() : own_port_; }

 private:
  void stop() {
    // civetweb looks for its stop only every two seconds, or when somebody connects.
    const std::jthread waker([this](const std::stop_token& stopped) {
      while (!stopped.stop_requested()) {
        std::this_thread::sleep_for(kWakeEvery);
        char error[64];
        mg_connection* visit = mg_connect_client(host_.c_str(), own_port_, 0, error, sizeof error);
        if (visit != nullptr) mg_close_connection(visit);
      }
    });
    mg_stop(context_);
    mg_exit_library();
  }

  class Stream final : public EventStream {
   public:
    Stream(mg_connection* connection, std::stop_token stop) : connection_(connection), stop_(std::move(stop)) {}
    bool send(std::string_view event, std::string_view data) override {
      text_.clear();
      fmt::format_to(std::back_inserter(text_), "event: {}\ndata: {}\n\n", event, data);
      return !stop_.stop_requested() && write_all(connection_, {text_.data(), text_.size()});
    }
    [[nodiscard]] std::stop_token stop_token() const override { return stop_; }

   private:
    mg_connection* connection_;
    std::stop_token stop_;
    fmt::memory_buffer text_;
  };

  /// One of the few places for event streams, held while it lives.
  class Place {
   public:
    Place(std::atomic<std::uint32_t>& used, std::uint32_t limit) : used_(used), taken_(used.fetch_add(1) < limit) {}
    ~Place() { --used_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool taken() const noexcept { return taken_; }

   private:
    std::atomic<std::uint32_t>& used_;
    bool taken_;
  };

  int serve(mg_connection* connection) {
    const mg_request_info* request = mg_get_request_info(connection);
    const std::string_view method = request->request_method;
    const std::string path = request->local_uri;
    const bool head = method == "HEAD";
    if (front_ && !front_->owns(request->remote_port)) {
      return answer(connection, {403, std::string(kPlainText), "only through TLS\n"}, head);
    }
    switch (check_.decide(path, header(connection, "Host"), header(connection, "Authorization"))) {
      case AccessCheck::Answer::kYes: break;
      case AccessCheck::Answer::kUnknownHost:
        return answer(connection,
                      {421, std::string(kPlainText), "not known under this name: see http.hosts in the settings\n"},
                      head);
      case AccessCheck::Answer::kUnauthorized:
        return answer(connection, {401, std::string(kPlainText), "user name and password, please\n"}, head, kChallenge);
    }
    if (!head && method != "GET") {
      return answer(connection, {405, std::string(kPlainText), "only GET and HEAD\n"}, head, "Allow: GET, HEAD\r\n");
    }
    if (const auto page = routes_.pages.find(path); page != routes_.pages.end()) {
      return answer(connection, page->second(), head);
    }
    if (const auto stream = routes_.event_streams.find(path); stream != routes_.event_streams.end()) {
      return serve_events(connection, stream->second, head);
    }
    return answer(connection, {404, std::string(kPlainText), "no such page\n"}, head);
  }

  int serve_events(mg_connection* connection, const std::function<void(EventStream&)>& handler, bool head) {
    const Place place(streams_, routes_.max_event_streams);
    if (!place.taken()) {
      return answer(connection,
                    {503, std::string(kPlainText), "too many live pages are open: see http.max_event_streams\n"}, head);
    }
    const std::string start =
        fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}\r\n", kSecurityHeaders);
    if (write_all(connection, start) && !head) {
      Stream stream(connection, stop_.get_token());
      if (write_all(connection, "retry: 2000\n\n")) handler(stream);
    }
    return 200;
  }

  static int answer(mg_connection* connection, const HttpResponse& response, bool head_only,
                    std::string_view more_headers = "") {
    std::string text = fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}{}\r\n",
                                   response.status, status_text(response.status), response.content_type,
                                   response.body.size(), kSecurityHeaders, more_headers);
    if (!head_only) text += response.body;
    write_all(connection, text);
    return response.status;
  }

  Routes routes_;
  const AccessCheck check_;
  std::string host_;
  int own_port_ = 0;
  std::stop_source stop_;
  std::atomic<std::uint32_t> streams_{0};
  mg_context* context_ = nullptr;
  std::optional<TlsFront> front_;  ///< set before the first request is answered
};

HttpServer::HttpServer(std::string_view listen, Routes routes, const HttpAccess& access, const TlsFiles& tls)
    : impl_(std::make_unique<Impl>(listen, std::move(routes), access, tls)) {}
HttpServer::~HttpServer() = default;
int HttpServer::port() const noexcept {
  return impl_->port();
}

}  // namespace copydesk::observe
