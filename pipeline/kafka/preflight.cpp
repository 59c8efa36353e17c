// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstLook{500};  // each next one is twice as long
/// Another broker may be in order where one refuses.
constexpr std::chrono::milliseconds kRefusedFor{2'000};

/// What went wrong with the connections: says more than "timed out". A refusal outlives the errors that follow from it.
struct LastError {
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string text;

  [[nodiscard]] bool refused() const noexcept {
    return code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR__SSL;
  }
};

/// From this version on librdkafka repeats the server's nonce in SCRAM as RFC 5802 wants it, and as Kafka 4
/// demands (https://github.com/confluentinc/librdkafka/pull/4895).
constexpr int kScramAsDemanded = 0x020601ff;

bool uses_broken_scram(const Properties& properties) {
  const auto is_scram = [&](const char* name) {
    const auto found = properties.find(name);
    return found != properties.end() && found->second.starts_with("SCRAM");
  };
  return rd_kafka_version() < kScramAsDemanded && (is_scram("sasl.mechanism") || is_scram("sasl.mechanisms"));
}

/// Which settings the error is about.
std::string_view advice(rd_kafka_resp_err_t code, const Properties& properties) {
  if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION && uses_broken_scram(properties)) {
    return "Kafka from 4.0 on refuses SCRAM of librdkafka before 2.6.1, whatever the password: use "
           "a "
           "newer librdkafka (Debian 13 has one), or PLAIN or OAUTHBEARER over TLS; with an older Kafka check "
           "`sasl.mechanism`, `sasl.username` and where the password comes from, under `kafka.common`";
  }
  switch (code) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return "they refuse this worker's credentials: check `sasl.mechanism`, `sasl.username` and where the password or "
             "token comes from, under `kafka.common`";
    case RD_KAFKA_RESP_ERR__SSL:
      return "TLS fails: check `ssl.ca.location` (who signed the brokers' certificates) and `security.protocol` under "
             "`kafka.common`, and that the brokers' names are those in their certificates";
    default: return "check that they run, the address, and the security settings under `kafka.common`";
  }
}

}  // namespace

std::vector<std::string> preflight(const Properties& common, std::span<const std::string> topics,
                                   std::chrono::milliseconds timeout) {
  LastError last;
  Properties properties = common;
  properties["allow.auto.create.topics"] = "false";  // asking for a topic must not make it
  Conf conf = make_conf(properties);
  rd_kafka_conf_set_opaque(conf.get(), &last);
  rd_kafka_conf_set_error_cb(conf.get(), [](rd_kafka_t*, int code, const char* reason, void* opaque) {
    auto& error = *static_cast<LastError*>(opaque);
    LastError found{static_cast<rd_kafka_resp_err_t>(code), reason};
    if (!error.refused() || found.refused()) error = std::move(found);
  });
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);  // the problems returned say it all
  const Handle handle = make_client(RD_KAFKA_CONSUMER, std::move(conf));
  const auto brokers = common.contains("bootstrap.servers") ? common.at("bootstrap.servers") : std::string();

  std::vector<std::string> problems;
  for (const std::string& name : topics) {
    const Topic topic(rd_kafka_topic_new(handle.get(), name.c_str(), nullptr));
    // In several looks, so that errors are heard meanwhile, and a refusal need not be waited out.
    const auto begin = Clock::now();
    const rd_kafka_metadata_t* raw = nullptr;
    rd_kafka_resp_err_t error{};
    for (auto look = kFirstLook;; look *= 2) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(begin + timeout - Clock::now());
      const auto patience = std::max(std::min(look, left), std::chrono::milliseconds(1));
      error = rd_kafka_metadata(handle.get(), 0, topic.get(), &raw, static_cast<int>(patience.count()));
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) break;
      rd_kafka_poll(handle.get(), 0);
      if (Clock::now() - begin >= (last.refused() ? std::min(kRefusedFor, timeout) : timeout)) break;
    }
    const Metadata metadata(raw);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      problems.push_back(
          fmt::format("no answer from the brokers '{}' {} ({}): {}", brokers,
                      last.refused() ? "that can be used" : fmt::format("within {} s", timeout.count() / 1000),
                      last.text.empty() ? rd_kafka_err2str(error) : last.text.c_str(), advice(last.code, common)));
      return problems;
    }
    const auto state = metadata->topic_cnt == 1 ? metadata->topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    switch (state) {
      case RD_KAFKA_RESP_ERR_NO_ERROR: break;
      case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        problems.push_back(
            fmt::format("the topic '{}' does not exist on '{}': create it, for instance with "
                        "`kafka-topics.sh --bootstrap-server {} --create --topic {} --partitions 6`",
                        name, brokers, brokers, name));
        break;
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        problems.push_back(
            fmt::format("no right to see the topic '{}': grant this user Describe, with Read on the "
                        "input and Write on the output and the dead letters",
                        name));
        break;
      case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE: break;  // just created; the clients wait for it
      default:
        problems.push_back(
            fmt::format("the topic '{}' cannot be used: {}: {}", name, code_name(state), rd_kafka_err2str(state)));
    }
  }
  return problems;
}

}  // namespace copydesk::kafka
