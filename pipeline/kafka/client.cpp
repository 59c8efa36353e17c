#include "pipeline/kafka/client.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <stdexcept>

namespace copydesk::kafka {

namespace {

constexpr std::size_t kErrorBytes = 512;

void log_to_spdlog(const rd_kafka_t*, int level, const char* facility, const char* message) {
  // syslog's levels: 0 emergency … 7 debug
  if (level <= 3) {
    spdlog::error("kafka: {}: {}", facility, message);
  } else if (level <= 4) {
    spdlog::warn("kafka: {}: {}", facility, message);
  } else {
    spdlog::debug("kafka: {}: {}", facility, message);
  }
}

}  // namespace

PartitionList to_list(std::span<const CommitOffset> offsets) {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
  for (const CommitOffset& offset : offsets) {
    rd_kafka_topic_partition_list_add(list.get(), offset.partition.topic.c_str(), offset.partition.partition)->offset =
        offset.next_offset;
  }
  return list;
}

Conf make_conf(const Properties& properties) {
  Conf conf(rd_kafka_conf_new());
  rd_kafka_conf_set_log_cb(conf.get(), log_to_spdlog);
  std::array<char, kErrorBytes> error{};
  for (const auto& [name, value] : properties) {
    const auto result = rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), error.data(), error.size());
    if (result == RD_KAFKA_CONF_UNKNOWN) {
      throw std::runtime_error(
          fmt::format("librdkafka {} knows no property '{}': see its CONFIGURATION.md, and look "
                      "under `kafka.common`, `kafka.consumer` and `kafka.producer`",
                      library_version(), name));
    }
    if (result != RD_KAFKA_CONF_OK) {
      throw std::runtime_error(
          fmt::format("librdkafka {} refuses the value of the property '{}': see its "
                      "CONFIGURATION.md for what is allowed",
                      library_version(), name));
    }
  }
  return conf;
}

Handle make_client(rd_kafka_type_t type, Conf conf) {
  std::array<char, kErrorBytes> error{};
  rd_kafka_t* handle = rd_kafka_new(type, conf.get(), error.data(), error.size());
  if (handle == nullptr) {
    throw std::runtime_error(fmt::format("librdkafka refuses the settings of the {}: {}",
                                         type == RD_KAFKA_CONSUMER ? "consumer" : "producer", error.data()));
  }
  static_cast<void>(conf.release());  // owned by the handle now
  return Handle(handle);
}

void throw_if_fatal(rd_kafka_t* client) {
  std::array<char, kErrorBytes> text{};
  const auto code = rd_kafka_fatal_error(client, text.data(), text.size());
  const std::string words = fmt::format("{}: {}", code_name(code), text.data());
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR: return;
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING:
    case RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID:
    case RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER:
    case RD_KAFKA_RESP_ERR_INVALID_TXN_STATE:
    case RD_KAFKA_RESP_ERR__INCONSISTENT:
    case RD_KAFKA_RESP_ERR__STATE: throw ClientsLost("the producer cannot go on: " + words);
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
      throw FatalDeliveryError(words +
                               ". Set `delivery.transaction_timeout` to at most the brokers' "
                               "transaction.max.timeout.ms.");
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      throw FatalDeliveryError(words +
                               ". Grant this user Write and Describe on the transactional ids that begin with "
                               "`copydesk-`.");
    default: throw FatalDeliveryError("the Kafka client cannot go on: " + words);
  }
}

std::string_view code_name(rd_kafka_resp_err_t error) noexcept {
  const char* name = rd_kafka_err2name(error);
  return name == nullptr ? "UNKNOWN" : name;
}

std::string_view library_version() noexcept {
  return rd_kafka_version_str();
}

}  // namespace copydesk::kafka
