// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <string>

#include "pipeline/commands/command.h"
#include "pipeline/commands/dead_letters.h"

namespace copydesk::commands {

/// `copydesk dlq list`: a line for each dead letter that matches; as a table, or with `json` one object a line.
int dlq_list(const DeadLetterTopic& topic, const DeadLetterFilter& filter, bool json, const std::atomic<bool>& stop,
             std::ostream& out);

/// `copydesk dlq show`: the headers and the value of one dead letter, or its value alone, byte for byte.
int dlq_show(const DeadLetterTopic& topic, std::int32_t partition, std::int64_t offset, bool value_only,
             std::ostream& out, std::ostream& err);

struct DlqReplayOptions {
  DeadLetterTopic topic;
  DeadLetterFilter filter;
  kafka::Properties common;  ///< properties of librdkafka: of any client, and of the producer
  kafka::Properties producer;
  std::string to;        ///< topic; empty: the one that each came from
  bool dry_run = false;  ///< say what would be sent, and send nothing
  bool again = false;    ///< also what was sent again before
};

/// `copydesk dlq replay`: publishes what matches to the topic that it came from, into the same partition, with key,
/// value and headers as it first came. What was replayed before is known by its header in that topic, and passed over.
/// Prints what became of each, and counts; kExitFailure where anything that matches could not be sent.
int dlq_replay(const DlqReplayOptions& options, const std::atomic<bool>& stop, std::ostream& out, std::ostream& err);

/// The command's options, help and work.
Command add_dlq(CLI::App& app);

}  // namespace copydesk::commands
