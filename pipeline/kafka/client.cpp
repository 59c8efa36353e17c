// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/client.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "pipeline/kafka/log_reason.h"
#include "pipeline/kafka/oauth_token.h"
#include "pipeline/logging/log_throttle.h"
#include "pipeline/system/unix_time.h"

namespace copydesk::kafka {

namespace {

constexpr std::size_t kErrorBytes = 512;

void log_to_spdlog(const rd_kafka_t*, int level, const char* facility, const char* message) {
  constexpr int kError = 3;  // of syslog's levels, 0 emergency to 7 debug
  constexpr int kWarning = 4;
  // The producer is made so that it stops at a refusal (producer.h): nothing to be alarmed at.
  const bool is_meant = std::string_view(message).find("enable.gapless.guarantee") != std::string_view::npos ||
                        std::string_view(message).find("gap-less guarantee") != std::string_view::npos;
  if (level > kWarning || is_meant) {
    spdlog::debug("kafka: {}: {}", facility, message);
    return;
  }
  logging::log_throttle().log({.level = level <= kError ? logging::LineLevel::kError : logging::LineLevel::kWarn,
                               .many = fmt::format("messages of librdkafka like this (kafka: {})", facility),
                               .detail = fmt::format("kafka: {}: {}", facility, message),
                               .key = log_reason(facility, message),
                               .may_pass = log_may_pass(facility, message)});
}

/// Hands the token in the desk's file to librdkafka, which asks again before it expires, and every ten seconds after a
/// failure.
void refresh_token(rd_kafka_t* handle, const char* sasl_oauthbearer_config, void*) {
  using namespace std::chrono;
  const auto token = read_oauth_token(oauth_token_file(sasl_oauthbearer_config), system::unix_milliseconds());
  if (!token) {
    rd_kafka_oauthbearer_set_token_failure(handle, token.error().message.c_str());
    return;
  }
  std::array<char, kErrorBytes> error{};
  const auto code = rd_kafka_oauthbearer_set_token(handle, token->compact.c_str(), token->expires_ms,
                                                   token->principal.c_str(), nullptr, 0, error.data(), error.size());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_oauthbearer_set_token_failure(handle, error.data());
}

bool uses_oauth(const rd_kafka_conf_t* conf) {
  std::array<char, 64> mechanism{};
  std::size_t size = mechanism.size();
  return rd_kafka_conf_get(conf, "sasl.mechanisms", mechanism.data(), &size) == RD_KAFKA_CONF_OK &&
         std::string_view(mechanism.data()) == "OAUTHBEARER";
}

}  // namespace

PartitionList to_list(std::span<const delivery::CommitOffset> offsets) {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
  for (const delivery::CommitOffset& offset : offsets) {
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
  const auto oauth = properties.find("sasl.oauthbearer.config");
  if (oauth != properties.end() && !oauth_token_file(oauth->second).empty()) {
    rd_kafka_conf_set_oauthbearer_token_refresh_cb(conf.get(), refresh_token);
  }
  // A queue of their own lets tokens be fetched on librdkafka's thread, whatever the application's threads do.
  if (uses_oauth(conf.get())) rd_kafka_conf_enable_sasl_queue(conf.get(), 1);
  return conf;
}

Handle make_client(rd_kafka_type_t type, Conf conf) {
  const bool oauth = uses_oauth(conf.get());
  std::array<char, kErrorBytes> error{};
  rd_kafka_t* handle = rd_kafka_new(type, conf.get(), error.data(), error.size());
  if (handle == nullptr) {
    throw std::runtime_error(fmt::format("librdkafka refuses the settings of the {}: {}",
                                         type == RD_KAFKA_CONSUMER ? "consumer" : "producer", error.data()));
  }
  [[maybe_unused]] const auto* const given = conf.release();  // owned by the handle now
  Handle owned(handle);
  if (oauth) {
    if (const Error problem{rd_kafka_sasl_background_callbacks_enable(handle)}) {
      throw std::runtime_error(fmt::format("cannot fetch OAuth tokens: {}", rd_kafka_error_string(problem.get())));
    }
  }
  return owned;
}

namespace {

std::atomic<bool> some_left_behind{false};

}  // namespace

void destroy_in_time(Handle client, std::shared_ptr<void> used, std::chrono::milliseconds timeout) {
  auto done = std::make_shared<std::promise<void>>();
  auto ended = done->get_future();
  std::thread([client = std::move(client), used = std::move(used), done]() mutable {
    client.reset();
    used.reset();
    done->set_value();
  }).detach();
  if (ended.wait_for(timeout) == std::future_status::ready) return;
  some_left_behind = true;
  spdlog::info("a Kafka client that does not end within {} ms is left behind", timeout.count());
}

bool left_behind() noexcept {
  return some_left_behind;
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
    case RD_KAFKA_RESP_ERR__STATE: throw delivery::ClientsLost("the producer cannot go on: " + words);
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
      throw delivery::FatalDeliveryError(words +
                                         ". Set `delivery.transaction_timeout` to at most the brokers' "
                                         "transaction.max.timeout.ms.");
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      throw delivery::FatalDeliveryError(
          words +
          ". Grant this user Write and Describe on the transactional ids that begin with "
          "`copydesk-`.");
    default: throw delivery::FatalDeliveryError("the Kafka client cannot go on: " + words);
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
