// SPDX-License-Identifier: Apache-2.0
// Exactly once, as a reader of committed records sees it: workers killed, frozen until the group has gone on without
// them, and brokers that are away for longer than a transaction may last.

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 4;

PipelineRig::Options exactly_once(std::string more = "") {
  return {.partitions = kPartitions,
          .delivery = "  guarantee: exactly_once\n  transaction_interval: 200ms\n  transaction_timeout: 4s\n" + more};
}

void expect_once_and_in_order(const PipelineRig& rig, int count) {
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), count, kPartitions);
  EXPECT_EQ(arrival.distinct, count);
  EXPECT_EQ(arrival.lost, std::vector<std::string>());
  EXPECT_EQ(arrival.unknown, std::vector<std::string>());
  EXPECT_EQ(arrival.duplicates, 0);
  EXPECT_EQ(arrival.most_restarts, 0);
}

TEST(ExactlyOnce, AWorkerKilledInMidTransactionRepeatsNothing) {
  constexpr int kCount = 6000;
  PipelineRig rig(exactly_once());
  const auto killed = rig.start_worker();
  const auto survivor = rig.start_worker();
  killed->await_ready();
  survivor->await_ready();
  CommitWatch watch(rig);
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  ASSERT_TRUE(rig.await_committed(500, 60s)) << killed->log();
  killed->kill();
  const auto heir = rig.start_worker();
  heir->await_ready();
  EXPECT_EQ(survivor->stop(), 0) << survivor->log();
  ASSERT_TRUE(rig.await_committed(kCount, 120s)) << heir->log();
  EXPECT_EQ(heir->stop(), 0) << heir->log();
  expect_once_and_in_order(rig, kCount);
  EXPECT_EQ(watch.violations(), "");
}

TEST(ExactlyOnce, AZombieIsRefusedAndComesBackAsANewMember) {
  constexpr int kCount = 6000;
  PipelineRig rig(exactly_once());
  const auto zombie = rig.start_worker();
  zombie->await_ready();
  CommitWatch watch(rig);
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  ASSERT_TRUE(rig.await_committed(500, 60s)) << zombie->log();
  const auto other = rig.make_zombie_of(*zombie);
  ASSERT_TRUE(rig.await_committed(kCount, 120s)) << zombie->log() << other->log();
  EXPECT_EQ(other->stop(), 0) << other->log();
  EXPECT_EQ(zombie->stop(), 0) << zombie->log();
  expect_once_and_in_order(rig, kCount);
  EXPECT_EQ(watch.violations(), "");
}

TEST(ExactlyOnce, DeadLettersAreInTheTransactionToo) {
  PipelineRig rig(exactly_once());
  std::vector<Record> records = numbered_articles(200, kPartitions);
  for (std::size_t i = 0; i < records.size(); i += 10) records[i].value = "{\"id\":";
  rig.client().produce(rig.input, records);
  const auto worker = rig.start_worker();
  ASSERT_TRUE(rig.await_committed(200, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  EXPECT_EQ(rig.client().read_all(rig.dead_letters).size(), 20U);
  EXPECT_EQ(rig.client().read_all(rig.output).size(), 180U);
}

TEST(ExactlyOnce, ATransactionThatTheBrokerHasAbortedIsDoneAgain) {
  constexpr int kCount = 4000;
  // It looks for transactions that have timed out every second, not every ten.
  private_broker::PrivateBroker broker(
      {.properties = {{"transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"}}});
  PipelineRig::Options options = exactly_once();
  options.bootstrap = broker.bootstrap_servers();
  options.consumer = {{"session.timeout.ms", "30000"}};
  PipelineRig rig(options);
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(rig.await_committed(300, 60s)) << worker->log();
  worker->signal(SIGSTOP);
  std::this_thread::sleep_for(8s);  // longer than transaction_timeout, shorter than the session
  worker->signal(SIGCONT);
  ASSERT_TRUE(rig.await_committed(1500, 100s)) << worker->log();
  broker.freeze(0);
  std::this_thread::sleep_for(6s);
  broker.thaw(0);
  ASSERT_TRUE(rig.await_committed(kCount, 100s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  expect_once_and_in_order(rig, kCount);
}

}  // namespace
}  // namespace copydesk::delivery
