#include "pipeline/kafka/commits.h"

#include <algorithm>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

}  // namespace

Commits::Commits(rd_kafka_t* handle, const JoinWatch& joins, Finished finished, const Wakeup& wakeup)
    : handle_(handle), joins_(joins), finished_(std::move(finished)), replies_(rd_kafka_queue_new(handle)) {
  rd_kafka_queue_cb_event_enable(
      replies_.get(), [](rd_kafka_t*, void* wake) { static_cast<const Wakeup*>(wake)->notify(); },
      const_cast<Wakeup*>(&wakeup));
}

Commits::~Commits() {
  rd_kafka_queue_cb_event_enable(replies_.get(), nullptr, nullptr);
}

void Commits::async(std::span<const CommitOffset> offsets) {
  for (const CommitOffset& offset : offsets) next_[offset.partition] = offset.next_offset;
  if (under_way_.empty() && !joins_.joining()) send_next();
}

bool Commits::sync(std::span<const CommitOffset> offsets, milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  async(offsets);
  // rd_kafka_commit(…, async = 0) has no time limit of its own and can hang on a dead coordinator.
  while (true) {
    // There is no later: it is tried also while the consumer joins, when the group may refuse it.
    if (under_way_.empty()) send_next();
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (under_way_.empty() || left <= milliseconds(0)) break;
    poll(left);
  }
  if (!under_way_.empty()) {
    for (const CommitOffset& offset : offsets) next_.erase(offset.partition);
    finished_(offsets, code_name(RD_KAFKA_RESP_ERR__TIMED_OUT));
    return false;
  }
  return std::all_of(offsets.begin(), offsets.end(), [this](const CommitOffset& offset) {
    return last_[offset.partition] == RD_KAFKA_RESP_ERR_NO_ERROR;
  });
}

void Commits::poll(milliseconds timeout) {
  rd_kafka_queue_poll_callback(replies_.get(), static_cast<int>(timeout.count()));
  if (answer_) {
    under_way_.clear();
    settle(*std::exchange(answer_, std::nullopt));
  }
  if (under_way_.empty() && !joins_.joining()) send_next();
}

void Commits::forget(std::span<const TopicPartition> partitions) {
  for (const TopicPartition& partition : partitions) next_.erase(partition);
}

void Commits::send_next() {
  if (next_.empty()) return;
  for (const auto& [partition, offset] : std::exchange(next_, {})) under_way_.push_back({partition, offset});
  // Called from poll() alone, with `this` alive: nobody else serves that queue. Exceptions must not pass through
  // librdkafka's C frames, so that what is made of the answer is made later.
  const auto on_reply = [](rd_kafka_t*, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* list,
                           void* opaque) {
    auto& self = *static_cast<Commits*>(opaque);
    Answer answer;
    for (const CommitOffset& offset : self.under_way_) {
      const rd_kafka_topic_partition_t* element =
          list == nullptr
              ? nullptr
              : rd_kafka_topic_partition_list_find(list, offset.partition.topic.c_str(), offset.partition.partition);
      answer.emplace_back(offset, error != RD_KAFKA_RESP_ERR_NO_ERROR || element == nullptr ? error : element->err);
    }
    self.answer_ = std::move(answer);
  };
  const auto error = rd_kafka_commit_queue(handle_, to_list(under_way_).get(), replies_.get(), on_reply, this);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  Answer refused;
  for (const CommitOffset& offset : std::exchange(under_way_, {})) refused.emplace_back(offset, error);
  settle(refused);
}

void Commits::settle(const Answer& answer) {
  for (const auto& [offset, error] : answer) {
    last_[offset.partition] = error;
    finished_({&offset, 1}, error == RD_KAFKA_RESP_ERR_NO_ERROR ? std::string_view() : code_name(error));
  }
}

}  // namespace copydesk::kafka
