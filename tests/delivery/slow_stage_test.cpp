// SPDX-License-Identifier: Apache-2.0
// A stage that takes longer than max.poll.interval.ms, in a worker that is full: it stays in its group.

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "pipeline/commands/config.h"
#include "pipeline/delivery/worker.h"
#include "pipeline/kafka/consumer.h"
#include "pipeline/kafka/producer.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/settings/settings.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

/// Keeps a thread of the executor until it is let go.
class StuckArticle final : public engine::ArticleJob {
 public:
  [[nodiscard]] parse::Payload payload() const noexcept override {
    return {
        .bytes = R"({"id":"stuck","text":"We are ready."})", .name = "stuck", .plain_text = false, .received_ms = 0};
  }
  void done(const engine::Outcome& /*outcome*/) noexcept override {
    stuck.count_down();
    free.wait();
  }

  std::latch stuck{1};
  std::latch free{1};
};

TEST(SlowStage, NeverTripsMaxPollInterval) {
  constexpr int kCount = 200;
  constexpr std::size_t kInflight = 20;
  constexpr auto kPollInterval = 6s;  // not below the session time-out, which the broker does not take below 6 s
  PipelineRig rig({.consumer = {{"max.poll.interval.ms", "6000"}}});
  settings::Settings settings;
  ASSERT_TRUE(commands::load_settings({.file = rig.settings_file().string()}, settings).empty());
  settings.pipeline.models = std::string(COPYDESK_SOURCE_DIR) + "/models";

  StuckArticle article;
  observe::Metrics metrics("test", "test");
  engine::Executor executor(engine::build_stages(settings), {.threads = 1});
  executor.submit(article);
  article.stuck.wait();
  const Wakeup wakeup;
  Worker worker(executor, metrics, wakeup,
                {.output_topic = rig.output,
                 .dead_letter_topic = rig.dead_letters,
                 .inflight_records = kInflight,
                 .version = "test"},
                nullptr);
  std::atomic<bool> stop{false};
  auto running = std::async(std::launch::async, [&] {
    kafka::Producer sink(kafka::producer_properties(settings), worker, wakeup, {.renews = true});
    kafka::Consumer source(kafka::consumer_properties(settings), rig.input, worker, wakeup);
    return worker.run(source, sink, stop);
  });
  rig.client().produce(rig.input, numbered_articles(kCount, 4));
  const bool full = comes_true([&] { return worker.state().inflight_records == kInflight; }, 60s);
  if (full) std::this_thread::sleep_for(kPollInterval + 2s);
  const std::string meanwhile = metrics.scrape();
  article.free.count_down();
  EXPECT_TRUE(full);
  EXPECT_NE(meanwhile.find("copydesk_assigned_partitions 4"), std::string::npos) << meanwhile;
  EXPECT_TRUE(rig.await_committed(kCount, 60s));
  const std::string afterwards = metrics.scrape();
  stop = true;
  wakeup.notify();
  EXPECT_TRUE(running.get());
  // One that is thrown out is told so at its next poll, and joins again.
  EXPECT_NE(afterwards.find("copydesk_rebalances_total{type=\"assign\"} 1"), std::string::npos) << afterwards;
  EXPECT_EQ(afterwards.find("copydesk_rebalances_total{type=\"lost\"} 1"), std::string::npos) << afterwards;
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, 4);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.duplicates, 0);
}

}  // namespace
}  // namespace copydesk::delivery
