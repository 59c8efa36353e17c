// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "pipeline/delivery/io.h"

namespace copydesk::delivery {

Wakeup::Wakeup() : descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "cannot make an eventfd");
}

Wakeup::~Wakeup() {
  close(descriptor_);
}

void Wakeup::notify() const noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(descriptor_, &one, sizeof one);
}

void Wakeup::wait(std::chrono::milliseconds timeout) const noexcept {
  pollfd watched{.fd = descriptor_, .events = POLLIN, .revents = 0};
  if (poll(&watched, 1, static_cast<int>(timeout.count())) <= 0) return;
  std::uint64_t count = 0;
  [[maybe_unused]] const auto taken = read(descriptor_, &count, sizeof count);
}

}  // namespace copydesk::delivery
