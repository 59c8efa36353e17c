// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/engine/records.h"

namespace copydesk::delivery {

/// A Kafka consumer group as its coordinator describes it: who shares the input.
struct ConsumerGroup {
  struct Member {
    std::string client;    ///< its client.id
    std::string host;      ///< as the broker sees it, "10.0.0.7"
    std::string instance;  ///< its group.instance.id; empty without static membership
    std::vector<engine::TopicPartition> partitions;
  };
  std::string id;
  std::string state;  ///< Kafka's name: "Stable", "PreparingRebalance", …
  std::vector<Member> members;
  std::string problem;  ///< why it cannot be told; empty where it can
};

}  // namespace copydesk::delivery
