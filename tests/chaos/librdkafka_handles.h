// SPDX-License-Identifier: Apache-2.0
#pragma once

// librdkafka's objects as owners, and clients from plain properties.

#include <librdkafka/rdkafka.h>

#include <map>
#include <memory>
#include <string>

namespace copydesk::chaos {

template <auto Destroy>
struct Destroyer {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using ClientHandle = std::unique_ptr<rd_kafka_t, Destroyer<rd_kafka_destroy>>;
using MessageHandle = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using EventHandle = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using ErrorHandle = std::unique_ptr<rd_kafka_error_t, Destroyer<rd_kafka_error_destroy>>;
using PartitionListHandle =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Destroyer<rd_kafka_topic_partition_list_destroy>>;

using DeliveryReport = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

/// Throws std::runtime_error where a property is refused. `opaque` and `report` are for producers.
ClientHandle make_kafka_client(rd_kafka_type_t type, const std::map<std::string, std::string>& properties,
                               DeliveryReport report = nullptr, void* opaque = nullptr);

}  // namespace copydesk::chaos
