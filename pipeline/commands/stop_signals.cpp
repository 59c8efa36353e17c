// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/stop_signals.h"

#include <unistd.h>

#include <csignal>

#include "pipeline/commands/exit_codes.h"

namespace copydesk::commands {

namespace {

std::atomic<bool> stop_requested{false};
std::atomic<const delivery::Wakeup*> to_wake{nullptr};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<const delivery::Wakeup*>::is_always_lock_free,
              "only lock-free atomics may be used in a signal handler");

extern "C" void on_signal(int) {
  if (stop_requested.exchange(true)) _exit(kExitFailure);
  if (const delivery::Wakeup* wakeup = to_wake.load()) wakeup->notify();
}

}  // namespace

StopSignals::StopSignals(const delivery::Wakeup& wakeup) {
  stop_requested = false;
  to_wake = &wakeup;
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

StopSignals::~StopSignals() {
  struct sigaction action{};
  action.sa_handler = SIG_DFL;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  to_wake = nullptr;
}

const std::atomic<bool>& StopSignals::stop() noexcept {
  return stop_requested;
}

}  // namespace copydesk::commands
