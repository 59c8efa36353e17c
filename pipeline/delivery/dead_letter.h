// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/engine/records.h"
#include "stages/result.h"

namespace copydesk::delivery {

/// Headers of a dead letter begin with this: docs/dead-letters.md lists them.
inline constexpr std::string_view kErrorHeaders = "__copydesk.errors.";
/// Headers of an article that was sent again: which attempt it is (2 = the first repetition), and the dead letter that
/// it was, as "TOPIC/PARTITION:OFFSET".
inline constexpr std::string_view kAttemptHeader = "__copydesk.attempt";
inline constexpr std::string_view kReplayOfHeader = "__copydesk.replay_of";

/// The value of the last header of that name; nothing where there is none, or it is null.
[[nodiscard]] std::optional<std::string_view> header_of(std::span<const engine::Header> headers,
                                                        std::string_view name) noexcept;

/// The attempt that a record is: 1 unless it says otherwise.
[[nodiscard]] std::uint32_t attempt_of(std::span<const engine::Header> headers) noexcept;

/// How an article became a dead letter.
struct Refusal {
  std::string_view stage;     ///< that refused it
  std::int64_t after_ms = 0;  ///< since it came
  std::string_view version;   ///< of the program
};
/// Headers of the article's dead letter: those that it came with, and what was wrong.
[[nodiscard]] std::vector<engine::Header> dead_letter_headers(const engine::InputRecord& input, const Error& error,
                                                              const Refusal& refusal);

/// What the headers of a dead letter say. Views into them.
struct DeadLetterFacts {
  std::string_view reason;  ///< empty where the record is no dead letter of Copydesk's; the others likewise
  std::string_view message;
  std::string_view detail;
  std::string_view stage;
  std::string_view topic;
  std::optional<std::int32_t> partition;
  std::optional<std::int64_t> offset;
  std::uint32_t attempt = 1;
  bool value_omitted = false;
  bool key_made = false;  ///< the article came without a key
};
[[nodiscard]] DeadLetterFacts dead_letter_facts(std::span<const engine::Header> headers) noexcept;

/// Headers with which the article goes back to its topic: as it first came, and which attempt this is. `dead_letter` is
/// where the dead letter stands.
[[nodiscard]] std::vector<engine::Header> replay_headers(std::span<const engine::Header> headers,
                                                         std::string_view dead_letter);

}  // namespace copydesk::delivery
