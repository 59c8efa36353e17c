// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

#include "pipeline/delivery/consumer_group.h"

namespace copydesk::live_page {

/// Members listed at most; `count` says how many there are.
inline constexpr std::size_t kMostMembers = 200;

/// {"id", "state", "count", "members": [{"client", "host", "instance", "partitions": [["wire.articles", 0], …]}, …]},
/// or
/// {"id", "problem"} where it cannot be told; members by client, instance and host, instance only where there is one.
[[nodiscard]] std::string group_json(delivery::ConsumerGroup group);

}  // namespace copydesk::live_page
