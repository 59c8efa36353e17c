// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>

#include "pipeline/delivery/io.h"

namespace copydesk::commands {

/// While it lives, SIGINT and SIGTERM ask for an orderly end: `stop()` becomes true and `wakeup` is notified.
/// A second signal ends the process at once with exit code 1. At most one object at a time.
class StopSignals {
 public:
  explicit StopSignals(const delivery::Wakeup& wakeup);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] static const std::atomic<bool>& stop() noexcept;
};

}  // namespace copydesk::commands
