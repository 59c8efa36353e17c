// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "pipeline/commands/command.h"
#include "pipeline/kafka/client.h"
#include "pipeline/terminal/article_card.h"
#include "pipeline/terminal/record_filter.h"

namespace copydesk::commands {

struct TapOptions {
  enum class Show : std::uint8_t {
    kCards,
    kQuotes,  ///< of each record the quotes that match
    kJson,    ///< the records byte for byte, one a line
  };
  kafka::Properties common;    ///< librdkafka properties of any client,
  kafka::Properties consumer;  ///< and of a consumer, those included
  std::string topic;           ///< with enriched records
  terminal::RecordFilter filter;
  Show show = Show::kCards;
  // Where to begin; at most one of these three. None: with what comes from now on.
  bool from_beginning = false;
  std::uint64_t last = 0;                ///< with the last so many records of the topic, by their time
  std::optional<std::int64_t> since_ms;  ///< with the first record at or after that time (Unix, in milliseconds)
  bool end = false;                      ///< end at what is the end of the topic now
  std::uint64_t count = 0;               ///< end after so many records shown; 0 = no limit
  terminal::CardStyle style;
  bool terminal = false;  ///< `out` is one, so that JSON too is made printable
};

/// `copydesk tap`: shows enriched records as they come. It reads outside any consumer group, so it disturbs nobody, and
/// sees only what is committed. Ends with `count`, `end`, `stop`, or where `out` takes no more. Throws
/// std::runtime_error where the brokers refuse.
int tap(const TapOptions& options, const std::atomic<bool>& stop, std::ostream& out);

/// The command's options, help and work.
Command add_tap(CLI::App& app);

}  // namespace copydesk::commands
