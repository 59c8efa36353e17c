// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "pipeline/engine/records.h"
#include "pipeline/engine/trace.h"

namespace copydesk {
namespace {

std::shared_ptr<const engine::ArticleGraph::Stages> stages() {
  static const auto built = [] {
    settings::Settings settings;
    settings.pipeline.models = std::string(COPYDESK_SOURCE_DIR) + "/models";
    return engine::build_stages(settings);
  }();
  return built;
}

std::string long_article(int number, int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i) {
    text += "Mayor Ilse Brandt of Harrowby said on Tuesday: \\\"We will rebuild bridge number " + std::to_string(i) +
            ".\\\" ";
  }
  return R"({"id":")" + std::to_string(number) + R"(","text":")" + text + "\"}";
}

struct Job final : engine::ArticleJob {
  explicit Job(const std::string& json) : bytes(json) {}
  [[nodiscard]] parse::Payload payload() const noexcept override { return {.bytes = bytes.view(), .name = {}}; }
  void done(const engine::Outcome& outcome) noexcept override {
    error = outcome.error;
    stage = outcome.failed_stage;
    if (!error) record.assign(outcome.record().json);
    ++times;
  }
  engine::PaddedBytes bytes;
  std::optional<Error> error;
  std::string_view stage;
  std::string record;
  int times = 0;
};

TEST(Executor, FinishesEveryArticleOnceWithItsOwnRecord) {
  std::deque<Job> jobs;
  for (int i = 0; i < 200; ++i) jobs.emplace_back(long_article(i, 1 + i % 7));
  engine::Executor executor(stages(), {.threads = 4});
  for (Job& job : jobs) executor.submit(job);
  executor.wait_idle();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    ASSERT_FALSE(jobs[i].error) << jobs[i].error->message;
    EXPECT_EQ(jobs[i].times, 1);
    EXPECT_NE(jobs[i].record.find("\"id\":\"" + std::to_string(i) + "\""), std::string::npos);
  }
}

TEST(Executor, GivesTheSameRecordOnAnyNumberOfThreads) {
  Job alone(long_article(1, 40));
  {
    engine::Executor executor(stages(), {.threads = 1});
    executor.submit(alone);
  }
  std::deque<Job> jobs;
  for (int i = 0; i < 30; ++i) jobs.emplace_back(long_article(1, 40));
  engine::Executor executor(stages(), {.threads = 3});
  for (Job& job : jobs) executor.submit(job);
  executor.wait_idle();
  for (const Job& job : jobs) EXPECT_EQ(job.record, alone.record);
}

TEST(Executor, ReportsTheStageThatFailed) {
  Job bad("{\"id\": 1");
  engine::Executor executor(stages(), {.threads = 2});
  executor.submit(bad);
  executor.wait_idle();
  ASSERT_TRUE(bad.error);
  EXPECT_EQ(bad.error->code, ErrorCode::kMalformedJson);
  EXPECT_EQ(bad.stage, "parse");
}

TEST(Executor, AnArticlePastItsMemoryFailsAndTheNextOneDoesNot) {
  Job large(long_article(1, 5000));
  Job small(long_article(2, 1));
  engine::Executor executor(stages(), {.threads = 1, .memory_per_stage = 100'000});
  executor.submit(large);
  executor.submit(small);
  executor.wait_idle();
  ASSERT_TRUE(large.error);
  EXPECT_EQ(large.error->code, ErrorCode::kMemoryLimit);
  EXPECT_FALSE(small.error);
}

TEST(Executor, AnArticlePastItsDeadlineFails) {
  Job job(long_article(1, 2000));
  engine::Executor executor(stages(), {.threads = 1, .deadline = std::chrono::milliseconds(0)});
  executor.submit(job);
  executor.wait_idle();
  ASSERT_TRUE(job.error);
  EXPECT_EQ(job.error->code, ErrorCode::kDeadline);
}

/// Collects stage runs of one article by stage name.
class Runs final : public engine::Executor::Observer {
 public:
  void stage_ran(const engine::StageRun& run) noexcept override {
    const std::lock_guard lock(mutex_);
    runs_[run.article][engine::ArticleGraph::kNames[run.stage]] = run;
  }
  std::mutex mutex_;
  std::map<std::uint64_t, std::map<std::string_view, engine::StageRun>> runs_;
};

TEST(Executor, RunsAStageAfterThoseWhoseLayersItReads) {
  Runs runs;
  std::deque<Job> jobs;
  for (int i = 0; i < 20; ++i) jobs.emplace_back(long_article(i, 40));
  engine::Executor executor(stages(), {.threads = 2}, &runs);
  for (Job& job : jobs) executor.submit(job);
  executor.wait_idle();
  ASSERT_EQ(runs.runs_.size(), jobs.size());
  for (const auto& [article, by_stage] : runs.runs_) {
    ASSERT_EQ(by_stage.size(), engine::ArticleGraph::kSize);
    EXPECT_LE(by_stage.at("tokenize").end, by_stage.at("entities").begin);
    EXPECT_LE(by_stage.at("tag").end, by_stage.at("quotes").begin);
    EXPECT_LE(std::max(by_stage.at("entities").end, by_stage.at("quotes").end), by_stage.at("resolve").begin);
  }
}

/// Holds back the thread that ran one stage until the other stage of the same article has run too: only an executor
/// that runs the two beside each other gets past it, however slow the machine.
class Rendezvous final : public engine::Executor::Observer {
 public:
  Rendezvous(std::string_view one, std::string_view other) : meeting_{one, other} {}
  void stage_ran(const engine::StageRun& run) noexcept override {
    const std::string_view name = engine::ArticleGraph::kNames[run.stage];
    if (name != meeting_[0] && name != meeting_[1]) return;
    std::unique_lock lock(mutex_);
    ++arrived_;
    threads_.insert(run.thread);
    both_.notify_all();
    met_ = both_.wait_for(lock, std::chrono::seconds(60), [this] { return arrived_ == 2; }) && met_;
  }
  [[nodiscard]] bool met() const { return met_ && arrived_ == 2 && threads_.size() == 2; }

 private:
  const std::array<std::string_view, 2> meeting_;
  std::mutex mutex_;
  std::condition_variable both_;
  std::set<int> threads_;
  int arrived_ = 0;
  bool met_ = true;
};

TEST(Executor, IndependentStagesOfOneArticleRunAtTheSameTime) {
  for (const std::string_view beside : {"quotes", "tag", "values"}) {
    Rendezvous meeting("entities", beside);
    Job job(long_article(1, 3));
    {
      engine::Executor executor(stages(), {.threads = 2}, &meeting);
      executor.submit(job);
    }
    EXPECT_TRUE(meeting.met()) << "entities never ran beside " << beside;
    EXPECT_FALSE(job.error);
  }
}

TEST(Trace, WritesOneEventPerStageRun) {
  const std::filesystem::path file = std::filesystem::path(::testing::TempDir()) / "copydesk-trace.json";
  engine::Trace trace;
  Job job(long_article(1, 3));
  {
    engine::Executor executor(stages(), {.threads = 2}, &trace);
    executor.submit(job);
  }
  trace.write(file);
  std::ostringstream content;
  content << std::ifstream(file).rdbuf();
  for (const std::string_view stage : engine::ArticleGraph::kNames) {
    EXPECT_NE(content.str().find("\"name\":\"" + std::string(stage) + "\""), std::string::npos) << stage;
  }
  std::filesystem::remove(file);
  EXPECT_THROW(trace.write("/nonexistent/folder/trace.json"), std::runtime_error);
}

}  // namespace
}  // namespace copydesk
