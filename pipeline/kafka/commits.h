// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/join_watch.h"

namespace copydesk::kafka {

/// Commits a group's offsets with one request at a time. librdkafka repeats a commit whose coordinator has just moved,
/// and one that was sent meanwhile would be overtaken by the repetition: the committed offset would go back. What is to
/// be committed while a request is under way goes with the next one. Used by one thread.
///
/// Before each commit it looks at where the group stands. Kafka deletes a group's offsets with the topic, so an offset
/// that was committed and is not there any more tells that the topic was deleted, and maybe made anew under its name:
/// offsets of the old one must not be committed for the new one.
class Commits {
 public:
  /// Told what has been committed, or why not (Kafka's name of the error).
  using Finished = std::function<void(std::span<const delivery::CommitOffset> offsets, std::string_view error_code)>;

  /// `handle` is a consumer and must outlive this, as must `joins`: while it joins its group, async() waits with what
  /// it has. `wakeup` is notified when poll() has something to do.
  Commits(rd_kafka_t* handle, const JoinWatch& joins, Finished finished, const delivery::Wakeup& wakeup);
  ~Commits();
  Commits(const Commits&) = delete;
  Commits& operator=(const Commits&) = delete;

  void async(std::span<const delivery::CommitOffset> offsets);
  /// Waits for the answer, at most `timeout`, that of an earlier request included. True where committed; else the
  /// offsets are not committed later either, unless their request is under way.
  bool sync(std::span<const delivery::CommitOffset> offsets, std::chrono::milliseconds timeout);
  /// Tells of answers that have come, waiting for one at most `timeout`, and sends what waits for them.
  void poll(std::chrono::milliseconds timeout);
  /// These partitions are another's now: what waits for them is not sent.
  void forget(std::span<const engine::TopicPartition> partitions);

  /// Nothing waits to be committed, and no commit is under way.
  [[nodiscard]] bool at_rest() const noexcept { return under_way_.empty() && next_.empty(); }

  /// Here the group stands, in a partition that is ours from now on.
  void stands_at(const engine::TopicPartition& partition, std::int64_t offset);
  /// Looks at where the group stands, without a commit; the answer comes with poll().
  void look();
  /// No look before this counts, and so no commit goes out before.
  void look_not_before(std::chrono::steady_clock::time_point time);
  /// When the last look that found all well was sent.
  [[nodiscard]] std::chrono::steady_clock::time_point last_look() const noexcept { return last_look_; }
  /// The same, and waits for the answer; false where it does not come in time.
  [[nodiscard]] bool look_and_wait(std::chrono::milliseconds timeout);
  /// The first partition in which the group's offset is gone, or lower than it was; nothing where all is well. Nothing
  /// is committed from then on.
  [[nodiscard]] const std::optional<engine::TopicPartition>& vanished() const noexcept { return vanished_; }

 private:
  using Answer = std::vector<std::pair<delivery::CommitOffset, rd_kafka_resp_err_t>>;
  void send_next();
  void send_look();
  void take_look();
  void ask(const std::stop_token& stop);
  void compare(const rd_kafka_topic_partition_list_t& list);
  void commit_next();
  [[nodiscard]] PartitionList known_partitions() const;
  void settle(const Answer& answer);

  rd_kafka_t* const handle_;
  const JoinWatch& joins_;
  const Finished finished_;
  const delivery::Wakeup& wakeup_;
  Queue replies_;
  Queue looks_;
  bool looking_ = false;  // a look is under way
  bool look_wanted_ = false;
  std::chrono::steady_clock::time_point look_again_{};  // not before this
  std::chrono::steady_clock::time_point look_sent_{};
  std::chrono::steady_clock::time_point last_look_{};
  std::optional<engine::TopicPartition> vanished_;
  std::vector<delivery::CommitOffset> under_way_;  // empty where no request is
  std::optional<Answer> answer_;                   // to what was under way
  std::map<engine::TopicPartition, std::int64_t> next_;
  std::map<engine::TopicPartition, rd_kafka_resp_err_t> last_;  // answer of each partition
  std::map<engine::TopicPartition, std::int64_t> stands_at_;    // where the group is known to stand, at least

  /// The look under way: the client's call for it waits, so it has a thread of its own.
  struct Look {
    PartitionList partitions{};  ///< with the answer once it is `done`
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    bool done = false;
  };
  std::mutex mutex_;
  std::condition_variable_any asked_;
  std::optional<Look> look_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace copydesk::kafka
