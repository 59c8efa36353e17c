// SPDX-License-Identifier: Apache-2.0
// `copydesk run --from`: the articles of a range of time into another topic, with the group's offsets as they were.

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <ctime>

#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 4;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// "2026-03-02T09:15:00.250Z"
std::string time_text(std::int64_t time_ms) {
  const std::time_t seconds = time_ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  const std::string ms = std::to_string(1000 + time_ms % 1000).substr(1);
  return text.data() + ("." + ms) + "Z";
}

// Articles of one partition, one for each time.
std::vector<Record> articles_at(std::int32_t partition, const std::vector<std::int64_t>& times) {
  std::vector<Record> records;
  for (const std::int64_t time : times) {
    records.push_back(numbered_article(partition, static_cast<int>(records.size())));
    records.back().timestamp = time;
  }
  return records;
}

Ended backfill(const PipelineRig& rig, std::vector<std::string> options) {
  options.insert(options.begin(), {"run", "--config", rig.settings_file().string()});
  return run_copydesk(std::move(options), 100s);
}

// A topic for what comes out.
std::string other_topic(const PipelineRig& rig) {
  std::string name = unique_name("again");
  rig.client().create_topic(name, 1);  // so that the order of an input partition can be seen
  return name;
}

std::vector<std::string> keys_of(const std::vector<Record>& records, std::int32_t input_partition) {
  const std::string stem = "wire-" + std::to_string(input_partition) + "-";
  std::vector<std::string> numbers;
  for (const Record& record : records) {
    const std::string key = record.key.value_or("");
    if (key.starts_with(stem)) numbers.push_back(key.substr(stem.size()));
  }
  return numbers;
}

using Keys = std::vector<std::string>;

TEST(Backfill, DoesExactlyTheRangeAndLeavesTheGroupAlone) {
  PipelineRig rig({.partitions = kPartitions});
  const std::int64_t from = now_ms() - 3'600'000;
  const std::int64_t until = from + 60'250;
  std::vector<Record> records = articles_at(0, {from - 1, from, from + 1, until - 1, until, until + 1});
  // Times need not be in order: what comes behind an article that is too young counts too.
  for (auto& record : articles_at(1, {until + 5, from + 3, from - 5, until - 2, from, until + 9}))
    records.push_back(record);
  for (auto& record : articles_at(2, {from - 9, from - 2, until, until + 4})) records.push_back(record);
  // The last partition is empty. The next is bad input, in the range.
  records[3].value = R"({"id":)";
  rig.client().produce(rig.input, records);
  const auto worker = rig.start_worker();  // goes on beside the backfill
  ASSERT_TRUE(rig.await_committed(std::ssize(records), 60s)) << worker->log();
  const auto committed = rig.committed();
  const auto published = rig.client().count(rig.output);
  const double rebalances = worker->metric("copydesk_rebalances_total");
  ASSERT_EQ(rig.client().count(rig.dead_letters), 1);

  const std::string range = other_topic(rig);
  Ended ended = backfill(rig, {"--from", time_text(from), "--until", time_text(until), "--output", range});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.err.find("done: 6 articles"), std::string::npos) << ended.err;
  std::vector<Record> again = rig.client().read_all(range);
  EXPECT_EQ(again.size(), 5U);
  EXPECT_EQ(keys_of(again, 0), (Keys{"1", "2"}));
  EXPECT_EQ(keys_of(again, 1), (Keys{"1", "3", "4"}));
  EXPECT_EQ(rig.client().count(rig.dead_letters), 2);

  const std::string to_the_end = other_topic(rig);
  ended = backfill(rig, {"--from", time_text(from), "--output", to_the_end});
  EXPECT_EQ(ended.code, 0) << ended.err;
  again = rig.client().read_all(to_the_end);
  EXPECT_EQ(keys_of(again, 0), (Keys{"1", "2", "4", "5"}));
  EXPECT_EQ(keys_of(again, 1), (Keys{"0", "1", "3", "4", "5"}));
  EXPECT_EQ(keys_of(again, 2), (Keys{"2", "3"}));

  EXPECT_EQ(rig.committed(), committed);
  EXPECT_EQ(rig.client().count(rig.output), published);
  EXPECT_EQ(worker->metric("copydesk_rebalances_total"), rebalances);
  EXPECT_EQ(worker->stop(), 0) << worker->log();
}

TEST(Backfill, ARangeWithoutArticlesEndsByItself) {
  PipelineRig rig({.partitions = kPartitions});
  const std::string other = other_topic(rig);
  EXPECT_EQ(backfill(rig, {"--from", "1h", "--output", other}).code, 0) << "of a topic that is empty";
  rig.client().produce(rig.input, numbered_articles(30, kPartitions));
  for (const std::vector<std::string>& range :
       {std::vector<std::string>{"--from", "2001-01-01", "--until", "2002-01-01"},
        std::vector<std::string>{"--from", "2099-01-01"}}) {
    std::vector<std::string> options = range;
    options.insert(options.end(), {"--output", other});
    const Ended ended = backfill(rig, options);
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_NE(ended.err.find("done: 0 articles"), std::string::npos) << ended.err;
  }
  EXPECT_EQ(rig.client().count(other), 0);
  EXPECT_TRUE(rig.committed().empty());
}

// The last offsets of each partition are those of a transaction's marker, which no reader is given.
TEST(Backfill, EndsWhereTheInputEndsWithATransaction) {
  constexpr int kCount = 200;
  PipelineRig rig({.partitions = kPartitions, .delivery = "  guarantee: exactly_once\n"});
  rig.client().produce(rig.input, numbered_articles(kCount, kPartitions));
  const auto worker = rig.start_worker();
  ASSERT_TRUE(rig.await_committed(kCount, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::string again = other_topic(rig);
  std::vector<std::string> options{"--input", rig.output, "--output", again, "--from", "1h"};
  Ended ended = backfill(rig, options);
  EXPECT_EQ(ended.code, 64) << ended.err;
  EXPECT_NE(ended.err.find("--guarantee at_least_once"), std::string::npos) << ended.err;
  options.insert(options.end(), {"--guarantee", "at_least_once"});
  ended = backfill(rig, options);
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(arrival_of(rig.client().read_all(again), kCount, kPartitions).distinct, kCount);
  EXPECT_EQ(rig.client().count(again), kCount);
}

TEST(Backfill, StoppedBeforeItsEndItSaysSo) {
  // The output is slow: it takes far longer than until the signal.
  PipelineRig rig({.partitions = kPartitions,
                   .settings = "limits:\n  inflight_records: 20\n",
                   .producer = {{"linger.ms", "1000"}}});
  rig.client().produce(rig.input, numbered_articles(1000, kPartitions));
  const std::string other = other_topic(rig);
  const auto log = std::filesystem::temp_directory_path() / unique_name("copydesk-backfill");
  private_broker::ChildProcess process(
      {.argv = {COPYDESK_BINARY, "run", "--config", rig.settings_file().string(), "--from", "1h", "--output", other},
       .out = log,
       .err = log});
  ASSERT_TRUE(comes_true([&] { return rig.client().count(other) > 0; }, 60s));
  process.signal(SIGTERM);
  const auto& ended = process.wait(60s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 1);
  EXPECT_LT(rig.client().count(other), 1000);
  std::filesystem::remove(log);
}

TEST(Backfill, RefusesWhatWouldHarm) {
  PipelineRig rig;
  const auto expect_refusal = [&](const std::vector<std::string>& options, std::string_view words) {
    const Ended ended = backfill(rig, options);
    EXPECT_EQ(ended.code, 64) << ended.err;
    EXPECT_NE(ended.err.find(words), std::string::npos) << ended.err;
  };
  expect_refusal({"--from", "2026-03-01", "--output", rig.output}, "is the topic of the live workers");
  expect_refusal({"--from", "2026-03-01"}, "--output");
  expect_refusal({"--from", "yesterday", "--output", "x"}, "2026-03-02T09:15:00Z");
  expect_refusal({"--from", "2026-03-02", "--until", "2026-03-01", "--output", "x"}, "later than --from");
  expect_refusal({"--until", "2026-03-01", "--output", "x"}, "--from");
}

}  // namespace
}  // namespace copydesk::delivery
