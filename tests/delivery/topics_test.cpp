// SPDX-License-Identifier: Apache-2.0
// Input topics that go, come anew or grow, whose records expire, and what stands in them that is no article.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

class Topics : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static PipelineRig::Options options(const std::string& kafka = "") {
    return {.partitions = 2,
            .delivery = std::string("  guarantee: ") + GetParam() + "\n",
            .kafka = "  topic_check_interval: 1s\n" + kafka};
  }
  /// It ends by itself with exit code 1, and says these words.
  static void expect_failure(WorkerProcess& worker, const std::vector<std::string>& words) {
    const auto& ended = worker.process().wait(40s);
    ASSERT_TRUE(ended) << worker.log();
    EXPECT_EQ(ended->code, 1);
    for (const std::string& word : words) EXPECT_NE(worker.log().find(word), std::string::npos) << worker.log();
  }
  /// Twenty articles are done by a worker that then stops; forty more come, of which retention takes some.
  static void leave_a_gap(PipelineRig& rig) {
    rig.client().produce(rig.input, numbered_articles(20, 2));
    const auto first = rig.start_worker();
    ASSERT_TRUE(rig.await_committed(20, 60s)) << first->log();
    EXPECT_EQ(first->stop(), 0);
    rig.client().produce(rig.input, numbered_articles(40, 2, 20));
    rig.client().delete_records(rig.input, 0, 25);
  }
  static bool lag_becomes(WorkerProcess& worker, double lag) {
    // Partitions without a figure have no lag to look at.
    return comes_true(
        [&] { return worker.has_metric("copydesk_consumer_lag") && worker.metric("copydesk_consumer_lag") == lag; },
        30s);
  }
};

TEST_P(Topics, AResetThatIsAnErrorStopsANewGroup) {
  PipelineRig rig(options("  auto_offset_reset: error\n"));
  rig.client().produce(rig.input, numbered_articles(10, 2));
  expect_failure(*rig.start_worker(), {"partition ", "kafka-consumer-groups.sh"});
}

TEST_P(Topics, AResetThatIsAnErrorStopsAGroupWhoseOffsetIsGone) {
  PipelineRig rig(options("  auto_offset_reset: ${RESET:-earliest}\n"));
  leave_a_gap(rig);
  expect_failure(*rig.start_worker({{"RESET", "error"}}), {"partition 0", "offset 10"});
}

TEST_P(Topics, ADeletedInputIsNotReadyAndThenStopsTheWorker) {
  PipelineRig rig(options("  missing_input_timeout: 8s\n"));
  rig.client().produce(rig.input, numbered_articles(20, 2));
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(rig.await_committed(20, 60s)) << worker->log();
  rig.client().delete_topic(rig.input);
  EXPECT_TRUE(comes_true([&] { return worker->readiness() == 503; }, 8s)) << worker->log();
  expect_failure(*worker, {"create it"});
  const std::string log = worker->log();
  EXPECT_LT(std::count(log.begin(), log.end(), '\n'), 40) << log;
}

TEST_P(Topics, SigtermEndsAWorkerWhoseInputIsGone) {
  PipelineRig rig(options("  missing_input_timeout: 10m\n"));
  rig.client().produce(rig.input, numbered_articles(20, 2));
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(rig.await_committed(20, 60s)) << worker->log();
  rig.client().delete_topic(rig.input);
  ASSERT_TRUE(comes_true([&] { return worker->readiness() == 503; }, 20s)) << worker->log();
  worker->signal(SIGTERM);
  // delivery.drain_timeout (5 s) and five seconds
  const auto& ended = worker->process().wait(10s);
  ASSERT_TRUE(ended) << worker->log();
  EXPECT_EQ(ended->code, 0) << worker->log();
}

TEST_P(Topics, AnInputThatIsMadeAnewIsReadFromItsBeginning) {
  for (const char* reset : {"earliest", "latest"}) {
    for (const int more : {-10, 0, 20}) {  // the new topic holds fewer records than the old one, as many, or more
      SCOPED_TRACE(std::string(reset) + ", " + std::to_string(more));
      PipelineRig rig(options(std::string("  auto_offset_reset: ") + reset + "\n"));
      const auto worker = rig.start_worker();
      worker->await_ready();
      std::this_thread::sleep_for(500ms);
      rig.client().produce(rig.input, numbered_articles(30, 2));
      ASSERT_TRUE(rig.await_committed(30, 60s)) << worker->log();
      rig.client().delete_topic(rig.input);
      rig.client().create_topic(rig.input, 2);
      rig.client().produce(rig.input, numbered_articles(30 + more, 2, 30));
      const auto all_out = [&] {
        return arrival_of(rig.client().read_all(rig.output), 60 + more, 2).distinct == 60 + more;
      };
      EXPECT_TRUE(comes_true(all_out, 60s)) << worker->log();
      EXPECT_EQ(worker->stop(), 0) << worker->log();
      if (std::string(GetParam()) == "exactly_once") {
        EXPECT_EQ(arrival_of(rig.client().read_all(rig.output), 60 + more, 2).duplicates, 0) << worker->log();
      }
    }
  }
}

TEST_P(Topics, LagBehindTransactionsIsZeroOnceAllIsRead) {
  PipelineRig rig(options());
  const auto worker = rig.start_worker();
  worker->await_ready();
  rig.client().produce_transaction(rig.input, numbered_articles(20, 2), true);
  rig.client().produce_transaction(rig.input, numbered_articles(10, 2, 20), false);
  rig.client().produce_transaction(rig.input, numbered_articles(4, 2, 20), true);
  EXPECT_TRUE(lag_becomes(*worker, 0)) << worker->metric("copydesk_consumer_lag") << '\n' << worker->log();
  EXPECT_TRUE(comes_true([&] { return rig.client().read_all(rig.output).size() == 24; }, 30s));
  // Also for whoever asks the broker: the offset is behind the markers.
  const std::int64_t end = rig.client().count(rig.input);
  EXPECT_TRUE(rig.await_committed(end, 20s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
}

TEST_P(Topics, LagWithLatestAndNothingToReadIsZero) {
  PipelineRig rig(options("  auto_offset_reset: latest\n"));
  rig.client().produce(rig.input, numbered_articles(50, 2));
  const auto worker = rig.start_worker();
  worker->await_ready();
  EXPECT_TRUE(lag_becomes(*worker, 0)) << worker->metric("copydesk_consumer_lag") << '\n' << worker->log();
  // What comes while no worker runs is not passed over: the group has begun.
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  rig.client().produce(rig.input, numbered_articles(10, 2, 50));
  const auto heir = rig.start_worker();
  EXPECT_TRUE(comes_true([&] { return rig.client().read_all(rig.output).size() == 10; }, 30s)) << heir->log();
  EXPECT_EQ(heir->stop(), 0) << heir->log();
}

TEST_P(Topics, PartitionsThatAreAddedAreReadFromTheirBeginning) {
  for (const char* reset : {"earliest", "latest"}) {
    SCOPED_TRACE(reset);
    PipelineRig rig(options(std::string("  auto_offset_reset: ") + reset + "\n"));
    const auto worker = rig.start_worker();
    worker->await_ready();
    rig.client().grow_topic(rig.input, 4);
    std::vector<Record> records;
    for (int i = 0; i < 40; ++i) records.push_back(numbered_article(i % 4, i / 4));
    rig.client().produce(rig.input, records);
    EXPECT_TRUE(comes_true([&] { return arrival_of(rig.client().read_all(rig.output), 40, 4).distinct == 40; }, 30s))
        << worker->log();
    EXPECT_EQ(worker->stop(), 0) << worker->log();
  }
}

TEST_P(Topics, WhatRetentionHasDeletedIsCountedAndSaid) {
  PipelineRig rig(options());
  leave_a_gap(rig);
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(rig.await_committed(60, 60s)) << worker->log();
  EXPECT_EQ(worker->metric("copydesk_records_expired_total"), 15) << worker->log();
  EXPECT_NE(worker->log().find("15 records from offset 10 on are gone"), std::string::npos) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  EXPECT_EQ(rig.client().read_all(rig.output).size(), 45U);
}

TEST_P(Topics, ARestartOnATopicWithRetentionIsSilent) {
  PipelineRig rig(options());
  rig.client().produce(rig.input, numbered_articles(60, 2));
  {
    const auto first = rig.start_worker();
    ASSERT_TRUE(rig.await_committed(60, 60s)) << first->log();
    EXPECT_EQ(first->stop(), 0);
  }
  rig.client().delete_records(rig.input, 0, 20);
  rig.client().delete_records(rig.input, 1, 20);
  const auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(comes_true([&] { return worker->log().find("read back 20 articles") != std::string::npos; }, 30s))
      << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  for (const char* alarming : {"[warning]", "[error]", "ut of range", "warn "}) {
    EXPECT_EQ(worker->log().find(alarming), std::string::npos) << worker->log();
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Topics, ::testing::Values("at_least_once", "exactly_once"),
                         [](const auto& param) { return std::string(param.param); });

TEST(BackfillTest, SaysHowManyRecordsHaveNoTimestamp) {
  PipelineRig rig({.partitions = 2});
  std::vector<Record> records = numbered_articles(30, 2);
  for (std::size_t i = 0; i < 12; ++i) records[i].timestamp = -1;
  rig.client().produce(rig.input, records);
  const std::string again = rig.output + "-again";
  rig.client().create_topic(again, 1);
  const Ended ended = run_copydesk(
      {"run", "--config", rig.settings_file().string(), "--from", "2h", "--output", again, "--http", "off"});
  EXPECT_NE(ended.err.find("12 records without a timestamp"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace copydesk::delivery
