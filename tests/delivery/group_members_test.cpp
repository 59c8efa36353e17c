// SPDX-License-Identifier: Apache-2.0
// Who shares the input, as the live page shows it.

#include "pipeline/kafka/group_members.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

kafka::Properties to_broker(const std::string& address) {
  return {{"bootstrap.servers", address}};
}

TEST(GroupMembers, AreTheWorkersWithTheirPartitions) {
  PipelineRig rig({.partitions = 4});
  const auto one = rig.start_worker();
  const auto two = rig.start_worker();
  kafka::GroupMembers members(to_broker(shared_broker()), rig.group);
  ConsumerGroup group;
  const bool shared = comes_true(
      [&] {
        group = members.ask({});
        return group.state == "Stable" && group.members.size() == 2 && !group.members[0].partitions.empty() &&
               !group.members[1].partitions.empty();
      },
      60s);
  ASSERT_TRUE(shared) << group.problem << one->log() << two->log();
  EXPECT_EQ(group.id, rig.group);
  std::set<engine::TopicPartition> partitions;
  for (const ConsumerGroup::Member& member : group.members) {
    EXPECT_EQ(member.host, "127.0.0.1");
    EXPECT_FALSE(member.client.empty());
    partitions.insert(member.partitions.begin(), member.partitions.end());
  }
  EXPECT_EQ(partitions.size(), 4U) << "each partition has one worker";
  EXPECT_EQ(partitions.begin()->topic, rig.input);
  EXPECT_EQ(one->stop(), 0);
  EXPECT_EQ(two->stop(), 0);
  EXPECT_TRUE(comes_true([&] { return members.ask({}).members.empty(); }, 60s));
}

TEST(GroupMembers, AGroupThatIsNotThereHasNone) {
  kafka::GroupMembers members(to_broker(shared_broker()), unique_name("nobody"));
  const ConsumerGroup group = members.ask({});
  EXPECT_TRUE(group.members.empty());
}

TEST(GroupMembers, SayWhyTheyCannotBeTold) {
  kafka::GroupMembers unreachable(to_broker("127.0.0.1:1"), "newsroom");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(unreachable.ask(stop.get_token()).problem.empty()) << "and do not wait once they must end";
  kafka::GroupMembers wrong({{"no.such.property", "1"}}, "newsroom");
  EXPECT_NE(wrong.ask({}).problem.find("no.such.property"), std::string::npos);
}

}  // namespace
}  // namespace copydesk::delivery
