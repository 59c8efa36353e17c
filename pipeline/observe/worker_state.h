#pragma once
#include <atomic>
#include <cstdint>

namespace copydesk::observe {

/// What the worker shows of itself to other threads (`/readyz`, the live page).
struct WorkerState {
  std::atomic<bool> assigned_once{false};  ///< the group has given this worker its partitions, be it none
  std::atomic<bool> stopping{false};

}  // namespace copydesk::observe
