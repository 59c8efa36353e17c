// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>

namespace copydesk::observe {

/// What the worker shows of itself to other threads (`/readyz`, the live page).
struct WorkerState {
  std::atomic<bool> assigned_once{false};  ///< the first assignment has arrived (it may be empty)
  std::atomic<bool> stopping{false};
  std::atomic<bool> drained{false};        ///< stopping, and everything taken in is finished and committed
  std::atomic<bool> input_missing{false};  ///< the input topic is not there at the moment
  std::atomic<std::int64_t> inflight_records{0};
  std::atomic<std::int64_t> inflight_bytes{0};
  std::atomic<std::uint64_t> finished{0};  ///< articles whose record or dead letter is published, since the start
};

}  // namespace copydesk::observe
