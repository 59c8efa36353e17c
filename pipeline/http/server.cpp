#include "pipeline/http/server.h"

#include <civetweb.h>
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <stdexcept>

namespace copydesk {

namespace {

constexpr std::uint32_t kPageThreads = 3;

/// Nothing from elsewhere, nothing inline but the styles that charts set; no framing.
constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cache-Control: no-store\r\n";

bool write_all(mg_connection* connection, std::string_view text) {
  return mg_write(connection, text.data(), text.size()) == static_cast<int>(text.size());
}

std::string_view status_text(int status) {
  switch (status) {
    case 200: return "OK";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 503: return "Service Unavailable";
    default: return "Error";
  }
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(std::string_view listen, Routes routes) : routes_(std::move(routes)) {
    mg_init_library(0);
    const std::string address(listen);
    const std::string threads = std::to_string(routes_.max_event_streams + kPageThreads);
    const std::array<const char*, 11> options{"listening_ports",
                                              address.c_str(),
                                              "num_threads",
                                              threads.c_str(),
                                              "enable_directory_listing",
                                              "no",
                                              "request_timeout_ms",
                                              "10000",
                                              "tcp_nodelay",
                                              "1",
                                              nullptr};
    mg_callbacks callbacks{};
    callbacks.log_message = [](const mg_connection*, const char*) { return 1; };  // clients' faults are not ours to log
    context_ = mg_start(&callbacks, this, const_cast<const char**>(options.data()));
    if (context_ == nullptr) {
      throw std::runtime_error(
          fmt::format("cannot listen on '{}': is the port taken, or the address not of this "
                      "machine? Choose another with --http, or --http off",
                      listen));
    }
    mg_set_request_handler(
        context_, "**",
        [](mg_connection* connection, void* self) { return static_cast<Impl*>(self)->serve(connection); }, this);
  }

  ~Impl() {
    stopping_ = true;
    mg_stop(context_);
    mg_exit_library();
  }

  [[nodiscard]] int port() const noexcept {
    mg_server_port port{};
    return mg_get_server_ports(context_, 1, &port) == 1 ? port.port : 0;
  }

 private:
  class Stream final : public EventStream {
   public:
    Stream(mg_connection* connection, const std::atomic<bool>& stopping)
        : connection_(connection), stopping_(stopping) {}
    bool send(std::string_view event, std::string_view data) override {
      text_.clear();
      fmt::format_to(std::back_inserter(text_), "event: {}\ndata: {}\n\n", event, data);
      return !stopping_ && write_all(connection_, {text_.data(), text_.size()});
    }
    bool keep_alive() override { return !stopping_ && write_all(connection_, ":\n\n"); }

   private:
    mg_connection* connection_;
    const std::atomic<bool>& stopping_;
    fmt::memory_buffer text_;
  };

  int serve(mg_connection* connection) {
    const mg_request_info* request = mg_get_request_info(connection);
    const std::string_view method = request->request_method;
    const std::string path = request->local_uri;
    const bool head = method == "HEAD";
    if (!head && method != "GET")
      return answer(connection, {405, "text/plain; charset=utf-8", "only GET and HEAD\n"}, head);
    if (const auto page = routes_.pages.find(path); page != routes_.pages.end()) {
      return answer(connection, page->second(), head);
    }
    if (const auto stream = routes_.event_streams.find(path); stream != routes_.event_streams.end()) {
      return serve_events(connection, stream->second);
    }
    return answer(connection, {404, "text/plain; charset=utf-8", "no such page\n"}, head);
  }

  int serve_events(mg_connection* connection, const std::function<void(EventStream&)>& handler) {
    if (streams_.fetch_add(1) >= routes_.max_event_streams) {
      --streams_;
      return answer(connection,
                    {503, "text/plain; charset=utf-8", "too many live pages are open: see http.max_event_streams\n"},
                    false);
    }
    const std::string head = fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}Connection: close\r\n\r\n", kSecurityHeaders);
    if (write_all(connection, head)) {
      Stream stream(connection, stopping_);
      handler(stream);
    }
    --streams_;
    return 200;
  }

  static int answer(mg_connection* connection, const HttpResponse& response, bool head_only) {
    std::string text =
        fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n", response.status,
                    status_text(response.status), response.content_type, response.body.size(), kSecurityHeaders);
    if (!head_only) text += response.body;
    write_all(connection, text);
    return response.status;
  }

  Routes routes_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint32_t> streams_{0};
  mg_context* context_ = nullptr;
};

HttpServer::HttpServer(std::string_view listen, Routes routes)
    : impl_(std::make_unique<Impl>(listen, std::move(routes))) {}
HttpServer::~HttpServer() = default;
int HttpServer::port() const noexcept {
  return impl_->port();
}

}  // namespace copydesk
