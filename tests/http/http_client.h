// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace copydesk::test {

/// One connection to a server on this machine, as plain as can be, so that tests see every byte.
class HttpConnection {
 public:
  /// Sends the request at once. Reads time out after five seconds.
  HttpConnection(int port, std::string_view method, std::string_view path,
                 std::string_view headers = "Host: localhost\r\n")
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("cannot connect");
    }
    std::string request(method);
    request.append(" ").append(path).append(" HTTP/1.1\r\n").append(headers).append("\r\n");
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      throw std::runtime_error("cannot send");
    }
  }
  ~HttpConnection() { ::close(socket_); }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  /// All that has come once `text` is in it, the server has closed, or nothing came for five seconds.
  const std::string& read_until(std::string_view text) {
    while (received_.find(text) == std::string::npos && read_some()) {
    }
    return received_;
  }
  /// All that comes until the server closes.
  const std::string& read_all() {
    while (read_some()) {
    }
    return received_;
  }

 private:
  bool read_some() {
    std::array<char, 16384> buffer{};
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got > 0) received_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  std::string received_;
};

struct Answer {
  int status = 0;
  std::string headers;
  std::string body;
};

inline Answer request(int port, std::string_view method, std::string_view path,
                      std::string_view headers = "Host: localhost\r\n") {
  HttpConnection connection(port, method, path, headers);
  const std::string& text = connection.read_all();
  const std::size_t blank = text.find("\r\n\r\n");
  if (blank == std::string::npos) return {};
  return {std::stoi(text.substr(text.find(' '))), text.substr(0, blank + 2), text.substr(blank + 4)};
}
inline Answer get(int port, std::string_view path) {
  return request(port, "GET", path);
}

}  // namespace copydesk::test
