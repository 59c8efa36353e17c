#pragma once
#include <librdkafka/rdkafka.h>

#include "pipeline/delivery/records.h"

namespace copydesk::kafka {

/// A copy of what a consumer was given. The message has no error.
[[nodiscard]] InputRecord to_record(const rd_kafka_message_t& message);

}  // namespace copydesk::kafka
