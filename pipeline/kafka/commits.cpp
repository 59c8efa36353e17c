#include "pipeline/kafka/commits.h"

#include <algorithm>
#include <array>

namespace copydesk::kafka {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Deleter<rd_kafka_AdminOptions_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Deleter<rd_kafka_event_destroy>>;
using GroupOffsets =
    std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t, Deleter<rd_kafka_ListConsumerGroupOffsets_destroy>>;

}  // namespace

Commits::Commits(rd_kafka_t* handle, std::string group, const JoinWatch& joins, Finished finished, const Wakeup& wakeup)
    : handle_(handle),
      group_(std::move(group)),
      joins_(joins),
      finished_(std::move(finished)),
      wakeup_(wakeup),
      replies_(rd_kafka_queue_new(handle)),
      looks_(rd_kafka_queue_new(handle)) {
  for (rd_kafka_queue_t* queue : {replies_.get(), looks_.get()}) {
    rd_kafka_queue_cb_event_enable(
        queue, [](rd_kafka_t*, void* wake) { static_cast<const Wakeup*>(wake)->notify(); },
        const_cast<Wakeup*>(&wakeup_));
  }
}

Commits::~Commits() {
  for (rd_kafka_queue_t* queue : {replies_.get(), looks_.get()})
    rd_kafka_queue_cb_event_enable(queue, nullptr, nullptr);
}

void Commits::async(std::span<const CommitOffset> offsets) {
  for (const CommitOffset& offset : offsets) next_[offset.partition] = offset.next_offset;
  if (under_way_.empty() && !joins_.joining()) send_next();
}

bool Commits::sync(std::span<const CommitOffset> offsets, milliseconds timeout) {
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
    for (const CommitOffset& offset : offsets) next_.erase(offset.partition);
    finished_(offsets, code_name(vanished_ ? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART : RD_KAFKA_RESP_ERR__TIMED_OUT));
    return false;
  }
  return std::all_of(offsets.begin(), offsets.end(), [this](const CommitOffset& offset) {
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

void Commits::forget(std::span<const TopicPartition> partitions) {
  for (const TopicPartition& partition : partitions) {
    next_.erase(partition);
    stands_at_.erase(partition);
  }
}

void Commits::stands_at(const TopicPartition& partition, std::int64_t offset) {
  stands_at_[partition] = offset;
}

void Commits::look() {
  look_wanted_ = true;
  if (under_way_.empty()) send_next();
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
  constexpr int kTimeoutMs = 5000;
  const PartitionList list = known_partitions();
  std::array<char, 512> error{};
  const AdminOptions options(rd_kafka_AdminOptions_new(handle_, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kTimeoutMs, error.data(), error.size());
  const GroupOffsets request(rd_kafka_ListConsumerGroupOffsets_new(group_.c_str(), list.get()));
  rd_kafka_ListConsumerGroupOffsets_t* requests[] = {request.get()};
  rd_kafka_ListConsumerGroupOffsets(handle_, requests, 1, options.get(), looks_.get());
  looking_ = true;
}

/// What the look has brought, if it has come.
void Commits::take_look() {
  constexpr milliseconds kPause{500};
  const Event event(rd_kafka_queue_poll(looks_.get(), 0));
  if (event == nullptr) return;
  looking_ = false;
  std::size_t groups = 0;
  const auto* const result = rd_kafka_event_ListConsumerGroupOffsets_result(event.get());
  const auto* const* const answers =
      result == nullptr ? nullptr : rd_kafka_ListConsumerGroupOffsets_result_groups(result, &groups);
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR || groups != 1 ||
      rd_kafka_group_result_error(answers[0]) != nullptr) {
    look_again_ = Clock::now() + kPause;
    return;
  }
  look_wanted_ = false;
  const rd_kafka_topic_partition_list_t* const list = rd_kafka_group_result_partitions(answers[0]);
  if (list != nullptr) compare(*list);
  if (!vanished_ && under_way_.empty()) commit_next();
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
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      std::int64_t& known = stands_at_.try_emplace(offset.partition, offset.next_offset).first->second;
      known = std::max(known, offset.next_offset);
    }
    finished_({&offset, 1}, error == RD_KAFKA_RESP_ERR_NO_ERROR ? std::string_view() : code_name(error));
  }
}

}  // namespace copydesk::kafka
