// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/consumer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "pipeline/kafka/commits.h"
#include "pipeline/kafka/join_watch.h"
#include "pipeline/kafka/message.h"
#include "pipeline/kafka/topic_monitor.h"

namespace copydesk::kafka {

namespace {

/// librdkafka before 2.6.1 can loop for ever in cooperative-sticky rebalances (its CHANGELOG, #4800).
constexpr int kCooperativeSafe = 0x020601ff;

std::vector<engine::TopicPartition> to_partitions(const rd_kafka_topic_partition_list_t& list) {
  std::vector<engine::TopicPartition> partitions;
  partitions.reserve(static_cast<std::size_t>(list.cnt));
  for (int i = 0; i < list.cnt; ++i) partitions.push_back({list.elems[i].topic, list.elems[i].partition});
  return partitions;
}

std::string serialized(const GroupMetadata& metadata) {
  if (metadata == nullptr) return {};
  void* buffer = nullptr;
  std::size_t size = 0;
  const Error error(rd_kafka_consumer_group_metadata_write(metadata.get(), &buffer, &size));
  if (error != nullptr) return {};
  const std::unique_ptr<void, decltype([](void* memory) { rd_kafka_mem_free(nullptr, memory); })> owned(buffer);
  return {static_cast<const char*>(buffer), size};
}

/// The metadata of somebody who is no member: a broker takes offsets from it unchecked.
std::string no_membership(const Properties& properties) {
  const auto instance = properties.find("group.instance.id");
  const char* const id = instance == properties.end() ? nullptr : instance->second.c_str();
  return serialized(
      GroupMetadata(rd_kafka_consumer_group_metadata_new_with_genid(properties.at("group.id").c_str(), -1, "", id)));
}

}  // namespace

class Consumer::Impl {
 public:
  Impl(const Properties& properties, const std::string& topic, Listener& listener, const delivery::Wakeup& wakeup,
       const Options& options)
      : options_(options),
        listener_(listener),
        wakeup_(wakeup),
        no_membership_(no_membership(properties)),
        partitions_(options.monitor == nullptr ? 0 : options.monitor->input_partitions()) {
    const auto strategy = properties.find("partition.assignment.strategy");
    if (strategy != properties.end() && strategy->second.find("cooperative") != std::string::npos &&
        rd_kafka_version() < kCooperativeSafe) {
      // Not a warning: nothing has happened, and the choice was the desk's.
      spdlog::info(
          "librdkafka {} can loop in cooperative rebalances (fixed in 2.6.1): `kafka.assignor: range` is the safe "
          "choice here",
          library_version());
    }
    Conf conf = make_conf(properties);
    rd_kafka_conf_set_opaque(conf.get(), this);
    rd_kafka_conf_set_rebalance_cb(
        conf.get(), [](rd_kafka_t*, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* list, void* self) {
          static_cast<Impl*>(self)->rebalance(error, *list);
        });
    joins_->attach(conf.get());
    handle_ = make_client(RD_KAFKA_CONSUMER, std::move(conf));
    rd_kafka_poll_set_consumer(handle_.get());
    commits_.emplace(
        handle_.get(), *joins_,
        [this](std::span<const delivery::CommitOffset> offsets, std::string_view error_code) {
          listener_.commit_finished(offsets, error_code);
        },
        wakeup_);
    queue_.reset(rd_kafka_queue_get_consumer(handle_.get()));
    rd_kafka_queue_cb_event_enable(queue_.get(), wake, const_cast<delivery::Wakeup*>(&wakeup_));

    const PartitionList topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto error = rd_kafka_subscribe(handle_.get(), topics.get())) {
      throw std::runtime_error(fmt::format("cannot subscribe to the topic '{}': {}", topic, rd_kafka_err2str(error)));
    }
  }

  ~Impl() {
    if (!closed_) {
      abandoned_ = true;
      close();
    }
    rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
    queue_.reset();
    for (const PartitionQueue& open : queues_) rd_kafka_queue_cb_event_enable(open.queue.get(), nullptr, nullptr);
    queues_.clear();
    commits_.reset();
    destroy_in_time(std::move(handle_), std::move(joins_), kDestroyTimeout);
  }

  std::optional<engine::InputRecord> poll(std::chrono::milliseconds timeout) {
    // The group's own queue (rebalances, errors) is served also while records wait or are not wanted.
    if (++since_group_ >= kRecordsPerGroupPoll) {
      if (auto record = poll_group(std::chrono::milliseconds(0))) return record;
    }
    if (paused_ || in_doubt()) return poll_group(timeout);
    for (std::size_t tried = 0; tried < queues_.size(); ++tried) {
      next_queue_ = (next_queue_ + 1) % queues_.size();
      if (auto record = take_from(queues_[next_queue_])) return record;
    }
    return poll_group(timeout);
  }

  void pause(bool paused) noexcept { paused_ = paused; }

  void commit_async(std::span<const delivery::CommitOffset> offsets) { commits_->async(offsets); }

  bool commit_sync(std::span<const delivery::CommitOffset> offsets, std::chrono::milliseconds timeout) {
    return commits_->sync(offsets, timeout);
  }

  Watermarks watermarks(const engine::TopicPartition& partition) {
    Watermarks marks;
    const auto error = rd_kafka_get_watermark_offsets(handle_.get(), partition.topic.c_str(), partition.partition,
                                                      &marks.low, &marks.high);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR || marks.high < 0) return {};
    return marks;
  }

  std::vector<std::int64_t> committed(std::span<const engine::TopicPartition> partitions) {
    std::vector<std::int64_t> offsets;
    for (const engine::TopicPartition& partition : partitions) {
      const auto start = starts_.find(partition);
      offsets.push_back(start == starts_.end() ? -1 : start->second);
    }
    return offsets;
  }

  std::string membership() {
    if (rd_kafka_assignment_lost(handle_.get()) != 0) return {};
    std::string metadata = serialized(GroupMetadata(rd_kafka_consumer_group_metadata(handle_.get())));
    return metadata == no_membership_ ? std::string() : metadata;
  }

  bool still_stands(std::chrono::milliseconds timeout) {
    // Where partitions begin is committed outside of transactions: after one it would set the group back.
    if (!commits_->at_rest() && !commits_->vanished()) {
      commits_->poll(timeout);
      if (!commits_->at_rest() && !commits_->vanished()) return false;
    }
    const bool answered = commits_->look_and_wait(timeout);
    if (commits_->vanished()) made_anew(*commits_->vanished());
    return answered;
  }

  [[nodiscard]] bool input_missing() const { return options_.monitor != nullptr && options_.monitor->input_missing(); }

  /// Leaves the group. A group whose coordinator or whose topic is gone may never let go: its session then times out.
  void close() {
    constexpr std::chrono::seconds kLeaveTimeout{3};
    if (closed_) return;
    closed_ = true;
    if (!abandoned_) commits_->sync({}, kLastCommits);
    serve_group();
    const Queue closing(rd_kafka_queue_new(handle_.get()));
    const Error refused(rd_kafka_consumer_close_queue(handle_.get(), closing.get()));
    const auto deadline = std::chrono::steady_clock::now() + kLeaveTimeout;
    while (refused == nullptr && rd_kafka_consumer_closed(handle_.get()) == 0) {
      if (std::chrono::steady_clock::now() >= deadline) {
        spdlog::warn("the group does not let this worker go within {} s: it is left to time out",
                     kLeaveTimeout.count());
        return;
      }
      const Event event(rd_kafka_queue_poll(closing.get(), 100));
      if (event != nullptr && rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_REBALANCE) {
        rebalance(rd_kafka_event_error(event.get()), *rd_kafka_event_topic_partition_list(event.get()));
      }
    }
  }

 private:
  /// The queue of one assigned partition, cut off from the group's: records are taken only when there is room for
  /// them, while the group's queue goes on being polled. (Pausing partitions would do the same, but it throws away what
  /// is prefetched, and a partition that is paused around a rebalance may not start again.)
  struct PartitionQueue {
    engine::TopicPartition partition;
    Queue queue;
    std::int64_t next = -1;  ///< the first offset that was not given out; -1: not known
  };
  static constexpr int kRecordsPerGroupPoll = 64;
  static constexpr std::chrono::milliseconds kDestroyTimeout{1500};
  static constexpr std::chrono::milliseconds kLastCommits{2000};

  std::optional<engine::InputRecord> take_from(PartitionQueue& queue) {
    const Message message(rd_kafka_consume_queue(queue.queue.get(), 0));
    if (message == nullptr) return std::nullopt;
    const bool is_end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
    if (is_end || message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      look_for_a_leap(queue, message->offset);
      queue.next = message->offset + (is_end ? 0 : 1);
    }
    if (!is_end) return record_or_report(*message);
    listener_.read_to_end(queue.partition, message->offset);
    return std::nullopt;
  }

  /// Offsets may leave some out. Where they begin anew, so does the topic; where the first that is left lies behind
  /// what was to come, retention has deleted that.
  void look_for_a_leap(const PartitionQueue& queue, std::int64_t offset) {
    if (queue.next < 0 || offset == queue.next) return;
    if (offset < queue.next) made_anew(queue.partition);
    const std::int64_t first_left = std::min(watermarks(queue.partition).low, offset);
    if (first_left > queue.next) listener_.expired(queue.partition, queue.next, first_left - queue.next);
  }

  [[noreturn]] static void made_anew(const engine::TopicPartition& partition) {
    throw delivery::ClientsLost(
        fmt::format("the input topic '{}' was deleted, and made anew if it is there (partition {})", partition.topic,
                    partition.partition));
  }

  /// Whether the topic may be another than it was. Where a partition is deleted, its leader refuses the next fetch, and
  /// librdkafka asks for metadata, as it does in many lesser cases; only then can the next records be a new topic's. So
  /// none are given out until a look has found the group's offsets where they were. The look waits until the group's
  /// coordinator, too, will have heard of a deletion; where it does not answer, that is another fault, and records go
  /// on.
  [[nodiscard]] bool in_doubt() {
    constexpr std::chrono::milliseconds kHeardOf{300};
    constexpr std::chrono::milliseconds kBetweenDoubts{1000};
    constexpr std::chrono::seconds kPatience{5};
    const auto asked = joins_->metadata_asked();
    if (!doubt_ && asked > cleared_ + kBetweenDoubts && !starts_.empty()) {
      doubt_ = asked;
      commits_->look_not_before(asked + kHeardOf);
      commits_->look();
    }
    if (!doubt_) return false;
    if (commits_->last_look() < *doubt_ + kHeardOf && std::chrono::steady_clock::now() < *doubt_ + kPatience) {
      commits_->look();
      return true;
    }
    doubt_.reset();
    cleared_ = std::chrono::steady_clock::now();
    return false;
  }

  /// librdkafka looks for new partitions only when it asks for metadata.
  void look_for_partitions() {
    constexpr int kTimeoutMs = 2000;
    const int now = options_.monitor == nullptr ? 0 : options_.monitor->input_partitions();
    if (now == 0 || now == partitions_) return;
    // Only an answer about all topics makes the group look at their partitions.
    const rd_kafka_metadata_t* metadata = nullptr;
    if (rd_kafka_metadata(handle_.get(), 1, nullptr, &metadata, kTimeoutMs) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    rd_kafka_metadata_destroy(metadata);
    partitions_ = now;
  }

  /// What is to be looked at again and again, whatever comes.
  void look_after_topic() {
    if (options_.monitor != nullptr) options_.monitor->require_input();
    if (commits_->vanished()) made_anew(*commits_->vanished());
    const auto now = std::chrono::steady_clock::now();
    if (now < next_look_) return;
    next_look_ = now + options_.check_interval;
    commits_->look();
    look_for_partitions();
  }

  std::optional<engine::InputRecord> poll_group(std::chrono::milliseconds timeout) {
    since_group_ = 0;
    commits_->poll(std::chrono::milliseconds(0));
    look_after_topic();
    const Message message(rd_kafka_consumer_poll(handle_.get(), static_cast<int>(timeout.count())));
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    if (message == nullptr) return std::nullopt;
    return record_or_report(*message);
  }

  /// How long a topic may be missing is the monitor's to say.
  [[nodiscard]] std::optional<engine::InputRecord> record_or_report(const rd_kafka_message_t& message) const {
    const bool is_missing =
        message.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || message.err == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
    if (is_missing && options_.monitor != nullptr) return std::nullopt;
    return to_record_or_report(message);
  }

  /// What the group has to say is heard before the group is left: librdkafka 2.0 can finish leaving while a rebalance
  /// still waits for its callback, whose rd_kafka_assign() then waits for ever for one that is no more. Records that
  /// come up are dropped: nothing of theirs was taken.
  void serve_group() {
    constexpr int kMost = 1000;  // of records and errors: callbacks are served in between, and nothing holds it up
    for (int i = 0; i < kMost && Message(rd_kafka_consumer_poll(handle_.get(), 0)) != nullptr; ++i) {
    }
  }

  static void wake(rd_kafka_t*, void* wakeup) { static_cast<const delivery::Wakeup*>(wakeup)->notify(); }

  void open_queues(const rd_kafka_topic_partition_list_t& list) {
    for (int i = 0; i < list.cnt; ++i) {
      const engine::TopicPartition partition{list.elems[i].topic, list.elems[i].partition};
      PartitionQueue opened{
          .partition = partition,
          .queue = Queue(rd_kafka_queue_get_partition(handle_.get(), partition.topic.c_str(), partition.partition)),
          .next = std::max<std::int64_t>(-1, list.elems[i].offset)};
      rd_kafka_queue_forward(opened.queue.get(), nullptr);
      rd_kafka_queue_cb_event_enable(opened.queue.get(), wake, const_cast<delivery::Wakeup*>(&wakeup_));
      queues_.push_back(std::move(opened));
    }
  }

  void close_queues(const rd_kafka_topic_partition_list_t& list) {
    for (const engine::TopicPartition& partition : to_partitions(list)) {
      std::erase_if(queues_, [&partition](const PartitionQueue& open) {
        if (open.partition != partition) return false;
        rd_kafka_queue_cb_event_enable(open.queue.get(), nullptr, nullptr);
        return true;
      });
    }
  }

  void rebalance(rd_kafka_resp_err_t error, const rd_kafka_topic_partition_list_t& list) {
    // Null where the group is being left.
    const char* const protocol = rd_kafka_rebalance_protocol(handle_.get());
    const bool cooperative = protocol != nullptr && std::string_view(protocol) == "COOPERATIVE";
    if (error == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      assign(list, cooperative);
    } else {
      unassign(list, cooperative);
    }
  }

  void assign(const rd_kafka_topic_partition_list_t& list, bool cooperative) {
    const PartitionList starts(rd_kafka_topic_partition_list_copy(&list));
    std::vector<delivery::CommitOffset> to_commit;
    // A consumer that is given up may still be given partitions while it leaves the group.
    if (!abandoned_ && !closed_) tell([&] { to_commit = find_starts(handle_.get(), *starts, options_.start); });
    open_queues(*starts);
    if (cooperative) {
      report(Error(rd_kafka_incremental_assign(handle_.get(), starts.get())));
    } else {
      rd_kafka_assign(handle_.get(), starts.get());
    }
    if (abandoned_ || failure_) return;
    for (int i = 0; i < starts->cnt; ++i) {
      const auto& element = starts->elems[i];
      if (element.offset < 0) continue;
      const engine::TopicPartition partition{element.topic, element.partition};
      starts_[partition] = element.offset;
      const bool committed = std::none_of(to_commit.begin(), to_commit.end(), [&](const delivery::CommitOffset& one) {
        return one.partition == partition;
      });
      if (committed) commits_->stands_at(partition, element.offset);
    }
    if (!to_commit.empty()) commits_->async(to_commit);
    cleared_ = std::chrono::steady_clock::now();
    tell([&] { listener_.assigned(to_partitions(*starts)); });
  }

  void unassign(const rd_kafka_topic_partition_list_t& list, bool cooperative) {
    const bool lost = rd_kafka_assignment_lost(handle_.get()) != 0;
    if (!abandoned_) tell([&] { listener_.revoked(to_partitions(list), lost); });
    if (!abandoned_ && !lost) commits_->sync({}, kLastCommits);  // where partitions began may not be committed yet
    commits_->forget(to_partitions(list));
    for (const engine::TopicPartition& partition : to_partitions(list)) starts_.erase(partition);
    close_queues(list);
    if (cooperative) {
      joins_->expect_join();
      report(Error(rd_kafka_incremental_unassign(handle_.get(), &list)));
    } else {
      rd_kafka_assign(handle_.get(), nullptr);
    }
  }

  /// The listener may throw (the output failed for good); exceptions must not pass through librdkafka's C frames.
  template <class Call>
  void tell(Call call) noexcept {
    try {
      call();
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  static void report(const Error& error) {
    if (error != nullptr) spdlog::warn("rebalance: {}", rd_kafka_error_string(error.get()));
  }

  const Options options_;
  Listener& listener_;
  const delivery::Wakeup& wakeup_;
  const std::string no_membership_;
  std::shared_ptr<JoinWatch> joins_ = std::make_shared<JoinWatch>();
  Handle handle_;
  std::optional<Commits> commits_;  // from the constructor on
  Queue queue_;
  std::vector<PartitionQueue> queues_;  // of the assigned partitions
  std::size_t next_queue_ = 0;
  int since_group_ = 0;
  bool paused_ = false;
  std::map<engine::TopicPartition, std::int64_t> starts_;  // where each assigned partition began
  std::chrono::steady_clock::time_point next_look_{};
  std::optional<std::chrono::steady_clock::time_point> doubt_;  // since when
  std::chrono::steady_clock::time_point cleared_{};
  int partitions_ = 0;  // of the topic, as the monitor counted them when metadata were last asked for
  std::exception_ptr failure_;
  bool closed_ = false;
  bool abandoned_ = false;
};

Consumer::Consumer(const Properties& properties, const std::string& topic, Listener& listener,
                   const delivery::Wakeup& wakeup, const Options& options)
    : impl_(std::make_unique<Impl>(properties, topic, listener, wakeup, options)) {}
Consumer::~Consumer() = default;
std::optional<engine::InputRecord> Consumer::poll(std::chrono::milliseconds timeout) {
  return impl_->poll(timeout);
}
void Consumer::pause(bool paused) {
  impl_->pause(paused);
}
void Consumer::commit_async(std::span<const delivery::CommitOffset> offsets) {
  impl_->commit_async(offsets);
}
bool Consumer::commit_sync(std::span<const delivery::CommitOffset> offsets, std::chrono::milliseconds timeout) {
  return impl_->commit_sync(offsets, timeout);
}
delivery::Source::Watermarks Consumer::watermarks(const engine::TopicPartition& partition) {
  return impl_->watermarks(partition);
}
std::vector<std::int64_t> Consumer::committed(std::span<const engine::TopicPartition> partitions) {
  return impl_->committed(partitions);
}
std::string Consumer::membership() {
  return impl_->membership();
}
bool Consumer::still_stands(std::chrono::milliseconds timeout) {
  return impl_->still_stands(timeout);
}
bool Consumer::input_missing() const {
  return impl_->input_missing();
}
void Consumer::close() {
  impl_->close();
}

}  // namespace copydesk::kafka
