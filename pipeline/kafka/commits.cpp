// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/commits.h"

#include <algorithm>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

}  // namespace

Commits::Commits(rd_kafka_t* handle, const JoinWatch& joins, Finished finished, const delivery::Wakeup& wakeup)
    : handle_(handle),
      joins_(joins),
      finished_(std::move(finished)),
      wakeup_(wakeup),
      replies_(rd_kafka_queue_new(handle)),
      thread_([this](const std::stop_token& stop) { ask(stop); }) {
  rd_kafka_queue_cb_event_enable(
      replies_.get(), [](rd_kafka_t*, void* wake) { static_cast<const delivery::Wakeup*>(wake)->notify(); },
      const_cast<delivery::Wakeup*>(&wakeup_));
}

Commits::~Commits() {
  rd_kafka_queue_cb_event_enable(replies_.get(), nullptr, nullptr);
}

void Commits::async(std::span<const delivery::CommitOffset> offsets) {
  for (const delivery::CommitOffset& offset : offsets) next_[offset.partition] = offset.next_offset;
  if (under_way_.empty() && !joins_.joining()) send_next();
}

bool Commits::sync(std::span<const delivery::CommitOffset> offsets, milliseconds timeout) {
  constexpr milliseconds kTurn{50};
  const auto deadline = Clock::now() + timeout;
  async(offsets);
  // rd_kafka_commit(…, async = 0) has no time limit of its own and can hang on a dead coordinator.
  while (!vanished_) {
    // There is no later: it is tried also while the consumer joins, when the group may refuse it.
    if (under_way_.empty()) send_next();
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if ((under_way_.empty() && next_.empty()) || left <= milliseconds(0)) break;
    poll(std::min(left, kTurn));
  }
  if (vanished_ || !under_way_.empty() || !next_.empty()) {
    for (const delivery::CommitOffset& offset : offsets) next_.erase(offset.partition);
    finished_(offsets, code_name(vanished_ ? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART : RD_KAFKA_RESP_ERR__TIMED_OUT));
    return false;
  }
  return std::all_of(offsets.begin(), offsets.end(), [this](const delivery::CommitOffset& offset) {
    return last_[offset.partition] == RD_KAFKA_RESP_ERR_NO_ERROR;
  });
}

void Commits::poll(milliseconds timeout) {
  if (looking_) {
    take_look();
    if (looking_ && timeout > milliseconds(0)) wakeup_.wait(timeout);
    if (looking_) take_look();
  } else {
    rd_kafka_queue_poll_callback(replies_.get(), static_cast<int>(timeout.count()));
  }
  if (answer_) {
    under_way_.clear();
    settle(*std::exchange(answer_, std::nullopt));
  }
  if (under_way_.empty() && !joins_.joining()) send_next();
}

void Commits::forget(std::span<const engine::TopicPartition> partitions) {
  for (const engine::TopicPartition& partition : partitions) {
    next_.erase(partition);
    stands_at_.erase(partition);
  }
}

void Commits::stands_at(const engine::TopicPartition& partition, std::int64_t offset) {
  stands_at_[partition] = offset;
}

void Commits::look() {
  look_wanted_ = true;
  if (under_way_.empty()) send_next();
}

void Commits::look_not_before(Clock::time_point time) {
  look_again_ = std::max(look_again_, time);
}

/// Looks first, then commits: take_look() goes on with the commit.
void Commits::send_next() {
  if (looking_ || vanished_ || (next_.empty() && !look_wanted_)) return;
  if (stands_at_.empty()) {
    commit_next();
  } else if (Clock::now() >= look_again_) {
    send_look();
  }
}

void Commits::send_look() {
  {
    const std::lock_guard lock(mutex_);
    look_ = Look{.partitions = known_partitions()};
  }
  asked_.notify_one();
  looking_ = true;
  look_sent_ = Clock::now();
}

/// On a thread of its own: the client finds the coordinator again where it has moved, which may take a while.
void Commits::ask(const std::stop_token& stop) {
  constexpr int kTimeoutMs = 1000;
  while (true) {
    PartitionList list(nullptr);
    {
      std::unique_lock lock(mutex_);
      if (!asked_.wait(lock, stop, [this] { return look_ && !look_->done && look_->partitions != nullptr; })) return;
      list = std::move(look_->partitions);
    }
    const auto error = rd_kafka_committed(handle_, list.get(), kTimeoutMs);
    {
      const std::lock_guard lock(mutex_);
      look_ = Look{std::move(list), error, true};
    }
    wakeup_.notify();
  }
}

/// What the look has brought, if it has come.
void Commits::take_look() {
  constexpr milliseconds kPause{200};
  Look look;
  {
    const std::lock_guard lock(mutex_);
    if (!look_ || !look_->done) return;
    look = std::move(*look_);
    look_.reset();
  }
  looking_ = false;
  if (look.error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    look_again_ = std::max(look_again_, Clock::now() + kPause);
    return;
  }
  if (look_sent_ < look_again_) return;  // in doubt meanwhile: it is sent again
  look_wanted_ = false;
  compare(*look.partitions);
  if (vanished_) return;
  last_look_ = look_sent_;
  if (under_way_.empty()) commit_next();
}

void Commits::compare(const rd_kafka_topic_partition_list_t& list) {
  for (int i = 0; i < list.cnt; ++i) {
    const rd_kafka_topic_partition_t& element = list.elems[i];
    const auto known = stands_at_.find({element.topic, element.partition});
    if (element.err != RD_KAFKA_RESP_ERR_NO_ERROR || known == stands_at_.end()) continue;
    if (element.offset < known->second) vanished_ = known->first;
  }
}

bool Commits::look_and_wait(milliseconds timeout) {
  if (vanished_ || stands_at_.empty()) return true;
  if (Clock::now() < look_again_) return false;
  const PartitionList list = known_partitions();
  if (rd_kafka_committed(handle_, list.get(), static_cast<int>(timeout.count())) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return false;
  }
  compare(*list);
  return true;
}

PartitionList Commits::known_partitions() const {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(stands_at_.size())));
  for (const auto& [partition, offset] : stands_at_) {
    rd_kafka_topic_partition_list_add(list.get(), partition.topic.c_str(), partition.partition);
  }
  return list;
}

void Commits::commit_next() {
  look_wanted_ = false;
  if (next_.empty()) return;
  for (const auto& [partition, offset] : std::exchange(next_, {})) under_way_.push_back({partition, offset});
  // Called from poll() alone, with `this` alive: nobody else serves that queue. Exceptions must not pass through
  // librdkafka's C frames, so that what is made of the answer is made later.
  const auto on_reply = [](rd_kafka_t*, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* list,
                           void* opaque) {
    auto& self = *static_cast<Commits*>(opaque);
    Answer answer;
    for (const delivery::CommitOffset& offset : self.under_way_) {
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
  for (const delivery::CommitOffset& offset : std::exchange(under_way_, {})) refused.emplace_back(offset, error);
  settle(refused);
}

void Commits::settle(const Answer& answer) {
  for (const auto& [offset, error] : answer) {
    last_[offset.partition] = error;
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      std::int64_t& known = stands_at_.try_emplace(offset.partition, offset.next_offset).first->second;
      known = std::max(known, offset.next_offset);
    }
    finished_({&offset, 1}, error == RD_KAFKA_RESP_ERR_NO_ERROR ? std::string_view() : code_name(error));
  }
}

}  // namespace copydesk::kafka
