// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/shutdown_deadline.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "pipeline/commands/exit_codes.h"

namespace copydesk::commands {

namespace {

constexpr std::chrono::milliseconds kStopLook{200};
/// To leave the group and to close connections, after the drain.
constexpr std::chrono::milliseconds kCleanUp{4500};

}  // namespace

ShutdownDeadline::ShutdownDeadline(const std::atomic<bool>& stop, std::chrono::milliseconds drain_timeout,
                                   const observe::WorkerState& state)
    : thread_([&stop, &state, limit = drain_timeout + kCleanUp](const std::stop_token& done) {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::unique_lock lock(mutex);
        const auto wait = [&](std::chrono::milliseconds time) {
          ended.wait_for(lock, done, time, [] { return false; });
        };
        while (!stop && !done.stop_requested()) wait(kStopLook);
        if (done.stop_requested()) return;
        wait(limit);
        if (done.stop_requested()) return;
        const bool complete = state.drained;
        spdlog::warn("ended {} ms after the order to stop, though the Kafka client has not let go: {}", limit.count(),
                     complete ? "everything taken in is finished and committed"
                              : "what is not committed is read again at the next start");
        spdlog::default_logger()->flush();
        _exit(complete ? kExitOk : kExitFailure);
      }) {}

}  // namespace copydesk::commands
