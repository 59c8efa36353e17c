// SPDX-License-Identifier: Apache-2.0
// Brokers that are absent, slow, frozen or restarted.

#include <gtest/gtest.h>

#include <csignal>

#include "pipeline/private_broker/free_port.h"
#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

TEST(Preflight, NamesTheBrokerThatDoesNotAnswer) {
  const std::string nobody = "127.0.0.1:" + std::to_string(private_broker::free_port());
  const Ended ended = run_copydesk({"run", "--http", "off", "--brokers", nobody});
  EXPECT_EQ(ended.code, 1) << ended.err;
  EXPECT_NE(ended.err.find(nobody), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("check that"), std::string::npos) << "it must say what to do: " << ended.err;
}

TEST(Preflight, NamesEveryMissingTopic) {
  const Ended ended = run_copydesk({"run", "--http", "off", "--brokers", shared_broker(), "--input", "no-such-input",
                                    "--output", "no-such-output", "--dead-letters", "no-such-letters"});
  EXPECT_EQ(ended.code, 1) << ended.err;
  for (const auto* topic : {"no-such-input", "no-such-output", "no-such-letters"}) {
    EXPECT_NE(ended.err.find(std::string("'") + topic + "' does not exist"), std::string::npos) << ended.err;
  }
  EXPECT_NE(ended.err.find("kafka-topics.sh"), std::string::npos) << "it must say what to do: " << ended.err;
}

TEST(SlowOutput, PausesTheInputInBoundedMemoryAndKeepsThePartitions) {
  constexpr int kCount = 1000;
  constexpr int kInflight = 200;
  // Acknowledgements come only after four seconds, for whatever is in flight then.
  PipelineRig rig({.settings = "limits:\n  inflight_records: " + std::to_string(kInflight) + "\n",
                   .consumer = {{"max.poll.interval.ms", "7000"}},
                   .producer = {{"linger.ms", "4000"}}});
  rig.client().produce(rig.input, numbered_articles(kCount, 4));
  const auto worker = rig.start_worker();
  worker->await_ready();
  int paused = 0;
  int looks = 0;
  const auto done = [&] {
    EXPECT_LE(worker->metric("copydesk_inflight_records"), kInflight);
    paused += worker->metric("copydesk_input_paused") == 1 ? 1 : 0;
    ++looks;
    return rig.client().count(rig.output) >= kCount;
  };
  ASSERT_TRUE(comes_true(done, 60s)) << worker->log();
  EXPECT_GT(looks, 100) << "the output was not slow, so this test showed nothing";
  EXPECT_GT(paused, looks / 2) << "of " << looks;
  // It took far longer than max.poll.interval.ms: a worker that does not poll while it waits is thrown out.
  EXPECT_EQ(worker->metric("copydesk_assigned_partitions"), 4);
  ASSERT_TRUE(rig.await_committed(kCount, 30s)) << worker->log();
  EXPECT_EQ(worker->metric("copydesk_input_paused"), 0);
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, 4);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.duplicates, 0) << "it kept its partitions, so nothing was done twice";
  EXPECT_EQ(arrival.most_restarts, 0);
}

TEST(SlowOutput, ASecondSignalStopsAtOnce) {
  private_broker::PrivateBroker broker;
  PipelineRig rig({.bootstrap = broker.bootstrap_servers()});
  rig.client().produce(rig.input, numbered_articles(2000, 4));
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(comes_true([&] { return rig.client().count(rig.output) > 100; }, 60s));
  broker.freeze(0);  // nothing will be acknowledged any more
  worker->signal(SIGTERM);
  EXPECT_FALSE(worker->process().wait(1s)) << "it waits for acknowledgements";
  worker->signal(SIGTERM);
  const auto& ended = worker->process().wait(2s);
  ASSERT_TRUE(ended) << worker->log();
  EXPECT_EQ(ended->code, 1);
}

TEST(BrokerFaults, NothingIsLostOrRepeatedWhenTheBrokerIsFrozenAndRestarted) {
  constexpr int kCount = 6000;
  private_broker::PrivateBroker broker;
  PipelineRig rig({.bootstrap = broker.bootstrap_servers()});
  rig.client().produce(rig.input, numbered_articles(kCount, 4));
  const auto worker = rig.start_worker();
  worker->await_ready();
  const auto output_reaches = [&](std::int64_t count) {
    return comes_true([&] { return rig.client().count(rig.output) >= count; }, 60s);
  };
  ASSERT_TRUE(output_reaches(500)) << worker->log();
  broker.freeze(0);
  std::this_thread::sleep_for(2s);
  broker.thaw(0);
  ASSERT_TRUE(output_reaches(1500)) << worker->log();
  broker.stop(0);
  broker.restart(0);
  ASSERT_TRUE(rig.await_committed(kCount, 100s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, 4);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.lost, std::vector<std::string>());
  EXPECT_LE(arrival.most_restarts, 1) << "the group may be formed anew after a restart, but once";
}

}  // namespace
}  // namespace copydesk::delivery
