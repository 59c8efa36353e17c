// SPDX-License-Identifier: Apache-2.0
// Workers that come, go and die in mid-stream.

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 4;

// Feeds at about the pace of the workers, so that there is a stream to be in the middle of.
class Feeding {
 public:
  Feeding(const PipelineRig& rig, int count)
      : thread_([this, &rig, count] {
          constexpr int kBatch = 250;
          for (int fed = 0; fed < count; fed += kBatch) {
            while (!stop_ && fed - rig.client().count(rig.output) > 1500) std::this_thread::sleep_for(50ms);
            if (stop_) return;
            rig.client().produce(rig.input, numbered_articles(std::min(kBatch, count - fed), kPartitions, fed));
          }
        }) {}
  ~Feeding() {
    stop_ = true;
    thread_.join();
  }
  Feeding(const Feeding&) = delete;
  Feeding& operator=(const Feeding&) = delete;

 private:
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

bool output_reaches(const PipelineRig& rig, std::int64_t count) {
  return comes_true([&] { return rig.client().count(rig.output) >= count; }, 120s);
}

TEST(Takeover, NothingIsLostWhenOneWorkerIsKilledAndOneStopped) {
  constexpr int kCount = 6000;
  PipelineRig rig;
  const auto killed = rig.start_worker();
  const auto stopped = rig.start_worker();
  killed->await_ready();
  stopped->await_ready();
  CommitWatch watch(rig);
  const Feeding feeding(rig, kCount);

  ASSERT_TRUE(output_reaches(rig, 1000)) << killed->log();
  killed->kill();
  ASSERT_TRUE(output_reaches(rig, 2000)) << stopped->log();
  const auto last = rig.start_worker();
  last->await_ready();
  EXPECT_EQ(stopped->stop(), 0) << stopped->log();
  ASSERT_TRUE(output_reaches(rig, kCount)) << last->log();
  EXPECT_TRUE(rig.await_committed(kCount, 60s)) << last->log();
  EXPECT_EQ(last->stop(), 0) << last->log();

  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.lost, std::vector<std::string>());
  EXPECT_EQ(arrival.unknown, std::vector<std::string>());
  EXPECT_LE(arrival.most_restarts, 1) << "only the killed worker's partitions may start again";
  EXPECT_EQ(watch.violations(), "");
  EXPECT_GT(watch.looks(), 10);
  EXPECT_EQ(rig.client().count(rig.dead_letters), 0);
}

TEST(Takeover, AnOrderlyHandOverRepeatsNothing) {
  constexpr int kCount = 3000;
  PipelineRig rig;
  const auto first = rig.start_worker();
  first->await_ready();
  CommitWatch watch(rig);
  const Feeding feeding(rig, kCount);

  ASSERT_TRUE(output_reaches(rig, 500));
  const auto second = rig.start_worker();  // takes half of the partitions over
  second->await_ready();
  ASSERT_TRUE(output_reaches(rig, 1500));
  EXPECT_EQ(first->stop(), 0) << first->log();
  ASSERT_TRUE(output_reaches(rig, kCount)) << second->log();
  EXPECT_EQ(second->stop(), 0) << second->log();
  EXPECT_TRUE(rig.await_committed(kCount, 10s)) << "a stopped worker has committed everything";

  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.duplicates, 0);
  EXPECT_EQ(arrival.most_restarts, 0);
  EXPECT_EQ(watch.violations(), "");
}

TEST(Takeover, AZombieCommitsNothingOfWhatItHasLost) {
  constexpr int kCount = 5000;
  PipelineRig rig;
  const auto zombie = rig.start_worker();
  zombie->await_ready();
  CommitWatch watch(rig);
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  ASSERT_TRUE(rig.await_committed(500, 60s)) << zombie->log();
  const auto other = rig.make_zombie_of(*zombie);
  ASSERT_TRUE(rig.await_committed(kCount, 120s)) << zombie->log() << other->log();
  EXPECT_EQ(other->stop(), 0) << other->log();
  EXPECT_EQ(zombie->stop(), 0) << zombie->log();
  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.lost, std::vector<std::string>());
  EXPECT_EQ(watch.violations(), "") << "a zombie's commit was taken";
}

TEST(Takeover, TwentyThousandArticlesWithOneWorkerKilledTwiceInBoundedMemory) {
  constexpr int kCount = 20'000;
  constexpr int kWarm = 5'000;
  constexpr std::int64_t kMostGrowthKib = 8 * 1024;
  PipelineRig rig;
  auto mortal = rig.start_worker();
  const auto survivor = rig.start_worker();
  mortal->await_ready();
  survivor->await_ready();
  CommitWatch watch(rig);
  const Feeding feeding(rig, kCount);

  for (const int when : {1000, 3000}) {
    ASSERT_TRUE(output_reaches(rig, when)) << survivor->log();
    mortal->kill();
    mortal = rig.start_worker();
    mortal->await_ready();
  }
  ASSERT_TRUE(output_reaches(rig, kWarm)) << survivor->log();
  const std::int64_t before = survivor->resident_kib();
  ASSERT_TRUE(output_reaches(rig, kCount)) << survivor->log();
  EXPECT_TRUE(rig.await_committed(kCount, 60s));
  const std::int64_t after = survivor->resident_kib();
  RecordProperty("resident_kib_before", std::to_string(before));
  RecordProperty("resident_kib_after", std::to_string(after));
  EXPECT_LT(after - before, kMostGrowthKib) << "from " << before << " KiB to " << after << " KiB";
  EXPECT_EQ(mortal->stop(), 0) << mortal->log();
  EXPECT_EQ(survivor->stop(), 0) << survivor->log();

  const Arrival arrival = arrival_of(rig.client().read_all(rig.output), kCount, kPartitions);
  EXPECT_EQ(arrival.distinct, kCount);
  EXPECT_EQ(arrival.lost, std::vector<std::string>());
  EXPECT_LE(arrival.most_restarts, 2);
  EXPECT_EQ(watch.violations(), "");
}

}  // namespace
}  // namespace copydesk::delivery
