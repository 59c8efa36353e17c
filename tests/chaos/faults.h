// SPDX-License-Identifier: Apache-2.0
#pragma once

// What each fault does to a stream, and how it is mended.

#include <string>

#include "tests/chaos/schedule.h"
#include "tests/chaos/stream.h"

namespace copydesk::chaos {

/// Why this kind cannot be had on this machine; empty where it can.
std::string obstacle_to(FaultKind kind, const std::string& mount_problem);

/// Does it, keeps it up for as long as it lasts and mends it. What it did, for the run's log. Throws where something
/// that is not under test fails, for instance a broker that does not start again.
std::string strike(const Fault& fault, Stream& stream);

}  // namespace copydesk::chaos
