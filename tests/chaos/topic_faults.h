// SPDX-License-Identifier: Apache-2.0
#pragma once

// Faults of topics and of the feed: what brokers refuse, topics that change, transactions before the workers.

#include <functional>
#include <string>

#include "tests/chaos/schedule.h"
#include "tests/chaos/stream.h"

namespace copydesk::chaos {

/// More partitions the input never gets.
inline constexpr int kMostPartitions = 24;

/// Kills a worker and starts it again, where the fault says so.
using Kill = std::function<void()>;

// Each does it, mends it and says what it did.

/// The output refuses single records. The feeder pauses at the end until all of them are out, so that the ledger knows
/// what must become of each.
std::string refuse_records(const Fault& fault, Stream& stream, const Kill& kill);
/// Both output topics take less than the workers' batches, and records pile up meanwhile.
std::string lower_limit(const Fault& fault, Stream& stream, const Kill& kill);
std::string remake_input(const Fault& fault, Stream& stream, const Kill& kill);
/// One or two; where that would be too many, the topic is remade with as many as it began with.
std::string add_partitions(const Fault& fault, Stream& stream, const Kill& kill);
std::string feed_in_transactions(const Fault& fault, Stream& stream, const Kill& kill);

}  // namespace copydesk::chaos
