// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/engine/records.h"
#include "stages/encode/digest.h"

namespace copydesk::story {

/// What a partition held before a worker took it over: reads the input back, beside the worker.
class StoryHistory {
 public:
  struct Range {
    engine::TopicPartition partition;
    std::int64_t end = 0;  ///< the first offset that is not wanted
    std::size_t most = 0;  ///< records before it, at most
  };
  /// An article, or a tombstone, that was there.
  struct Past {
    std::optional<encode::StoryFacts> facts;  ///< nullopt: a tombstone
    engine::TopicPartition partition;
    std::int64_t offset = 0;
    std::int64_t timestamp_ms = -1;
    std::string key;
  };
  struct Answer {
    std::uint64_t ticket = 0;
    std::vector<Past> past;  ///< of all ranges asked for at once, in the order in which they came in
  };

  virtual ~StoryHistory() = default;
  /// Answers later, with the same ticket, and wakes the worker; also where it could read nothing.
  virtual void ask(std::vector<Range> ranges, std::uint64_t ticket) = 0;
  /// The next answer, if there is one. Does not wait.
  virtual std::optional<Answer> take() = 0;
};

}  // namespace copydesk::story
