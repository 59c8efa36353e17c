// SPDX-License-Identifier: Apache-2.0
// The headers of W3C Trace Context go from an article to whatever becomes of it, so that a trace goes on in the readers
// of the output (docs/operating.md).

#include <gtest/gtest.h>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr const char* kParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr const char* kState = "northline=t61rcWkgMzE,desk=00f067aa0ba902b7";

TEST(TraceContext, GoesOnInRecordsTombstonesAndDeadLetters) {
  PipelineRig rig({.partitions = 1, .output_partitions = 1});
  std::vector<Record> sent(4);
  sent[0] = numbered_article(0, 0);
  sent[1].key = "withdrawn";  // a tombstone
  sent[2].key = "bad";
  sent[2].value = "{";
  sent[3] = numbered_article(0, 1);
  for (std::size_t i = 0; i < 3; ++i) sent[i].headers = {{"traceparent", kParent}, {"tracestate", kState}};
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, sent);
  ASSERT_TRUE(rig.await_committed(std::ssize(sent), 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> output = rig.client().read_all(rig.output);
  ASSERT_EQ(output.size(), 3U);
  for (const Record& record : {output[0], output[1]}) {
    EXPECT_EQ(record.header("traceparent"), kParent);
    EXPECT_EQ(record.header("tracestate"), kState);
  }
  EXPECT_EQ(output[2].header("traceparent"), std::nullopt) << "a trace of its own is not begun";
  const std::vector<Record> dead = rig.client().read_all(rig.dead_letters);
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].header("traceparent"), kParent);
  EXPECT_EQ(dead[0].header("tracestate"), kState);
}

}  // namespace
}  // namespace copydesk::delivery
