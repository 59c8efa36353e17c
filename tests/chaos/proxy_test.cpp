// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/proxy.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "pipeline/system/loopback.h"

namespace copydesk::chaos {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

bool readable(int descriptor, std::chrono::milliseconds limit) {
  pollfd event{descriptor, POLLIN, 0};
  return poll(&event, 1, static_cast<int>(limit.count())) == 1;
}

/// Sends back what comes, on one connection at a time.
class Echo {
 public:
  Echo() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = system::loopback(0);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 5), 0);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      while (!stop_) {
        if (!readable(listener_, 20ms)) continue;
        const int client = accept(listener_, nullptr, nullptr);
        std::array<char, 65536> part{};
        while (!stop_) {
          if (!readable(client, 20ms)) continue;
          const ssize_t got = recv(client, part.data(), part.size(), 0);
          if (got <= 0) break;
          send(client, part.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
        }
        close(client);
      }
    });
  }
  ~Echo() {
    stop_ = true;
    thread_.join();
    close(listener_);
  }
  Echo(const Echo&) = delete;
  Echo& operator=(const Echo&) = delete;
  std::uint16_t port = 0;

 private:
  int listener_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address = system::loopback(port);
    EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void say(const std::string& words) const { send(socket_, words.data(), words.size(), MSG_NOSIGNAL); }
  /// So many bytes; fewer where the connection ends.
  [[nodiscard]] std::string hear(std::size_t size) const {
    std::string heard;
    std::array<char, 65536> part{};
    while (heard.size() < size && readable(socket_, 60s)) {
      const ssize_t got = recv(socket_, part.data(), part.size(), 0);
      if (got <= 0) break;
      heard.append(part.data(), static_cast<std::size_t>(got));
    }
    return heard;
  }
  [[nodiscard]] bool hears_within(std::chrono::milliseconds limit) const { return readable(socket_, limit); }

 private:
  int socket_;
};

TEST(Proxy, PassesOnWhatComesInBothDirections) {
  const Echo echo;
  const Proxy proxy(echo.port);
  const Client client(proxy.port());
  std::string words(1'000'000, 'x');
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = static_cast<char>('a' + i % 23);
  std::thread speaker([&] { client.say(words); });
  EXPECT_EQ(client.hear(words.size()), words);
  speaker.join();
  EXPECT_EQ(proxy.bytes(), 2 * words.size());
}

TEST(Proxy, KeepsTheBytesOfASilentLineUntilItIsUpAgain) {
  const Echo echo;
  Proxy proxy(echo.port);
  const Client client(proxy.port());
  client.say("one");
  EXPECT_EQ(client.hear(3), "one");
  proxy.set({.line = Weather::Line::kSilent});
  std::this_thread::sleep_for(50ms);
  client.say("two");
  EXPECT_FALSE(client.hears_within(300ms));
  proxy.set({});
  EXPECT_EQ(client.hear(3), "two");
}

TEST(Proxy, BreaksConnectionsOffAndRefusesNewOnesWhileCut) {
  const Echo echo;
  Proxy proxy(echo.port);
  const Client before(proxy.port());
  before.say("one");
  EXPECT_EQ(before.hear(3), "one");
  proxy.set({.line = Weather::Line::kCut});
  EXPECT_EQ(before.hear(1), "");
  const Client during(proxy.port());
  EXPECT_EQ(during.hear(1), "");
  proxy.set({});
  const Client after(proxy.port());
  after.say("two");
  EXPECT_EQ(after.hear(3), "two");
}

TEST(Proxy, DelaysAndNarrowsAtLeastAsMuchAsItIsTold) {
  const Echo echo;
  Proxy proxy(echo.port);
  const Client client(proxy.port());
  proxy.set({.delay_ms = 100});
  auto begin = Clock::now();
  client.say("one");
  EXPECT_EQ(client.hear(3), "one");
  EXPECT_GE(Clock::now() - begin, 200ms);
  proxy.set({.upload_bytes_per_second = 20'000});
  begin = Clock::now();
  const std::string words(10'000, 'x');
  client.say(words);
  EXPECT_EQ(client.hear(words.size()), words);
  EXPECT_GE(Clock::now() - begin, 300ms) << "10 kB at 20 kB/s, a tenth of a second's worth at once";
}

TEST(Proxy, BreaksOffWhereNobodyListens) {
  std::uint16_t port = 0;
  {
    const Echo gone;
    port = gone.port;
  }
  const Proxy proxy(port);
  const Client client(proxy.port());
  EXPECT_EQ(client.hear(1), "");
}

}  // namespace
}  // namespace copydesk::chaos
