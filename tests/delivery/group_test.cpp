// SPDX-License-Identifier: Apache-2.0
// How the group shares partitions: cooperative rebalances, static members, and the protocol that needs a newer library.

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <set>
#include <sstream>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 4;

// The partitions that a worker says it was given, or had taken from it, each as often as it says so.
std::multiset<int> partitions_said(const WorkerProcess& worker, std::string_view what) {
  const std::string before = "partitions " + std::string(what) + ": ";
  std::multiset<int> partitions;
  std::istringstream lines(worker.log());
  for (std::string line; std::getline(lines, line);) {
    const auto found = line.find(before);
    if (found == std::string::npos) continue;
    std::istringstream numbers(line.substr(found + before.size()));
    for (int number = 0; numbers >> number;) {
      partitions.insert(number);
      numbers.ignore(1, ',');
    }
  }
  return partitions;
}

// Nobody dies here for long, so no session need be short; and what is in flight is soon drained, on a busy machine too.
PipelineRig::Options calm(std::string kafka) {
  return {.partitions = kPartitions,
          .settings = "limits:\n  inflight_records: 100\n",
          .drain_timeout = "25s",
          .kafka = std::move(kafka),
          .consumer = {{"session.timeout.ms", "45000"}}};
}

double held(WorkerProcess& worker) {
  return worker.metric("copydesk_assigned_partitions");
}

TEST(Group, ACooperativeRebalanceLeavesWhatIsKeptAlone) {
  constexpr int kCount = 2000;
  PipelineRig rig(calm("  assignor: cooperative-sticky\n"));
  const auto first = rig.start_worker();
  first->await_ready();
  CommitWatch watch(rig);
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  ASSERT_TRUE(rig.await_committed(300, 60s)) << first->log();
  const auto second = rig.start_worker();
  second->await_ready();
  ASSERT_TRUE(comes_true([&] { return held(*first) == 2 && held(*second) == 2; }, 60s))
      << first->log() << second->log();
  EXPECT_EQ(second->stop(), 0) << second->log();
  ASSERT_TRUE(rig.await_committed(kCount, 100s)) << "a partition is stuck after the rebalance:\n" << first->log();
  ASSERT_TRUE(comes_true([&] { return held(*first) == kPartitions; }, 60s)) << first->log();

  const std::multiset<int> moved = partitions_said(*first, "revoked");
  std::multiset<int> given{0, 1, 2, 3};
  given.insert(moved.begin(), moved.end());  // back, when the second has gone
  EXPECT_EQ(moved.size(), 2U) << first->log();
  EXPECT_EQ(partitions_said(*first, "assigned"), given) << first->log();
  EXPECT_EQ(partitions_said(*second, "assigned"), moved) << second->log();
  EXPECT_EQ(first->stop(), 0) << first->log();
  EXPECT_EQ(partitions_said(*first, "lost").size() + partitions_said(*second, "lost").size(), 0U);

  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.duplicates, 0);
  EXPECT_EQ(arrival.most_restarts, 0);
  EXPECT_EQ(watch.violations(), "");
}

TEST(Group, AStaticMemberThatIsBackInTimeMovesNothing) {
  constexpr int kCount = 1500;
  PipelineRig rig(calm("  instance_id: ${DESK}\n"));
  auto restarted = rig.start_worker({{"DESK", "desk-1"}});
  const auto other = rig.start_worker({{"DESK", "desk-2"}});
  restarted->await_ready();
  other->await_ready();
  ASSERT_TRUE(comes_true([&] { return held(*restarted) == 2 && held(*other) == 2; }, 60s))
      << restarted->log() << other->log();
  const std::multiset<int> given = partitions_said(*other, "assigned");
  const std::multiset<int> taken = partitions_said(*other, "revoked");  // when the second of them came
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  ASSERT_TRUE(rig.await_committed(300, 60s)) << restarted->log();
  restarted->kill();
  restarted = rig.start_worker({{"DESK", "desk-1"}});
  restarted->await_ready();
  EXPECT_EQ(held(*restarted), 2);
  EXPECT_EQ(restarted->stop(), 0) << restarted->log();
  restarted = rig.start_worker({{"DESK", "desk-1"}});
  restarted->await_ready();  // or the end could come before it listens to signals
  ASSERT_TRUE(rig.await_committed(kCount, 100s)) << restarted->log();
  EXPECT_EQ(partitions_said(*other, "revoked"), taken) << other->log();
  EXPECT_EQ(partitions_said(*other, "assigned"), given) << other->log();
  EXPECT_EQ(restarted->stop(), 0) << restarted->log();
  EXPECT_EQ(other->stop(), 0) << other->log();

  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_LE(arrival.most_restarts, 1) << "only the killed worker's partitions may start again";
}

TEST(Group, TheConsumerProtocolIsRefusedWhereTheLibraryIsTooOld) {
  constexpr int kReady = 0x020c0000;
  if (rd_kafka_version() >= kReady) GTEST_SKIP() << "librdkafka " << rd_kafka_version_str() << " has it";
  PipelineRig rig({.kafka = "  group_protocol: consumer\n"});
  const Ended ended = run_copydesk({"run", "--config", rig.settings_file().string()});
  EXPECT_EQ(ended.code, 78) << ended.err;
  EXPECT_NE(ended.err.find("needs librdkafka 2.12"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace copydesk::delivery
