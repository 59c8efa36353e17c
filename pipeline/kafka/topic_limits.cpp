// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/topic_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "config/value.h"

namespace copydesk::kafka {

namespace {

using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, Deleter<rd_kafka_ConfigResource_destroy>>;
using TopicSettings = std::map<std::string, std::string, std::less<>>;

std::string duration_words(std::int64_t milliseconds) {
  return config::format_duration(std::chrono::milliseconds(milliseconds));
}

TopicSettings settings_of(const rd_kafka_ConfigResource_t* resource) {
  TopicSettings settings;
  std::size_t count = 0;
  const rd_kafka_ConfigEntry_t* const* const entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* const value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) settings[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return settings;
}

}  // namespace

std::string TopicLimits::words() const {
  std::string text = fmt::format("batches of at most {} bytes", max_message_bytes);
  if (timestamp_after_ms != kUnbounded) {
    text += fmt::format(", records at most {} ahead of the clock", duration_words(timestamp_after_ms));
  }
  if (timestamp_before_ms != kUnbounded) {
    text += fmt::format(", records at most {} old", duration_words(timestamp_before_ms));
  }
  if (compacted) text += ", a key in each (it is compacted)";
  return text;
}

TopicLimits limits_of(const TopicSettings& topic_settings) {
  TopicLimits limits;
  limits.known = true;
  const auto number = [&](std::string_view name, std::int64_t& value) {
    const auto found = topic_settings.find(name);
    if (found == topic_settings.end()) return;
    std::int64_t read = 0;
    const std::string& text = found->second;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), read);
    if (end.ec == std::errc() && end.ptr == text.data() + text.size()) value = read;
  };
  number("max.message.bytes", limits.max_message_bytes);
  number("message.timestamp.before.max.ms", limits.timestamp_before_ms);
  number("message.timestamp.after.max.ms", limits.timestamp_after_ms);
  // One bound for both, up to Kafka 3.9.
  std::int64_t difference = TopicLimits::kUnbounded;
  number("message.timestamp.difference.max.ms", difference);
  limits.timestamp_before_ms = std::min(limits.timestamp_before_ms, difference);
  limits.timestamp_after_ms = std::min(limits.timestamp_after_ms, difference);
  const auto type = topic_settings.find("message.timestamp.type");
  if (type != topic_settings.end() && type->second == "LogAppendTime") {  // the broker sets it, and looks at none
    limits.timestamp_before_ms = limits.timestamp_after_ms = TopicLimits::kUnbounded;
  }
  const auto cleanup = topic_settings.find("cleanup.policy");
  limits.compacted = cleanup != topic_settings.end() && cleanup->second.find("compact") != std::string::npos;
  return limits;
}

std::map<std::string, TopicLimits, std::less<>> describe_limits(rd_kafka_t* client, std::span<const std::string> topics,
                                                                std::chrono::milliseconds timeout) {
  std::vector<Resource> resources;
  std::vector<rd_kafka_ConfigResource_t*> raw;
  for (const std::string& topic : topics) {
    resources.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    raw.push_back(resources.back().get());
  }
  std::array<char, 512> error{};
  const auto timeout_ms = static_cast<int>(timeout.count());
  const AdminOptions options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, error.data(), error.size());
  const Queue queue(rd_kafka_queue_new(client));
  rd_kafka_DescribeConfigs(client, raw.data(), raw.size(), options.get(), queue.get());

  std::map<std::string, TopicLimits, std::less<>> learnt;
  const Event event(rd_kafka_queue_poll(queue.get(), timeout_ms + 500));
  if (event == nullptr || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return learnt;
  const rd_kafka_DescribeConfigs_result_t* const result = rd_kafka_event_DescribeConfigs_result(event.get());
  if (result == nullptr) return learnt;
  std::size_t count = 0;
  const rd_kafka_ConfigResource_t* const* const answers = rd_kafka_DescribeConfigs_result_resources(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    if (rd_kafka_ConfigResource_error(answers[i]) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    learnt[rd_kafka_ConfigResource_name(answers[i])] = limits_of(settings_of(answers[i]));
  }
  return learnt;
}

void LearntLimits::learn(std::string_view topic, const TopicLimits& limits) {
  const std::lock_guard lock(mutex_);
  topics_.insert_or_assign(std::string(topic), limits);
}

TopicLimits LearntLimits::of(std::string_view topic) const {
  const std::lock_guard lock(mutex_);
  const auto found = topics_.find(topic);
  return found == topics_.end() ? TopicLimits{} : found->second;
}

std::optional<std::int64_t> LearntLimits::smallest_batch() const {
  const std::lock_guard lock(mutex_);
  if (topics_.empty()) return std::nullopt;
  return std::min_element(
             topics_.begin(), topics_.end(),
             [](const auto& a, const auto& b) { return a.second.max_message_bytes < b.second.max_message_bytes; })
      ->second.max_message_bytes;
}

}  // namespace copydesk::kafka
