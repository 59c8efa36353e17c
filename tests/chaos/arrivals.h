// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a record of an output topic says about the article that it stands for.

#include <string_view>

#include "tests/chaos/ledger.h"
#include "tests/chaos/topic_tail.h"

namespace copydesk::chaos {

/// In which a record has its article's timestamp (Unix time in milliseconds, decimal) where the topic refused it.
inline constexpr const char* kTimestampHeader = "copydesk.timestamp";

/// The article is nobody's (-1) where key, value and header do not name the same one, or the key of an enriched record
/// is missing.
Arrival read_arrival(const TailRecord& record, Exit exit);

}  // namespace copydesk::chaos
