// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/delivery/worker.h"
#include "pipeline/kafka/range_source.h"
#include "pipeline/kafka/topic_monitor.h"
#include "pipeline/settings/settings.h"

namespace copydesk::commands {

/// Why a backfill must not be started, and what to do; nothing where it may. `live_output` is the topic that the
/// settings file names, which live workers write to.
[[nodiscard]] std::optional<std::string> backfill_problem(const settings::Settings& settings,
                                                          const kafka::TimeRange& range, std::string_view live_output);

/// Runs the worker over the articles of a range of time, and says what came of it. True where all of them are
/// published or dead-lettered; false where `stop` came first. Throws FatalDeliveryError, or std::runtime_error where it
/// cannot start.
[[nodiscard]] bool backfill(delivery::Worker& worker, const settings::Settings& settings, const kafka::TimeRange& range,
                            kafka::TopicMonitor& monitor, const delivery::Wakeup& wakeup,
                            const std::atomic<bool>& stop);

}  // namespace copydesk::commands
