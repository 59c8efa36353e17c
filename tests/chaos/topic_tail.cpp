// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/topic_tail.h"

#include <algorithm>
#include <stdexcept>

#include "tests/chaos/librdkafka_handles.h"

namespace copydesk::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int kPatienceMs = 30'000;

int partition_count(rd_kafka_t* handle, const std::string& topic) {
  const TopicHandle object(rd_kafka_topic_new(handle, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  const auto error = rd_kafka_metadata(handle, 0, object.get(), &raw, kPatienceMs);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("metadata of " + topic + ": " + rd_kafka_err2str(error));
  }
  const std::unique_ptr<const rd_kafka_metadata_t, Destroyer<rd_kafka_metadata_destroy>> metadata(raw);
  if (metadata->topic_cnt != 1 || metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("the topic " + topic + " is not there");
  }
  return metadata->topics[0].partition_cnt;
}

std::optional<std::string_view> view(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string_view(static_cast<const char*>(data), size);
}

}  // namespace

std::optional<std::string_view> TailRecord::header(const char* name) const {
  rd_kafka_headers_t* headers = nullptr;
  const void* bytes = nullptr;
  std::size_t size = 0;
  if (message == nullptr || rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
      rd_kafka_header_get_last(headers, name, &bytes, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::nullopt;
  }
  return view(bytes, size);
}

TopicTail::TopicTail(std::string bootstrap_servers, std::vector<std::string> topics, Handler handler)
    : bootstrap_(std::move(bootstrap_servers)), topics_(std::move(topics)), handler_(std::move(handler)) {
  const ClientHandle handle =
      make_kafka_client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", bootstrap_}, {"log_level", "0"}});
  for (const std::string& topic : topics_) {
    const int partitions = partition_count(handle.get(), topic);
    for (int partition = 0; partition < partitions; ++partition) next_[{topic, partition}] = 0;
  }
  thread_ = std::thread([this] { read(); });
}

TopicTail::~TopicTail() {
  stop_ = true;
  thread_.join();
}

void TopicTail::assign(rd_kafka_t* consumer) const {
  const std::lock_guard lock(mutex_);
  const PartitionListHandle assignment(rd_kafka_topic_partition_list_new(static_cast<int>(next_.size())));
  for (const auto& [place, offset] : next_) {
    rd_kafka_topic_partition_list_add(assignment.get(), place.first.c_str(), place.second)->offset =
        offset == 0 ? RD_KAFKA_OFFSET_BEGINNING : offset;
  }
  rd_kafka_assign(consumer, assignment.get());
}

void TopicTail::grow(const std::string& topic, int partitions) {
  {
    const std::lock_guard lock(mutex_);
    for (int partition = 0; partition < partitions; ++partition) next_.try_emplace({topic, partition}, 0);
  }
  grown_ = true;
}

std::map<std::int32_t, std::int64_t> TopicTail::positions(const std::string& topic) const {
  const std::lock_guard lock(mutex_);
  std::map<std::int32_t, std::int64_t> positions;
  for (const auto& [place, offset] : next_) {
    if (place.first == topic) positions[place.second] = offset;
  }
  return positions;
}

void TopicTail::read() {
  const ClientHandle handle = make_kafka_client(RD_KAFKA_CONSUMER, {{"bootstrap.servers", bootstrap_},
                                                                    {"log_level", "0"},
                                                                    {"group.id", "topic-tail"},
                                                                    {"enable.auto.commit", "false"},
                                                                    {"auto.offset.reset", "earliest"},
                                                                    {"fetch.wait.max.ms", "100"},
                                                                    {"fetch.error.backoff.ms", "100"},
                                                                    {"enable.partition.eof", "true"},
                                                                    // New partitions are looked for so often.
                                                                    {"topic.metadata.refresh.interval.ms", "1000"},
                                                                    {"isolation.level", "read_committed"}});
  rd_kafka_poll_set_consumer(handle.get());
  assign(handle.get());
  while (!stop_) {
    if (grown_.exchange(false)) assign(handle.get());
    const MessageHandle message(rd_kafka_consumer_poll(handle.get(), 100));
    // Errors other than these pass: the brokers go up and down.
    if (message == nullptr ||
        (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF)) {
      continue;
    }
    const Place place(rd_kafka_topic_name(message->rkt), message->partition);
    const bool end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
    std::int64_t next = 0;
    {
      const std::lock_guard lock(mutex_);
      next = next_[place];
    }
    if (!end && message->offset >= next) {
      handler_({.topic = place.first,
                .partition = message->partition,
                .offset = message->offset,
                .key = view(message->key, message->key_len),
                .value = view(message->payload, message->len),
                .timestamp_ms = rd_kafka_message_timestamp(message.get(), nullptr),
                .message = message.get()});
    }
    // At the end of a partition, what is told is the offset after it, past the markers of transactions.
    const std::lock_guard lock(mutex_);
    next_[place] = std::max(next, message->offset + (end ? 0 : 1));
  }
}

std::map<TopicTail::Place, std::int64_t> TopicTail::ends(std::chrono::milliseconds limit) const {
  const ClientHandle handle = make_kafka_client(
      RD_KAFKA_CONSUMER,
      {{"bootstrap.servers", bootstrap_}, {"log_level", "0"}, {"isolation.level", "read_uncommitted"}});
  const auto deadline = Clock::now() + limit;
  std::map<Place, std::int64_t> ends;
  std::vector<Place> places;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [place, offset] : next_) places.push_back(place);
  }
  for (const Place& place : places) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    while (rd_kafka_query_watermark_offsets(handle.get(), place.first.c_str(), place.second, &low, &high, 5000) !=
           RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (Clock::now() > deadline) throw std::runtime_error("no broker tells where the topic " + place.first + " ends");
      std::this_thread::sleep_for(200ms);
    }
    ends[place] = high;
  }
  return ends;
}

bool TopicTail::catch_up(std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  const auto targets = ends(limit);
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (std::all_of(targets.begin(), targets.end(),
                      [this](const auto& target) { return next_.at(target.first) >= target.second; })) {
        return true;
      }
    }
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(50ms);
  }
}

}  // namespace copydesk::chaos
