// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/delivery/lane.h"
#include "pipeline/delivery/worker.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/story/story_tracker.h"
#include "pipeline/system/unix_time.h"

namespace copydesk::delivery {

inline double seconds(StageContext::Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

/// One article between its arrival and its commit. Owned by Worker::articles_.
struct Worker::InFlight final : LaneItem, engine::ArticleJob {
  InFlight(Worker& owner, engine::InputRecord record)
      : worker(owner),
        input(std::move(record)),
        arrived(StageContext::Clock::now()),
        arrived_ms(system::unix_milliseconds()) {
    offset = input.offset;
    bytes = input.bytes();
  }

  [[nodiscard]] parse::Payload payload() const noexcept override {
    return {.bytes = input.value->view(),
            .name = input.key ? std::string_view(*input.key) : std::string_view(),
            .plain_text = false,
            .received_ms = worker.options_.timestamps ? arrived_ms : 0};
  }
  void done(const engine::Outcome& outcome) noexcept override;

  Worker& worker;
  engine::InputRecord input;
  std::optional<std::string> output_key;
  std::optional<std::string> output;  ///< the enriched record; nullopt = tombstone
  std::size_t marks_at = 0;           ///< see encode::Record
  encode::Digest digest;
  bool story_settled = false;
  bool superseded = false;
  bool duplicate = false;
  std::vector<engine::Header> marked_headers;  ///< instead of the input's, where there is something to add to them
  std::optional<Error> error;                  ///< set: this goes to the dead-letter topic
  std::string_view failed_stage;
  std::vector<engine::Header> dead_letter_headers;
  std::size_t bytes = 0;  ///< share of inflight_bytes_
  StageContext::Clock::time_point arrived;
  std::int64_t arrived_ms;
  bool orphaned = false;       ///< its partition is no longer ours: nothing more is sent for it
  bool is_output = false;      ///< counts in Assigned::outputs
  bool restamped = false;      ///< the topic does not take its timestamp: it is sent with the present time
  int unclear_refusals = 0;    ///< how often it was refused for what may be no fault of its own
  std::string made_key;        ///< of a dead letter without a key, where its topic is compacted
  bool without_value = false;  ///< the topic refuses the dead letter: send only where it came from
  bool without_rest = false;   ///< and even so: send neither the input's key nor its headers
  bool refused = false;        ///< and even so: nothing is left to leave out
};

}  // namespace copydesk::delivery
