// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/topics.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "pipeline/kafka/preflight.h"

namespace copydesk::kafka {

namespace {

using Request = std::unique_ptr<rd_kafka_NewTopic_t, Deleter<rd_kafka_NewTopic_destroy>>;

}  // namespace

void create_topics(const Properties& common, std::span<const NewTopic> topics, std::chrono::milliseconds timeout) {
  const Handle handle = make_client(RD_KAFKA_PRODUCER, make_conf(common));
  const Queue queue(rd_kafka_queue_new(handle.get()));
  std::array<char, 512> error{};
  std::vector<Request> requests;
  std::vector<rd_kafka_NewTopic_t*> raw;
  for (const NewTopic& topic : topics) {
    requests.emplace_back(
        rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replication, error.data(), error.size()));
    if (requests.back() == nullptr)
      throw std::runtime_error(fmt::format("cannot make the topic '{}': {}", topic.name, error.data()));
    for (const auto& [name, value] : topic.config)
      rd_kafka_NewTopic_set_config(requests.back().get(), name.c_str(), value.c_str());
    raw.push_back(requests.back().get());
  }
  const auto timeout_ms = static_cast<int>(timeout.count());
  const AdminOptions options(rd_kafka_AdminOptions_new(handle.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, error.data(), error.size());
  rd_kafka_AdminOptions_set_operation_timeout(options.get(), timeout_ms, error.data(), error.size());
  rd_kafka_CreateTopics(handle.get(), raw.data(), raw.size(), options.get(), queue.get());

  const Event event(rd_kafka_queue_poll(queue.get(), timeout_ms + 1000));
  if (event == nullptr) throw std::runtime_error("the brokers did not answer in time when asked to make the topics");
  if (const auto code = rd_kafka_event_error(event.get())) {
    throw std::runtime_error(
        fmt::format("cannot make the topics: {}: {}", code_name(code), rd_kafka_event_error_string(event.get())));
  }
  std::size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const char* text = rd_kafka_topic_result_error_string(results[i]);
    throw std::runtime_error(fmt::format("cannot make the topic '{}': {}: {}", rd_kafka_topic_result_name(results[i]),
                                         code_name(code), text == nullptr ? rd_kafka_err2str(code) : text));
  }
  // The controller has made them; every broker learns of them a little later.
  std::vector<std::string> names;
  for (const NewTopic& topic : topics) names.push_back(topic.name);
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (auto problems = preflight(common, names); !problems.empty(); problems = preflight(common, names)) {
    if (std::chrono::steady_clock::now() >= deadline) throw std::runtime_error(problems.front());
  }
}

}  // namespace copydesk::kafka
