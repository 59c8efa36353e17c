// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>

#include "pipeline/engine/records.h"
#include "pipeline/story/story_history.h"
#include "pipeline/story/story_window.h"

namespace copydesk::story {

/// What a worker knows of the stories of its partitions: a window of the articles that have left, and for partitions
/// that it takes over what they held before, read back from the input. Used by the worker's thread.
class StoryTracker {
 public:
  struct Options {
    StoryWindow::Options window;
    std::chrono::milliseconds history_timeout{30'000};  ///< how long a partition may wait for what it held before
  };
  /// `history` may be null: partitions start without memory. It outlives the tracker.
  StoryTracker(const Options& options, StoryHistory* history);

  /// `next_offsets[i]` is where partitions[i] goes on; negative = at its beginning, or unknown. `held` = partitions
  /// that the worker has now, these included: they share the window.
  void assigned(std::span<const engine::TopicPartition> partitions, std::span<const std::int64_t> next_offsets,
                std::size_t held);
  void revoked(std::span<const engine::TopicPartition> partitions);

  /// False while the partition waits for what it held before: its records must not leave yet, since what they are to
  /// earlier ones is not known. Others are not held up.
  [[nodiscard]] bool ready(const engine::TopicPartition& partition);

  /// What the article is to those before it. Call it once for each record that leaves, in that order.
  encode::StoryMarks see(const encode::StoryFacts& article, const engine::InputRecord& input);
  /// A tombstone leaves.
  void forget(std::string_view key) { window_.forget(key); }

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::uint64_t ticket = 0;
    Clock::time_point until;
  };
  void take_answers();

  const Options options_;
  StoryHistory* const history_;
  StoryWindow window_;
  std::map<engine::TopicPartition, Waiting> waiting_;
  std::uint64_t next_ticket_ = 1;
};

}  // namespace copydesk::story
