// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <stop_token>
#include <string>

#include "pipeline/delivery/consumer_group.h"
#include "pipeline/kafka/client.h"

namespace copydesk::kafka {

/// Asks the coordinator who is in a consumer group (Kafka's DescribeGroups), with a client of its own, which is made
/// with the first question. Needs the right Describe on the group, which Read, the consumer's, implies. Used by one
/// thread.
class GroupMembers {
 public:
  GroupMembers(Properties common, std::string group);

  /// Waits a few seconds at most, and not once `stop` is set. What went wrong is the result's `problem`.
  [[nodiscard]] delivery::ConsumerGroup ask(const std::stop_token& stop);

 private:
  void connect();

  const Properties common_;
  const std::string group_;
  Handle client_;
  Queue answers_;  ///< of client_, so it goes first
};

}  // namespace copydesk::kafka
