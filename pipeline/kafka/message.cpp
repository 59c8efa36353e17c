// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/message.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/logging/log_throttle.h"

namespace copydesk::kafka {

namespace {

std::vector<engine::Header> to_headers(const rd_kafka_message_t& message) {
  std::vector<engine::Header> result;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    engine::Header& header = result.emplace_back();
    header.name = name;
    if (value != nullptr) header.value.emplace(static_cast<const char*>(value), size);
  }
  return result;
}

/// Errors of the consumer that no waiting mends.
bool is_permanent(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    case RD_KAFKA_RESP_ERR__FATAL: return true;
    default: return false;
  }
}

}  // namespace

engine::InputRecord to_record(const rd_kafka_message_t& message) {
  engine::InputRecord record;
  record.origin = {rd_kafka_topic_name(message.rkt), message.partition};
  record.offset = message.offset;
  rd_kafka_timestamp_type_t type{};
  record.timestamp_ms = rd_kafka_message_timestamp(&message, &type);
  if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE) record.timestamp_ms = -1;
  if (message.key != nullptr) record.key.emplace(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr) {
    record.value.emplace(std::string_view(static_cast<const char*>(message.payload), message.len));
  }
  record.headers = to_headers(message);
  return record;
}

std::optional<engine::InputRecord> to_record_or_report(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) return to_record(message);
  const std::string what =
      message.rkt == nullptr ? "the input" : fmt::format("the topic '{}'", rd_kafka_topic_name(message.rkt));
  if (message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
    throw delivery::FatalDeliveryError(fmt::format(
        "{}, partition {}: there is nothing to start from: {} (offset {}). `kafka.auto_offset_reset` is error, so "
        "that an operator decides: set the group's offsets (kafka-consumer-groups.sh --reset-offsets), or choose "
        "earliest or latest, and start the worker again",
        what, message.partition, rd_kafka_message_errstr(&message),
        message.offset >= 0 ? std::to_string(message.offset) : std::string("none")));
  }
  if (is_permanent(message.err)) {
    throw delivery::FatalDeliveryError(
        fmt::format("{} cannot be read: {}: {}", what, code_name(message.err), rd_kafka_message_errstr(&message)));
  }
  if (message.err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    logging::log_throttle().log(
        {.many = fmt::format("errors of {} ({})", what, code_name(message.err)),
         .detail = fmt::format("{}: {}: {}", what, code_name(message.err), rd_kafka_message_errstr(&message))});
  }
  return std::nullopt;
}

}  // namespace copydesk::kafka
