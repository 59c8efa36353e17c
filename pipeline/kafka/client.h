// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/delivery/io.h"

namespace copydesk::kafka {

/// librdkafka properties by name, as its CONFIGURATION.md lists them.
using Properties = std::map<std::string, std::string>;

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, Deleter<rd_kafka_destroy>>;
using Conf = std::unique_ptr<rd_kafka_conf_t, Deleter<rd_kafka_conf_destroy>>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, Deleter<rd_kafka_topic_partition_list_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Deleter<rd_kafka_queue_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Deleter<rd_kafka_message_destroy>>;
using Error = std::unique_ptr<rd_kafka_error_t, Deleter<rd_kafka_error_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Deleter<rd_kafka_event_destroy>>;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Deleter<rd_kafka_AdminOptions_destroy>>;
using GroupMetadata =
    std::unique_ptr<rd_kafka_consumer_group_metadata_t, Deleter<rd_kafka_consumer_group_metadata_destroy>>;

[[nodiscard]] PartitionList to_list(std::span<const delivery::CommitOffset> offsets);

/// A configuration with these properties; logs go to spdlog. Throws std::runtime_error naming the property that
/// librdkafka refuses (never its value).
[[nodiscard]] Conf make_conf(const Properties& properties);

/// Takes the configuration. Throws std::runtime_error where librdkafka refuses it as a whole.
[[nodiscard]] Handle make_client(rd_kafka_type_t type, Conf conf);

/// Destroys a client, on a thread of its own, and waits for that for at most `timeout`. librdkafka can wait for ever
/// where a topic was deleted (https://github.com/confluentinc/librdkafka/issues/4362); what has not ended by then is
/// left behind, with `used`, which the client's callbacks use.
void destroy_in_time(Handle client, std::shared_ptr<void> used, std::chrono::milliseconds timeout);
/// Whether a client was left behind: its threads still run, so that the process must end with _exit().
[[nodiscard]] bool left_behind() noexcept;

/// Throws what a client in the fatal state that librdkafka speaks of cannot go on for: ClientsLost where new clients
/// can, else FatalDeliveryError. Returns where it is in no such state.
void throw_if_fatal(rd_kafka_t* client);

/// "MSG_SIZE_TOO_LARGE": the name that Kafka's documents use, for labels and messages.
[[nodiscard]] std::string_view code_name(rd_kafka_resp_err_t error) noexcept;

/// "2.0.2": the librdkafka that is loaded.
[[nodiscard]] std::string_view library_version() noexcept;

}  // namespace copydesk::kafka
