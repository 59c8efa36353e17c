// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/tls_front.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <list>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include "pipeline/system/file_descriptor.h"

namespace copydesk::observe {

namespace {

/// A client that is silent in the middle of something, or takes nothing, is cut off.
constexpr timeval kPatience{.tv_sec = 10, .tv_usec = 0};
constexpr int kLookForStopMs = 100;
constexpr std::size_t kBufferBytes = 16 * 1024;  // a TLS record

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Deleter<SSL_free>>;
using Addresses = std::unique_ptr<addrinfo, Deleter<freeaddrinfo>>;

std::string openssl_reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return reason == nullptr ? "no reason given" : reason;
}

/// About the key, where the certificate is in order.
class KeyRefused : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

Context make_context(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr) throw std::runtime_error("TLS cannot be set up: " + openssl_reason());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);  // a record without data must not make a read wait for one
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  // A key under a password would be asked for on the terminal.
  SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; });
  const auto refusal = [](const std::filesystem::path& file, const char* setting, const char* what) {
    return fmt::format("cannot use '{}' of `{}` ({}): name a PEM file that this user may read, {}", file.string(),
                       setting, openssl_reason(), what);
  };
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
    throw std::runtime_error(refusal(certificate, "http.tls.certificate", "with the server's certificate first"));
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    throw KeyRefused(refusal(key, "http.tls.key", "with the certificate's own key, without a password"));
  }
  return context;
}

int listen_on(std::string_view listen) {
  const std::size_t colon = listen.rfind(':');
  std::string host(listen.substr(0, std::min(colon, listen.size())));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string port(colon == std::string_view::npos ? "" : listen.substr(colon + 1));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) == 0) {
    const Addresses addresses(found);
    for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
      const int socket = ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
      if (socket < 0) continue;
      const int on = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      if (::bind(socket, address->ai_addr, address->ai_addrlen) == 0 && ::listen(socket, SOMAXCONN) == 0) return socket;
      ::close(socket);
    }
  }
  throw std::runtime_error(
      fmt::format("cannot listen on '{}': is the port taken, or the address not of this "
                  "machine? Choose another with --http, or --http off",
                  listen));
}

int local_port(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

void set_patience(int socket) {
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// OpenSSL writes to sockets without MSG_NOSIGNAL.
void block_sigpipe() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

bool send_all(int socket, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

std::optional<TlsProblem> tls_problem(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  try {
    static_cast<void>(make_context(certificate, key));
  } catch (const KeyRefused& refused) {
    return TlsProblem{refused.what(), true};
  } catch (const std::runtime_error& refused) {
    return TlsProblem{refused.what(), false};
  }
  return std::nullopt;
}

class TlsFront::Impl {
 public:
  Impl(std::string_view listen, const std::filesystem::path& certificate, const std::filesystem::path& key,
       int inner_port, std::uint32_t max_connections)
      : context_(make_context(certificate, key)),
        listener_(listen_on(listen)),
        port_(local_port(listener_.get())),
        inner_port_(inner_port),
        max_connections_(max_connections),
        acceptor_([this](const std::stop_token& stop) { accept(stop); }) {}

  ~Impl() { stop(); }

  void stop() {
    acceptor_.request_stop();
    if (acceptor_.joinable()) acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : clients_) ::shutdown(socket, SHUT_RDWR);
    }
    connections_.clear();  // joins
  }

  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] bool owns(int port) const {
    const std::lock_guard lock(mutex_);
    return inner_ports_.contains(port);
  }

 private:
  struct Connection {
    std::atomic<bool> over{false};
    std::jthread thread;  // last: it uses the other
  };

  void accept(const std::stop_token& stop) {
    block_sigpipe();
    while (!stop.stop_requested()) {
      connections_.remove_if([](const Connection& connection) { return connection.over.load(); });
      pollfd waiting{listener_.get(), POLLIN, 0};
      if (::poll(&waiting, 1, kLookForStopMs) != 1) continue;
      const int client = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      if (connections_.size() >= max_connections_) {
        ::close(client);
        continue;
      }
      {
        const std::lock_guard lock(mutex_);
        clients_.insert(client);
      }
      Connection& connection = connections_.emplace_back();
      connection.thread = std::jthread([this, client, &connection](const std::stop_token& stopped) {
        block_sigpipe();
        serve(client, stopped);
        {
          const std::lock_guard lock(mutex_);
          clients_.erase(client);
        }
        ::close(client);
        connection.over = true;
      });
    }
  }

  void serve(int client, const std::stop_token& stop) {
    set_patience(client);
    const Session session(SSL_new(context_.get()));
    if (session == nullptr || SSL_set_fd(session.get(), client) != 1 || SSL_accept(session.get()) != 1) {
      ERR_clear_error();
      return;
    }
    const system::FileDescriptor inner(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    set_patience(inner.get());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(inner_port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(inner.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
    const int own_port = local_port(inner.get());
    {
      const std::lock_guard lock(mutex_);
      inner_ports_.insert(own_port);
    }
    pass_on(session.get(), client, inner.get(), stop);
    {
      const std::lock_guard lock(mutex_);
      inner_ports_.erase(own_port);
    }
    SSL_shutdown(session.get());
    ERR_clear_error();
  }

  /// Both ways, until either side has ended.
  static void pass_on(SSL* session, int client, int inner, const std::stop_token& stop) {
    std::array<char, kBufferBytes> buffer;
    while (!stop.stop_requested()) {
      std::array waiting{pollfd{client, POLLIN, 0}, pollfd{inner, POLLIN, 0}};
      const bool held = SSL_pending(session) > 0;
      if (::poll(waiting.data(), waiting.size(), held ? 0 : kLookForStopMs) < 0) return;
      if (held || waiting[0].revents != 0) {
        const int got = SSL_read(session, buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0 && SSL_get_error(session, got) == SSL_ERROR_WANT_READ) continue;
        if (got <= 0) return;
        if (!send_all(inner, buffer.data(), static_cast<std::size_t>(got))) return;
      }
      if (waiting[1].revents != 0) {
        const ssize_t got = ::recv(inner, buffer.data(), buffer.size(), 0);
        if (got <= 0) return;
        if (SSL_write(session, buffer.data(), static_cast<int>(got)) <= 0) return;
      }
    }
  }

  const Context context_;
  const system::FileDescriptor listener_;
  const int port_;
  const int inner_port_;
  const std::uint32_t max_connections_;
  mutable std::mutex mutex_;
  std::set<int> clients_;
  std::set<int> inner_ports_;
  std::list<Connection> connections_;  ///< of the acceptor's thread, until that has ended
  std::jthread acceptor_;              ///< last: it uses the others
};

TlsFront::TlsFront(std::string_view listen, const std::filesystem::path& certificate, const std::filesystem::path& key,
                   int inner_port, std::uint32_t max_connections)
    : impl_(std::make_unique<Impl>(listen, certificate, key, inner_port, max_connections)) {}
TlsFront::~TlsFront() = default;
int TlsFront::port() const noexcept {
  return impl_->port();
}
void TlsFront::stop() {
  impl_->stop();
}
bool TlsFront::owns(int port) const {
  return impl_->owns(port);
}

}  // namespace copydesk::observe
