// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <librdkafka/rdkafka.h>

#include <optional>

#include "pipeline/engine/records.h"

namespace copydesk::kafka {

/// A copy of what a consumer was given. The message has no error.
[[nodiscard]] engine::InputRecord to_record(const rd_kafka_message_t& message);
/// The same for a message that may stand for an error. Nothing, after a line in the log, where librdkafka goes on by
/// itself; throws FatalDeliveryError where no waiting mends it: a right is missing, or the topic is gone.
[[nodiscard]] std::optional<engine::InputRecord> to_record_or_report(const rd_kafka_message_t& message);

}  // namespace copydesk::kafka
