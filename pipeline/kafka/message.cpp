#include "pipeline/kafka/message.h"

#include <string_view>
#include <utility>

namespace copydesk::kafka {

namespace {

std::vector<Header> to_headers(const rd_kafka_message_t& message) {
  std::vector<Header> result;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
       ++i) {
    Header& header = result.emplace_back();
    header.name = name;
    if (value != nullptr) header.value.emplace(static_cast<const char*>(value), size);
  }
  return result;
}

}  // namespace

InputRecord to_record(const rd_kafka_message_t& message) {
  InputRecord record;
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

}  // namespace copydesk::kafka
