// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/topic_monitor.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <utility>

namespace copydesk::kafka {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookTimeout{5000};

std::int64_t steady_ms() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Handle quiet_client(Properties properties) {
  properties["allow.auto.create.topics"] = "false";  // asking for a topic must not make it
  Conf conf = make_conf(properties);
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);  // the worker's own clients say what is wrong with the brokers
  return make_client(RD_KAFKA_PRODUCER, std::move(conf));
}

}  // namespace

TopicMonitor::TopicMonitor(Options options, const delivery::Wakeup& wakeup)
    : options_(std::move(options)), wakeup_(wakeup), client_(quiet_client(options_.common)) {
  learn_limits(true);
  look_for_input();
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

TopicMonitor::~TopicMonitor() = default;

void TopicMonitor::look_now() {
  {
    const std::lock_guard lock(mutex_);
    look_now_ = true;
  }
  due_.notify_one();
}

void TopicMonitor::require_input() const {
  const std::int64_t since = missing_since_ms_;
  if (since == 0 || steady_ms() - since < options_.grace.count()) return;
  throw delivery::FatalDeliveryError(fmt::format(
      "the input topic '{}' has not been there for {} s (UNKNOWN_TOPIC_OR_PART): create it and start the worker "
      "again; it then reads the topic from its beginning",
      options_.input, (steady_ms() - since) / 1000));
}

void TopicMonitor::watch(const std::stop_token& stop) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      due_.wait_for(lock, stop, options_.interval, [this] { return look_now_; });
      look_now_ = false;
    }
    if (stop.stop_requested()) return;
    look_for_input();
    if (stop.stop_requested()) return;
    learn_limits(false);
  }
}

void TopicMonitor::learn_limits(bool first) {
  const std::array topics{options_.output, options_.dead_letters};
  const auto learnt = describe_limits(client_.get(), topics, kLookTimeout);
  for (const std::string& topic : topics) {
    const auto found = learnt.find(topic);
    if (found == learnt.end()) {
      if (!first) continue;
      spdlog::info(
          "the brokers do not tell what the topic '{}' takes (this user needs DescribeConfigs on it): Kafka's defaults "
          "are assumed, {}, and what is refused is sent in another form",
          topic, TopicLimits{}.words());
      continue;
    }
    if (!first && limits_.of(topic) == found->second) continue;
    spdlog::info("the topic '{}' {} {}", topic, first ? "takes" : "now takes", found->second.words());
    if (topic == options_.dead_letters && found->second.compacted) {
      spdlog::warn(
          "the dead-letter topic '{}' is compacted: it keeps only the last dead letter of each key; set "
          "cleanup.policy=delete for it",
          topic);
    }
    limits_.learn(topic, found->second);
    wakeup_.notify();
  }
}

void TopicMonitor::look_for_input() {
  const Topic topic(rd_kafka_topic_new(client_.get(), options_.input.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), 0, topic.get(), &raw, static_cast<int>(kLookTimeout.count()));
  const Metadata metadata(raw);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR || metadata->topic_cnt != 1) return;  // the brokers do not say
  const auto state = metadata->topics[0].err;
  const bool missing = state == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || state == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
  if (state == RD_KAFKA_RESP_ERR_NO_ERROR) input_partitions_ = metadata->topics[0].partition_cnt;
  if (missing == input_missing()) return;
  missing_since_ms_ = missing ? steady_ms() : 0;
  if (missing) {
    spdlog::warn(
        "the input topic '{}' is not there any more: this worker waits for {} s for it to come back, then it "
        "stops",
        options_.input, options_.grace.count() / 1000);
  } else {
    spdlog::info("the input topic '{}' is back", options_.input);
  }
  wakeup_.notify();
}

}  // namespace copydesk::kafka
