// SPDX-License-Identifier: Apache-2.0
#include "pipeline/private_broker/free_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "pipeline/system/loopback.h"

namespace copydesk::private_broker {

std::uint16_t free_port(std::uint16_t preferred) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // As servers do: a port whose last connections linger is free.
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address = system::loopback(preferred);
  socklen_t size = sizeof address;
  const bool bound = socket >= 0 && bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  const int reason = errno;
  close(socket);
  if (bound) return ntohs(address.sin_port);
  if (preferred != 0) return free_port(0);
  throw std::runtime_error(std::string("no free port on 127.0.0.1: ") + std::strerror(reason));
}

}  // namespace copydesk::private_broker
