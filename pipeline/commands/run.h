#pragma once
#include <atomic>
#include <functional>

#include "pipeline/delivery/io.h"
#include "pipeline/settings.h"

namespace copydesk {

/// `copydesk run`: the worker, until `stop` is set (then notify `wakeup`). Returns kExitOk where everything taken in
/// was finished and committed, kExitFailure otherwise. Throws std::runtime_error with what to do where it cannot start
/// or go on. `ready` is called once, from this thread, when the worker has its first partitions.
[[nodiscard]] int run(const Settings& settings, const Wakeup& wakeup, const std::atomic<bool>& stop,
                      std::function<void()> ready = {});

}  // namespace copydesk
