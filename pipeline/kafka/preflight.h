// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// How long brokers may take to answer before a command gives up: longer than librdkafka's first reconnects.
inline constexpr std::chrono::milliseconds kPreflightTimeout{10'000};

/// What stands in the way of a start: one line a problem, each with what to do. Empty where all is well.
/// Asks the brokers, once, for every topic named. `common` holds brokers, security and so on.
[[nodiscard]] std::vector<std::string> preflight(const Properties& common, std::span<const std::string> topics,
                                                 std::chrono::milliseconds timeout = kPreflightTimeout);

}  // namespace copydesk::kafka
