// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/story_tracker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/logging/log_throttle.h"

namespace copydesk::story {

StoryTracker::StoryTracker(const Options& options, StoryHistory* history)
    : options_(options), history_(history), window_(options.window) {}

void StoryTracker::assigned(std::span<const engine::TopicPartition> partitions,
                            std::span<const std::int64_t> next_offsets, std::size_t held) {
  revoked(partitions);  // what is left from an earlier assignment would be told twice
  if (history_ == nullptr) return;
  const std::size_t share = std::max<std::size_t>(1, options_.window.articles / std::max<std::size_t>(1, held));
  const Waiting waiting{next_ticket_++, Clock::now() + options_.history_timeout};
  std::vector<StoryHistory::Range> ranges;
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    if (next_offsets[i] <= 0) continue;
    ranges.push_back({partitions[i], next_offsets[i], share});
    waiting_[partitions[i]] = waiting;
  }
  if (!ranges.empty()) history_->ask(std::move(ranges), waiting.ticket);
}

void StoryTracker::revoked(std::span<const engine::TopicPartition> partitions) {
  for (const engine::TopicPartition& partition : partitions) {
    waiting_.erase(partition);
    window_.forget_partition(partition.partition);
  }
}

bool StoryTracker::ready(const engine::TopicPartition& partition) {
  if (waiting_.empty()) return true;
  take_answers();
  const auto found = waiting_.find(partition);
  if (found == waiting_.end()) return true;
  if (Clock::now() < found->second.until) return false;
  logging::log_throttle().log(
      {.many = "partitions whose articles from before were not read in time (`story.history_timeout`)",
       .detail = fmt::format("{}/{}: what it held before was not read within {} ms (`story.history_timeout`): older "
                             "versions and duplicates of earlier articles are not marked",
                             partition.topic, partition.partition, options_.history_timeout.count())});
  waiting_.erase(found);
  return true;
}

void StoryTracker::take_answers() {
  while (const auto answer = history_->take()) {
    const auto wanted = [&](const engine::TopicPartition& partition) {
      const auto found = waiting_.find(partition);
      return found != waiting_.end() && found->second.ticket == answer->ticket;
    };
    for (const StoryHistory::Past& past : answer->past) {
      if (!wanted(past.partition)) continue;  // given away, or given up, meanwhile
      if (past.facts) {
        window_.remember(*past.facts, {past.partition.partition, past.offset, past.timestamp_ms, past.key});
      } else {
        window_.forget(past.key);
      }
    }
    std::erase_if(waiting_, [&](const auto& waiting) { return waiting.second.ticket == answer->ticket; });
  }
}

encode::StoryMarks StoryTracker::see(const encode::StoryFacts& article, const engine::InputRecord& input) {
  return window_.see(article, {input.origin.partition, input.offset, input.timestamp_ms,
                               input.key ? std::string_view(*input.key) : std::string_view()});
}

}  // namespace copydesk::story
