#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/delivery/io.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/join_watch.h"

namespace copydesk::kafka {

/// Commits a group's offsets with one request at a time. librdkafka repeats a commit whose coordinator has just moved,
/// and one that was sent meanwhile would be overtaken by the repetition: the committed offset would go back. What is to
/// be committed while a request is under way goes with the next one. Used by one thread.
class Commits {
 public:
  /// Told what has been committed, or why not (Kafka's name of the error).
  using Finished = std::function<void(std::span<const CommitOffset> offsets, std::string_view error_code)>;

  /// `handle` is a consumer and must outlive this, as must `joins`: while it joins its group, async() waits with what
  /// it has. `wakeup` is notified when poll() has something to do.
  Commits(rd_kafka_t* handle, const JoinWatch& joins, Finished finished, const Wakeup& wakeup);
  ~Commits();
  Commits(const Commits&) = delete;
  Commits& operator=(const Commits&) = delete;

  void async(std::span<const CommitOffset> offsets);
  /// Waits for the answer, at most `timeout`, that of an earlier request included. True where committed; else the
  /// offsets are not committed later either, unless their request is under way.
  bool sync(std::span<const CommitOffset> offsets, std::chrono::milliseconds timeout);
  /// Tells of answers that have come, waiting for one at most `timeout`, and sends what waits for them.
  void poll(std::chrono::milliseconds timeout);
  /// These partitions are another's now: what waits for them is not sent.
  void forget(std::span<const TopicPartition> partitions);

 private:
  using Answer = std::vector<std::pair<CommitOffset, rd_kafka_resp_err_t>>;
  void send_next();
  void settle(const Answer& answer);

  rd_kafka_t* const handle_;
  const JoinWatch& joins_;
  const Finished finished_;
  Queue replies_;
  std::vector<CommitOffset> under_way_;  // empty where no request is
  std::optional<Answer> answer_;         // to what was under way
  std::map<TopicPartition, std::int64_t> next_;
  std::map<TopicPartition, rd_kafka_resp_err_t> last_;  // answer of each partition
};

}  // namespace copydesk::kafka
