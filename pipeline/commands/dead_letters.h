// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/delivery/dead_letter.h"
#include "pipeline/kafka/client.h"
#include "pipeline/kafka/topic_reader.h"

namespace copydesk::commands {

/// How long brokers may take to say what a topic holds.
inline constexpr std::chrono::milliseconds kAnswerTimeout{10'000};

/// A record of the dead-letter topic.
struct DeadLetter {
  engine::InputRecord record;

  [[nodiscard]] delivery::DeadLetterFacts facts() const noexcept { return delivery::dead_letter_facts(record.headers); }
  /// "0:17": partition and offset in the dead-letter topic.
  [[nodiscard]] std::string place() const;
};

/// "0:17" as partition and offset.
[[nodiscard]] std::optional<std::pair<std::int32_t, std::int64_t>> parse_place(std::string_view text) noexcept;

/// Which dead letters are meant: those for which all that is given holds.
struct DeadLetterFilter {
  std::vector<std::string> reasons;  ///< one of them
  std::vector<std::string> stages;
  std::optional<std::string> key;         ///< its bytes, or what key_text() makes of them
  std::optional<std::int32_t> partition;  ///< of the dead-letter topic
  std::optional<std::int64_t> since_ms;   ///< Unix time at which the article came in, in milliseconds
  std::optional<std::int64_t> until_ms;   ///< before this
  std::uint64_t limit = 0;                ///< at most so many; 0 = all

  [[nodiscard]] bool matches(const DeadLetter& letter) const;
};

/// Where dead letters are read.
struct DeadLetterTopic {
  kafka::Properties consumer;  ///< properties of librdkafka
  std::string name;
};

/// What the topic held when this was made: dead letters that come later are not seen, so that reading twice gives the
/// same. All calls throw std::runtime_error where the brokers refuse.
class DeadLetterReader {
 public:
  explicit DeadLetterReader(const DeadLetterTopic& topic);

  /// Hands over what matches, partition by partition, the oldest first, until `stop` says so.
  void read(const DeadLetterFilter& filter, const std::function<void(DeadLetter)>& take,
            const std::function<bool()>& stop);
  /// The one at this place; nothing where the topic holds none there.
  [[nodiscard]] std::optional<DeadLetter> at(std::int32_t partition, std::int64_t offset);

 private:
  kafka::TopicReader reader_;
  std::vector<kafka::TopicReader::Range> ranges_;
};

}  // namespace copydesk::commands
