// SPDX-License-Identifier: Apache-2.0
// A dead-letter topic that goes, or that may not be written to any more, while the worker runs: the worker stops and
// says so, and nothing is lost.

#include <gtest/gtest.h>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

struct Case {
  const char* name;
  const char* guarantee;
  bool deleted;  ///< else forbidden
};

class DeadLetterTopic : public ::testing::TestWithParam<Case> {};

TEST_P(DeadLetterTopic, ThatCannotBeUsedStopsTheWorkerAndLosesNothing) {
  constexpr int kCount = 60;
  constexpr int kBad = 31;
  const Case& how = GetParam();
  // The client looks for a topic for so long before it says that there is none.
  PipelineRig rig({.partitions = 1,
                   .delivery = std::string("  transaction_timeout: 4s\n  guarantee: ") + how.guarantee + "\n",
                   .producer = {{"topic.metadata.propagation.max.ms", "500"}}});
  const auto worker = rig.start_worker();
  worker->await_ready();
  if (how.deleted) {
    rig.client().delete_topic(rig.dead_letters);
  } else {
    rig.client().allow_writing(rig.dead_letters, false);
  }
  std::vector<Record> records = numbered_articles(kCount, 1);
  const std::string secret = "not for the log";
  records[kBad].value = "{\"id\":\"" + secret;
  rig.client().produce(rig.input, records);
  const auto& ended = worker->process().wait(100s);
  ASSERT_TRUE(ended) << worker->log();
  EXPECT_EQ(ended->code, 1);
  EXPECT_NE(worker->log().find("cannot publish to the topic '" + rig.dead_letters + "'"), std::string::npos)
      << worker->log();
  EXPECT_EQ(worker->log().find(secret), std::string::npos) << worker->log();
  for (const auto& [partition, offset] : rig.committed()) EXPECT_LE(offset, kBad) << "it has committed what is not out";

  if (how.deleted) {
    rig.client().create_topic(rig.dead_letters, 1);
  } else {
    rig.client().allow_writing(rig.dead_letters, true);
  }
  const std::size_t before = rig.client().read_all(rig.dead_letters).size();
  const auto heir = rig.start_worker();
  ASSERT_TRUE(rig.await_committed(kCount, 60s)) << heir->log();
  EXPECT_EQ(heir->stop(), 0) << heir->log();
  EXPECT_EQ(arrival_of(rig.client().read_all(rig.output), kCount, 1).distinct, kCount - 1);
  EXPECT_EQ(rig.client().read_all(rig.dead_letters).size(), before + 1);
}

INSTANTIATE_TEST_SUITE_P(Each, DeadLetterTopic,
                         ::testing::Values(Case{"DeletedAtLeastOnce", "at_least_once", true},
                                           Case{"DeletedExactlyOnce", "exactly_once", true},
                                           Case{"ForbiddenAtLeastOnce", "at_least_once", false},
                                           Case{"ForbiddenExactlyOnce", "exactly_once", false}),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace copydesk::delivery
