// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/topic_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "pipeline/kafka/message.h"

namespace copydesk::kafka {

namespace {

constexpr std::chrono::milliseconds kPoll{100};

Properties reader_properties(Properties properties) {
  for (const char* of_groups :
       {"group.id", "group.instance.id", "group.protocol", "group.remote.assignor", "partition.assignment.strategy"}) {
    properties.erase(of_groups);
  }
  properties["auto.offset.reset"] = "earliest";  // what is gone is passed over
  properties["enable.partition.eof"] = "true";
  properties["allow.auto.create.topics"] = "false";
  return properties;
}

}  // namespace

class TopicReader::Impl {
 public:
  Impl(Properties properties, std::string topic)
      : name_(std::move(topic)),
        handle_(make_client(RD_KAFKA_CONSUMER, make_conf(reader_properties(std::move(properties))))) {
    topic_.reset(rd_kafka_topic_new(handle_.get(), name_.c_str(), nullptr));
    if (topic_ == nullptr) throw std::runtime_error(fmt::format("cannot read the topic '{}'", name_));
  }

  std::vector<Range> whole(std::chrono::milliseconds timeout) {
    const auto timeout_ms = static_cast<int>(timeout.count());
    const rd_kafka_metadata_t* raw = nullptr;
    require(rd_kafka_metadata(handle_.get(), 0, topic_.get(), &raw, timeout_ms));
    const Metadata metadata(raw);
    if (metadata->topic_cnt != 1) throw std::runtime_error(fmt::format("the brokers know no topic '{}'", name_));
    require(metadata->topics[0].err);
    std::vector<Range> ranges;
    for (int i = 0; i < metadata->topics[0].partition_cnt; ++i) {
      Range range{.partition = metadata->topics[0].partitions[i].id};
      require(rd_kafka_query_watermark_offsets(handle_.get(), name_.c_str(), range.partition, &range.begin, &range.end,
                                               timeout_ms));
      ranges.push_back(range);
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.partition < b.partition; });
    return ranges;
  }

  std::vector<Range> since(std::vector<Range> ranges, std::int64_t time_ms, std::chrono::milliseconds timeout) {
    const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(ranges.size())));
    for (const Range& range : ranges) {
      rd_kafka_topic_partition_list_add(list.get(), name_.c_str(), range.partition)->offset = time_ms;
    }
    require(rd_kafka_offsets_for_times(handle_.get(), list.get(), static_cast<int>(timeout.count())));
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      const auto& element = list->elems[i];
      require(element.err);
      // Without a record of that time or later the answer is OFFSET_END.
      ranges[i].begin = element.offset >= 0 ? std::max(ranges[i].begin, element.offset) : ranges[i].end;
    }
    return ranges;
  }

  std::vector<Range> that_are_left(std::vector<Range> ranges, std::chrono::milliseconds timeout) {
    for (Range& range : ranges) {
      std::int64_t low = 0;
      std::int64_t high = 0;
      const auto error = rd_kafka_query_watermark_offsets(handle_.get(), name_.c_str(), range.partition, &low, &high,
                                                          static_cast<int>(timeout.count()));
      if (error == RD_KAFKA_RESP_ERR_NO_ERROR) range.begin = std::max(range.begin, low);
    }
    return ranges;
  }

  ~Impl() { stop_all(); }

  void start(std::span<const Range> ranges, const delivery::Wakeup* wakeup) {
    stop_all();
    queue_.reset(rd_kafka_queue_new(handle_.get()));
    if (wakeup != nullptr) {
      rd_kafka_queue_cb_event_enable(
          queue_.get(), [](rd_kafka_t*, void* wake) { static_cast<const delivery::Wakeup*>(wake)->notify(); },
          const_cast<delivery::Wakeup*>(wakeup));
    }
    for (const Range& range : ranges) {
      if (range.begin >= range.end) continue;
      if (rd_kafka_consume_start_queue(topic_.get(), range.partition, range.begin, queue_.get()) != 0) {
        require(rd_kafka_last_error());
      }
      ends_[range.partition] = range.end;
    }
  }

  std::optional<engine::InputRecord> next(std::chrono::milliseconds timeout) {
    while (!ends_.empty()) {
      const Message message(rd_kafka_consume_queue(queue_.get(), static_cast<int>(timeout.count())));
      if (message == nullptr) {
        rd_kafka_poll(handle_.get(), 0);  // what librdkafka has to say of its connections
        return std::nullopt;
      }
      const auto end = ends_.find(message->partition);
      if (end == ends_.end()) continue;
      const bool is_record = message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
      const bool is_wanted = is_record && message->offset < end->second;
      const bool is_end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF && end->second != kNoEnd;
      if (is_end || (is_record && message->offset + 1 >= end->second)) stop(message->partition);
      if (is_record && !is_wanted) continue;
      if (auto record = to_record_or_report(*message)) return record;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool finished() const noexcept { return ends_.empty(); }

 private:
  void require(rd_kafka_resp_err_t error) const {
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    throw std::runtime_error(
        fmt::format("cannot read the topic '{}': {}: {}", name_, code_name(error), rd_kafka_err2str(error)));
  }

  void stop(std::int32_t partition) {
    ends_.erase(partition);
    rd_kafka_consume_stop(topic_.get(), partition);
  }
  void stop_all() {
    if (queue_ != nullptr) rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
    while (!ends_.empty()) stop(ends_.begin()->first);
  }

  std::string name_;
  Handle handle_;
  Topic topic_;
  Queue queue_;
  std::map<std::int32_t, std::int64_t> ends_;  ///< of the partitions that are being read
};

TopicReader::TopicReader(Properties properties, std::string topic)
    : impl_(std::make_unique<Impl>(std::move(properties), std::move(topic))) {}
TopicReader::~TopicReader() = default;
std::vector<TopicReader::Range> TopicReader::whole(std::chrono::milliseconds timeout) {
  return impl_->whole(timeout);
}
std::vector<TopicReader::Range> TopicReader::since(std::vector<Range> ranges, std::int64_t time_ms,
                                                   std::chrono::milliseconds timeout) {
  return impl_->since(std::move(ranges), time_ms, timeout);
}
std::vector<TopicReader::Range> TopicReader::that_are_left(std::vector<Range> ranges,
                                                           std::chrono::milliseconds timeout) {
  return impl_->that_are_left(std::move(ranges), timeout);
}
void TopicReader::start(std::span<const Range> ranges, const delivery::Wakeup* wakeup) {
  impl_->start(ranges, wakeup);
}
std::optional<engine::InputRecord> TopicReader::next(std::chrono::milliseconds timeout) {
  return impl_->next(timeout);
}
bool TopicReader::finished() const noexcept {
  return impl_->finished();
}
bool TopicReader::read(std::span<const Range> ranges, const std::function<void(engine::InputRecord)>& take,
                       const std::function<bool()>& go_on) {
  start(ranges);
  while (!finished()) {
    if (!go_on()) return false;
    if (auto record = next(kPoll)) take(std::move(*record));
  }
  return true;
}

}  // namespace copydesk::kafka
