// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <map>
#include <span>
#include <string>

#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

struct NewTopic {
  std::string name;
  int partitions = 1;
  int replication = 1;
  std::map<std::string, std::string> config = {};  ///< topic settings, for instance "max.message.bytes"
};

/// Creates the topics and waits until the brokers know them. A topic that exists already is left as it is.
/// Throws std::runtime_error naming the topic that could not be made, and why.
void create_topics(const Properties& common, std::span<const NewTopic> topics, std::chrono::milliseconds timeout);

}  // namespace copydesk::kafka
