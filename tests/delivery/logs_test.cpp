// SPDX-License-Identifier: Apache-2.0
// What a worker writes to its log: nothing alarming where nothing is wrong, and a few lines where much is.

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Lines that are not of the log, or are warnings and worse.
std::string alarming(const std::string& log) {
  static const std::regex kCalm(R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (info|debug|trace) .*)");
  std::string found;
  for (const std::string& line : lines_of(log)) {
    if (!std::regex_match(line, kCalm)) found += line + "\n";
  }
  return found;
}

struct DeadLetterLines {
  int lines = 0;
  std::int64_t letters = 0;
};
DeadLetterLines dead_letter_lines(const std::string& log) {
  static const std::regex kMore(R"((\d+) more dead letters with the reason)");
  DeadLetterLines result;
  for (const std::string& line : lines_of(log)) {
    std::smatch match;
    if (std::regex_search(line, match, kMore)) {
      ++result.lines;
      result.letters += std::stoll(match[1]);
    } else if (line.find("dead letter: ") != std::string::npos) {
      ++result.lines;
      ++result.letters;
    }
  }
  return result;
}

class ManyBadRecords : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(ManyBadRecords, AreAFewLinesThatCountThemAll) {
  constexpr int kCount = 5000;
  constexpr int kPartitions = 4;
  const auto [guarantee, format] = GetParam();
  PipelineRig rig({.partitions = kPartitions,
                   .settings = std::string("log:\n  format: ") + format + "\n",
                   .delivery = std::string("  guarantee: ") + guarantee + "\n"});
  std::vector<Record> records;
  for (int i = 0; i < kCount; ++i) {
    Record& record = records.emplace_back();
    record.partition = i % kPartitions;
    record.key = "bad-" + std::to_string(i);
    // Two kinds of bad: two reasons, or one where both have the same.
    record.value = i % 2 == 0 ? "no article at all" : R"({"id":"bad"})";
  }
  rig.client().produce(rig.input, records);
  auto worker = rig.start_worker();
  worker->await_ready();
  ASSERT_TRUE(rig.await_committed(kCount, 120s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  EXPECT_EQ(rig.client().read_all(rig.dead_letters).size(), static_cast<std::size_t>(kCount));

  const DeadLetterLines found = dead_letter_lines(worker->log());
  EXPECT_EQ(found.letters, kCount) << worker->log();
  EXPECT_GE(found.lines, 2);
  EXPECT_LE(found.lines, 40) << worker->log();  // 5,000 where each has its own
  if (std::string_view(format) == "json") {
    for (const std::string& line : lines_of(worker->log())) {
      EXPECT_TRUE(line.starts_with(R"({"time":")") && line.ends_with("}")) << line;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Logs, ManyBadRecords,
                         testing::Values(std::tuple("at_least_once", "text"), std::tuple("exactly_once", "json")));

struct Start {
  const char* guarantee;
  const char* assignor;
};
class NormalStart : public testing::TestWithParam<Start> {};

TEST_P(NormalStart, SaysNothingAlarming) {
  constexpr int kCount = 200;
  constexpr int kPartitions = 4;
  PipelineRig rig(
      {.partitions = kPartitions,
       .delivery = std::string("  guarantee: ") + GetParam().guarantee + "\n",
       // Of each client's own, and of both: none is told that it heeds a property that it does not.
       .kafka = std::string("  assignor: ") + GetParam().assignor +
                "\n  common: {fetch.min.bytes: 1, batch.num.messages: 5000, socket.keepalive.enable: true}\n",
       .producer = {{"linger.ms", "5"}}});
  // Started before there is anything, then once more after work: with committed offsets, and a history to read.
  for (int start = 0; start < 2; ++start) {
    auto worker = rig.start_worker();
    worker->await_ready();
    rig.client().produce(rig.input, numbered_articles(kCount, kPartitions, start * kCount));
    EXPECT_TRUE(rig.await_committed((start + 1) * kCount, 120s)) << worker->log();
    EXPECT_EQ(worker->stop(), 0) << worker->log();
    EXPECT_EQ(alarming(worker->log()), "") << "start " << start;
  }
}

INSTANTIATE_TEST_SUITE_P(Logs, NormalStart,
                         testing::Values(Start{"at_least_once", "range"}, Start{"at_least_once", "roundrobin"},
                                         Start{"at_least_once", "cooperative-sticky"}, Start{"exactly_once", "range"},
                                         Start{"exactly_once", "roundrobin"},
                                         Start{"exactly_once", "cooperative-sticky"}),
                         [](const auto& start) {
                           std::string name = std::string(start.param.guarantee) + "_" + start.param.assignor;
                           for (char& c : name) {
                             if (c == '-') c = '_';
                           }
                           return name;
                         });

// librdkafka speaks of each failed connection of each broker and client, twice, and of nearly the same in other words.
TEST(Logs, AnOutageIsAFewLinesAndThenSilence) {
  constexpr int kCount = 100;
  private_broker::PrivateBroker broker;
  PipelineRig rig({.bootstrap = broker.bootstrap_servers()});
  auto worker = rig.start_worker();
  worker->await_ready();
  broker.stop(0);
  std::this_thread::sleep_for(25s);
  broker.restart(0);
  rig.client().produce(rig.input, numbered_articles(kCount, 4));
  EXPECT_TRUE(rig.await_committed(kCount, 120s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  const auto told = lines_of(alarming(worker->log()));
  EXPECT_GE(told.size(), 1U) << "an outage must be told";
  EXPECT_LE(told.size(), 20U) << worker->log();
  const bool counted = std::ranges::any_of(told, [](const std::string& line) {
    return line.find(" more messages of librdkafka like this (kafka: ") != std::string::npos;
  });
  EXPECT_TRUE(counted) << worker->log();
}

}  // namespace
}  // namespace copydesk::delivery
