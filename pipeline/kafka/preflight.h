#pragma once
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// What stands in the way of a start: one line a problem, each with what to do. Empty where all is well.
/// Asks the brokers, once, for every topic named. `common` holds brokers, security and so on.
[[nodiscard]] std::vector<std::string> preflight(const Properties& common, std::span<const std::string> topics,
                                                 std::chrono::milliseconds timeout);

}  // namespace copydesk::kafka
