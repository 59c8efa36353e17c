#include "pipeline/kafka/preflight.h"

#include <fmt/format.h>

#include <mutex>

namespace copydesk::kafka {

namespace {

using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>>;
using Topic = std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>>;

/// The last thing that went wrong with a connection: says more than "timed out".
struct LastError {
  std::mutex mutex;
  std::string text;
};

}  // namespace

std::vector<std::string> preflight(const Properties& common, std::span<const std::string> topics,
                                   std::chrono::milliseconds timeout) {
  LastError last;
  Properties properties = common;
  properties["allow.auto.create.topics"] = "false";  // asking for a topic must not make it
  Conf conf = make_conf(properties);
  rd_kafka_conf_set_opaque(conf.get(), &last);
  rd_kafka_conf_set_error_cb(conf.get(), [](rd_kafka_t*, int, const char* reason, void* opaque) {
    auto& error = *static_cast<LastError*>(opaque);
    const std::lock_guard lock(error.mutex);
    error.text = reason;
  });
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);  // the problems returned say it all
  const Handle handle = make_client(RD_KAFKA_CONSUMER, std::move(conf));
  const auto brokers = common.contains("bootstrap.servers") ? common.at("bootstrap.servers") : std::string();

  std::vector<std::string> problems;
  for (const std::string& name : topics) {
    const Topic topic(rd_kafka_topic_new(handle.get(), name.c_str(), nullptr));
    const rd_kafka_metadata_t* raw = nullptr;
    const auto error = rd_kafka_metadata(handle.get(), 0, topic.get(), &raw, static_cast<int>(timeout.count()));
    const Metadata metadata(raw);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_poll(handle.get(), 0);
      const std::lock_guard lock(last.mutex);
      problems.push_back(fmt::format(
          "no answer from the brokers '{}' within {} s ({}): check that they run, the "
          "address, and the security settings under `kafka.common`",
          brokers, timeout.count() / 1000, last.text.empty() ? rd_kafka_err2str(error) : last.text.c_str()));
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
