// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <thread>

#include "pipeline/delivery/worker.h"

namespace copydesk::commands {

/// Ends the process when it was asked to stop and has not ended in time, whatever holds it up: a client library that
/// waits for a broker or a topic that is gone, say. Nothing is lost by that: what is not committed is read again.
class ShutdownDeadline {
 public:
  /// From `stop` on, the process has `drain_timeout` and 4.5 s. `stop` and `state` outlive this.
  ShutdownDeadline(const std::atomic<bool>& stop, std::chrono::milliseconds drain_timeout,
                   const observe::WorkerState& state);

 private:
  std::jthread thread_;
};

}  // namespace copydesk::commands
