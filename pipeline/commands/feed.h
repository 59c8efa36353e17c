// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "pipeline/commands/command.h"
#include "pipeline/kafka/client.h"

namespace copydesk::commands {

struct FeedOptions {
  kafka::Properties common;    ///< librdkafka properties of any client: brokers, security
  kafka::Properties producer;  ///< and of the producer, those included
  std::string topic;
  std::vector<std::filesystem::path> inputs;  ///< files, folders, "-"; empty = standard input
  double rate = 0;                            ///< articles a second; 0 = as fast as possible
  std::uint64_t count = 0;                    ///< stop after so many articles; 0 = no limit
  bool loop = false;                          ///< start again at the end of the inputs
  bool progress = false;                      ///< draw a progress line on `err`
};

/// `copydesk feed`: publishes articles to a topic, keyed by their ids. Every article counts as fed once the broker has
/// acknowledged it. Stops early when `stop` is set. Returns the number of articles fed.
/// Throws std::runtime_error and FatalDeliveryError.
std::uint64_t feed(const FeedOptions& options, std::istream& in, std::ostream& err, const std::atomic<bool>& stop);

/// The command's options, help and work.
Command add_feed(CLI::App& app);

}  // namespace copydesk::commands
