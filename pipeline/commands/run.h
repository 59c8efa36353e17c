// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <functional>
#include <optional>

#include "pipeline/commands/command.h"
#include "pipeline/delivery/io.h"
#include "pipeline/kafka/range_source.h"
#include "pipeline/settings/settings.h"

namespace copydesk::commands {

/// `copydesk run`: the worker, until `stop` is set (then notify `wakeup`). Returns kExitOk where everything taken in
/// was finished and committed, kExitFailure otherwise. Throws std::runtime_error with what to do where it cannot start
/// or go on. `ready` is called once, from this thread, when the worker has its first partitions.
/// With `range`, a backfill: the articles of that time alone, without a group. It ends by itself, with kExitOk where
/// all of them are published or dead-lettered.
[[nodiscard]] int run(const settings::Settings& settings, const delivery::Wakeup& wakeup, const std::atomic<bool>& stop,
                      std::function<void()> ready = {}, const std::optional<kafka::TimeRange>& range = std::nullopt);

/// The command's options, help and work.
Command add_run(CLI::App& app);

}  // namespace copydesk::commands
