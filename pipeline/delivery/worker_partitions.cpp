// SPDX-License-Identifier: Apache-2.0
// What the worker does when the group gives it partitions, or takes them.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "pipeline/delivery/in_flight.h"

namespace copydesk::delivery {

namespace {

using Clock = StageContext::Clock;
using std::chrono::milliseconds;

/// "0, 3", for the log.
std::string numbers(std::span<const engine::TopicPartition> partitions) {
  std::string text;
  for (const engine::TopicPartition& partition : partitions) {
    text += (text.empty() ? "" : ", ") + std::to_string(partition.partition);
  }
  return text.empty() ? "none" : text;
}

}  // namespace

void Worker::assigned(std::span<const engine::TopicPartition> partitions) {
  const std::vector<std::int64_t> committed = source_->committed(partitions);
  for (std::size_t i = 0; i < partitions.size(); ++i) lanes_[partitions[i]].committed = committed[i];
  if (options_.stories != nullptr) options_.stories->assigned(partitions, committed, lanes_.size());
  spdlog::info("partitions assigned: {} ({} held)", numbers(partitions), lanes_.size());
  metrics_.rebalance("assign");
  metrics_.assigned_partitions(lanes_.size());
  if (!state_.assigned_once.exchange(true) && options_.ready) options_.ready();
  if (paused_) {  // a new assignment starts unpaused; the next rounds pause again if they must
    source_->pause(false);
    paused_ = false;
    metrics_.input_paused(false);
  }
}

void Worker::revoked(std::span<const engine::TopicPartition> partitions, bool lost) {
  const auto begin = Clock::now();
  if (!lost && !state_.stopping) {
    if (!drain(partitions, begin + options_.drain_timeout)) {
      spdlog::warn("revoked partitions were not drained in time: their next owner repeats the articles in flight");
    }
  }
  for (const engine::TopicPartition& partition : partitions) {
    const auto lane = lanes_.find(partition);
    if (lane != lanes_.end()) drop(lane);
  }
  if (options_.stories != nullptr) options_.stories->revoked(partitions);
  spdlog::info("partitions {}: {} ({} kept)", lost ? "lost" : "revoked", numbers(partitions), lanes_.size());
  metrics_.revoke_drain(seconds(Clock::now() - begin));
  metrics_.rebalance(lost ? "lost" : "revoke");
  metrics_.assigned_partitions(lanes_.size());
}

void Worker::read_to_end(const engine::TopicPartition& partition, std::int64_t offset) {
  const auto lane = lanes_.find(partition);
  if (lane != lanes_.end()) lane->second.lane.read_to(offset);
}

void Worker::expired(const engine::TopicPartition& partition, std::int64_t first_offset, std::int64_t count) {
  metrics_.expired(partition.topic, static_cast<std::uint64_t>(count));
  spdlog::error(
      "{}/{}: {} records from offset {} on are gone: retention deleted them before this worker could read them. Raise "
      "retention.ms or retention.bytes of the topic, or add workers",
      partition.topic, partition.partition, count, first_offset);
}

void Worker::drop(Lanes::iterator lane) {
  // Its records in the open transaction must not be committed without its offset, which is another worker's now.
  if (transaction_.phase == Phase::kOpen && lane->second.lane.any_sent()) transaction_.doomed = true;
  for (InFlight* article : lane->second.lane.items()) {
    article->orphaned = true;
    // What is with the executor or the producer is retired when it comes back.
    if (article->progress == Progress::kReady || article->progress == Progress::kFinished) retire(*article);
  }
  metrics_.forget(lane->first);
  lanes_.erase(lane);
}

/// Finishes what is in flight in these partitions and commits it. False where the time ran out first.
bool Worker::drain(std::span<const engine::TopicPartition> partitions, Clock::time_point deadline) {
  const auto pending = [&] {
    return std::any_of(partitions.begin(), partitions.end(), [&](const engine::TopicPartition& partition) {
      const auto lane = lanes_.find(partition);
      return lane != lanes_.end() && !lane->second.lane.empty();
    });
  };
  const auto all_sent = [&] {
    return std::all_of(partitions.begin(), partitions.end(), [&](const engine::TopicPartition& partition) {
      const auto lane = lanes_.find(partition);
      return lane == lanes_.end() || lane->second.lane.all_sent();
    });
  };
  pump();
  while (pending() && Clock::now() < deadline) {
    if (transactions_ != nullptr) {
      advance_transaction(all_sent());
      if (!pending()) break;
    }
    wakeup_.wait(milliseconds(20));
    pump();
  }
  if (transactions_ != nullptr) return !pending();
  std::vector<CommitOffset> offsets;
  for (const engine::TopicPartition& partition : partitions) {
    const auto lane = lanes_.find(partition);
    if (lane == lanes_.end()) continue;
    const auto next = lane->second.lane.next_offset();
    if (next && *next != lane->second.committed) offsets.push_back({partition, *next});
  }
  if (!offsets.empty()) {
    const auto left = std::max(std::chrono::duration_cast<milliseconds>(deadline - Clock::now()), milliseconds(2000));
    if (!source_->commit_sync(offsets, left)) {
      spdlog::warn("the last commit of {} partitions failed: their articles may come out twice", offsets.size());
      return false;
    }
  }
  return !pending();
}

}  // namespace copydesk::delivery
