// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/system/file_descriptor.h"
#include "pipeline/system/loopback.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// What one direction of a connection may hold back; past it the sender's own window fills, as on a real slow line.
constexpr std::size_t kMostHeld = 256 * 1024;
constexpr auto kIdle = 1000ms;

class Socket : public system::FileDescriptor {
 public:
  using system::FileDescriptor::FileDescriptor;
  /// Closing sends a reset instead of an orderly end.
  void reset_at_close() const noexcept {
    const linger hard{1, 0};
    setsockopt(get(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  }
};

/// One direction of a connection.
struct Flow {
  struct Chunk {
    Clock::time_point due;
    std::string bytes;
  };
  std::deque<Chunk> chunks;
  std::size_t held = 0;
  double allowance = 0;  // bytes that a narrow line lets through now
  Clock::time_point counted = Clock::now();
  bool ended = false;  // the sender has closed
};

struct Connection {
  Connection(int client_descriptor, int broker_descriptor) : client(client_descriptor), broker(broker_descriptor) {}
  Socket client;
  Socket broker;
  Flow up;    // client to broker
  Flow down;  // broker to client
  bool broken = false;
};

}  // namespace

class Proxy::Impl {
 public:
  explicit Impl(std::uint16_t upstream_port)
      : upstream_port_(upstream_port),
        listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
        wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    sockaddr_in address = system::loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        listen(listener_.get(), SOMAXCONN) != 0 ||
        getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      throw std::runtime_error(std::string("no port for a proxy: ") + std::strerror(errno));
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    stop_ = true;
    notify();
    thread_.join();
  }

  void set(const Weather& weather) {
    {
      const std::lock_guard lock(mutex_);
      weather_ = weather;
    }
    notify();
  }

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  void notify() const noexcept {
    const std::uint64_t one = 1;
    static_cast<void>(!write(wake_.get(), &one, sizeof one));
  }

  [[nodiscard]] Weather now() {
    const std::lock_guard lock(mutex_);
    return weather_;
  }

  void run() {
    std::vector<pollfd> events;
    while (!stop_) {
      const Weather weather = now();
      if (weather.line == Weather::Line::kCut) {
        for (auto& connection : connections_) break_off(connection);
      }
      auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(kIdle);
      for (auto& connection : connections_) {
        if (weather.line != Weather::Line::kUp) continue;
        wait = std::min(wait, move(connection, connection.client.get(), connection.broker.get(), connection.up,
                                   weather.delay_ms, weather.upload_bytes_per_second));
        wait = std::min(wait, move(connection, connection.broker.get(), connection.client.get(), connection.down,
                                   weather.delay_ms, 0));
      }
      connections_.remove_if([](const Connection& connection) { return connection.broken; });

      events.assign({pollfd{wake_.get(), POLLIN, 0}, pollfd{listener_.get(), POLLIN, 0}});
      if (weather.line == Weather::Line::kUp) {
        for (const auto& connection : connections_) {
          events.push_back(interest(connection.client.get(), connection.up, connection.down));
          events.push_back(interest(connection.broker.get(), connection.down, connection.up));
        }
      }
      poll(events.data(), events.size(), static_cast<int>(wait.count()));
      std::uint64_t ignored = 0;
      while (read(wake_.get(), &ignored, sizeof ignored) > 0) {
      }
      if ((events[1].revents & POLLIN) != 0) accept_all(now().line);
    }
  }

  /// Reading what comes, and writing what is due and did not fit.
  static pollfd interest(int descriptor, const Flow& from, const Flow& to) {
    pollfd event{descriptor, 0, 0};
    if (!from.ended && from.held < kMostHeld) event.events |= POLLIN;
    if (!to.chunks.empty() && to.chunks.front().due <= Clock::now() && to.allowance >= 1) event.events |= POLLOUT;
    if (event.events == 0) event.fd = -1;  // else an error of the other side would be reported for ever
    return event;
  }

  void accept_all(Weather::Line line) {
    for (;;) {
      const int client = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (client < 0) return;
      const int broker = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      auto& connection = connections_.emplace_back(client, broker);
      const sockaddr_in address = system::loopback(upstream_port_);
      const bool refused =
          broker < 0 || (connect(broker, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
                         errno != EINPROGRESS);  // a frozen broker lets one wait
      if (line == Weather::Line::kCut || refused) {
        break_off(connection);
        continue;
      }
      const int yes = 1;
      setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      setsockopt(broker, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
  }

  static void break_off(Connection& connection) {
    connection.client.reset_at_close();
    connection.broker.reset_at_close();
    connection.broken = true;
  }

  /// Reads from one side and writes what is due to the other; how long until more is due.
  std::chrono::milliseconds move(Connection& connection, int from, int to, Flow& flow, int delay_ms, int rate) {
    const auto now = Clock::now();
    while (!flow.ended && flow.held < kMostHeld) {
      std::array<char, 65536> part{};
      const ssize_t got = recv(from, part.data(), part.size(), 0);
      if (got > 0) {
        flow.chunks.push_back(
            {now + std::chrono::milliseconds(delay_ms), std::string(part.data(), static_cast<std::size_t>(got))});
        flow.held += static_cast<std::size_t>(got);
        continue;
      }
      if (got == 0) flow.ended = true;
      if (got < 0 && errno != EAGAIN && errno != EINTR) break_off(connection);
      break;
    }
    if (rate > 0) {
      // A tenth of a second's worth may come at once.
      const double seconds = std::chrono::duration<double>(now - flow.counted).count();
      flow.allowance = std::min(flow.allowance + seconds * rate, std::max(1.0, rate / 10.0));
    } else {
      flow.allowance = static_cast<double>(2 * kMostHeld);
    }
    flow.counted = now;
    while (!flow.chunks.empty() && flow.chunks.front().due <= now && flow.allowance >= 1) {
      Flow::Chunk& chunk = flow.chunks.front();
      const std::size_t part = std::min(chunk.bytes.size(), static_cast<std::size_t>(flow.allowance));
      const ssize_t sent = send(to, chunk.bytes.data(), part, MSG_NOSIGNAL);
      if (sent < 0) {
        if (errno != EAGAIN && errno != EINTR) break_off(connection);
        break;
      }
      const auto count = static_cast<std::size_t>(sent);
      flow.allowance -= static_cast<double>(count);
      flow.held -= count;
      bytes_ += count;
      if (count == chunk.bytes.size()) {
        flow.chunks.pop_front();
      } else {
        chunk.bytes.erase(0, count);
      }
    }
    if (flow.ended && flow.chunks.empty()) connection.broken = true;
    if (flow.chunks.empty()) return kIdle;
    if (flow.chunks.front().due > now) {
      return std::chrono::duration_cast<std::chrono::milliseconds>(flow.chunks.front().due - now) + 1ms;
    }
    return rate > 0 ? 20ms : kIdle;  // else poll() tells when there is room again
  }

  const std::uint16_t upstream_port_;
  const Socket listener_;
  const Socket wake_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  Weather weather_;
  std::list<Connection> connections_;
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::thread thread_;
};

Proxy::Proxy(std::uint16_t upstream_port) : impl_(std::make_unique<Impl>(upstream_port)) {}
Proxy::~Proxy() = default;
std::uint16_t Proxy::port() const noexcept {
  return impl_->port();
}
void Proxy::set(const Weather& weather) {
  impl_->set(weather);
}
std::uint64_t Proxy::bytes() const noexcept {
  return impl_->bytes();
}

}  // namespace copydesk::chaos
