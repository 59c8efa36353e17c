// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace copydesk::observe {

/// What this process has used so far, as the kernel counts it. A figure that cannot be read is 0.
struct ProcessUsage {
  double cpu_seconds = 0;     ///< user and system time of all threads
  double resident_bytes = 0;  ///< memory in RAM now
};

[[nodiscard]] ProcessUsage process_usage() noexcept;

}  // namespace copydesk::observe
