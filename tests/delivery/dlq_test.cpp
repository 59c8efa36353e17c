// SPDX-License-Identifier: Apache-2.0
// Dead letters from the cradle on: refused, listed, shown, sent again, enriched.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/delivery/pipeline_rig.h"
#include "tests/delivery/shared_broker.h"

namespace fs = std::filesystem;

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

// `copydesk dlq ARGUMENTS` to its end.
Ended dlq(const PipelineRig& rig, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "dlq");
  arguments.insert(arguments.end(), {"--brokers", shared_broker(), "--dead-letters", rig.dead_letters});
  return run_copydesk(std::move(arguments));
}

bool says(const Ended& ended, std::string_view text) {
  return ended.out.find(text) != std::string::npos;
}

// Too large for this worker's settings, but for no other's.
constexpr std::size_t kTooLarge = 20'000;
const char* const kSmallLimit = "limits:\n  max_article_bytes: 8KiB\n";

Record large_article() {
  std::string text;
  while (text.size() < kTooLarge)
    text += "The harbour opens when the ice has gone and the boats are ready for the sea. ";
  return {.partition = 2,
          .key = "large",
          .value = R"({"id":"large","text":")" + text + R"("})",
          .headers = {{"agency", "Northline"}},
          .timestamp = 0};
}

TEST(DeadLetterQueue, WhatIsMendedIsSentAgainAndEnriched) {
  PipelineRig strict({.settings = kSmallLimit});
  const Record broken{
      .partition = 1, .key = "broken", .value = R"({"id":"broken","text":)", .headers = {}, .timestamp = 0};
  const auto worker = strict.start_worker();
  strict.client().produce(strict.input, {large_article(), broken, numbered_article(0, 0)});
  ASSERT_TRUE(strict.await_committed(3, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();

  const std::vector<Record> dead = strict.client().read_all(strict.dead_letters);
  ASSERT_EQ(dead.size(), 2U);
  const auto large = std::find_if(dead.begin(), dead.end(), [](const Record& record) { return record.key == "large"; });
  ASSERT_NE(large, dead.end());
  EXPECT_EQ(large->header("__copydesk.errors.attempt"), "1");
  EXPECT_NE(large->header("__copydesk.errors.detail").value_or("").find("bytes"), std::string::npos);
  const std::string place = "0:" + std::to_string(large->offset);

  // List
  const Ended all = dlq(strict, {"list"});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_TRUE(says(all, "too_large")) << all.out;
  EXPECT_TRUE(says(all, "malformed_json")) << all.out;
  EXPECT_TRUE(says(all, strict.input + "/2:0")) << all.out;
  EXPECT_TRUE(says(all, "2 dead letters in " + strict.dead_letters)) << all.out;
  for (const std::vector<std::string>& filter : {std::vector<std::string>{"--reason", "too_large"},
                                                 {"--key", "large"},
                                                 {"--reason", "too_large,deadline", "--partition", "0"},
                                                 {"--since", "1h", "--reason", "too_large"},
                                                 {"--until", "2099-01-01", "--key", "large"}}) {
    auto arguments = filter;
    arguments.insert(arguments.begin(), {"list", "--json"});
    const Ended some = dlq(strict, arguments);
    EXPECT_EQ(some.code, 0) << some.err;
    EXPECT_EQ(std::count(some.out.begin(), some.out.end(), '\n'), 1) << filter.front() << '\n' << some.out;
    EXPECT_TRUE(says(some, R"("key":"large","reason":"too_large")")) << some.out;
    EXPECT_TRUE(says(some, R"("source":{"topic":")" + strict.input + R"(","partition":2,"offset":0})")) << some.out;
  }
  EXPECT_EQ(dlq(strict, {"list", "--json", "--stage", "resolve"}).out, "");
  EXPECT_EQ(dlq(strict, {"list", "--json", "--until", "1h"}).out, "");
  EXPECT_EQ(dlq(strict, {"list", "--json", "--partition", "1"}).out, "");
  const Ended one = dlq(strict, {"list", "--json", "--limit", "1"});
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 1);

  // Show
  const Ended shown = dlq(strict, {"show", place});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_TRUE(says(shown, "__copydesk.errors.reason: too_large\n")) << shown.out.substr(0, 2000);
  EXPECT_TRUE(says(shown, "agency: Northline\n"));
  EXPECT_EQ(dlq(strict, {"show", place, "--value"}).out, large_article().value) << "byte for byte";
  EXPECT_EQ(dlq(strict, {"show", "0:99"}).code, 1);
  EXPECT_EQ(dlq(strict, {"show", "first"}).code, 64);

  // Replay
  const Ended dry = dlq(strict, {"replay", "--reason", "too_large", "--dry-run"});
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_TRUE(says(dry, place + ": would go to " + strict.input)) << dry.out;
  EXPECT_TRUE(says(dry, "1 of 1 matching dead letters would be sent")) << dry.out;
  EXPECT_EQ(strict.client().count(strict.input), 3) << "a dry run sends nothing";
  const Ended replayed = dlq(strict, {"replay", "--reason", "too_large"});
  EXPECT_EQ(replayed.code, 0) << replayed.err;
  EXPECT_TRUE(says(replayed, "1 of 1 matching dead letters sent again; 0 sent before")) << replayed.out;
  const Ended twice = dlq(strict, {"replay", "--reason", "too_large"});
  EXPECT_EQ(twice.code, 0) << twice.err;
  EXPECT_TRUE(says(twice, "0 of 1 matching dead letters sent again; 1 sent before")) << twice.out;

  const std::vector<Record> input = strict.client().read_all(strict.input);
  ASSERT_EQ(input.size(), 4U);
  const Record sent = *std::find_if(
      input.begin(), input.end(), [](const Record& record) { return record.header("__copydesk.attempt").has_value(); });
  EXPECT_EQ(sent.partition, 2) << "where its story's other versions are";
  EXPECT_EQ(sent.key, "large");
  EXPECT_EQ(sent.value, large_article().value);
  EXPECT_EQ(sent.headers, (Headers{{"agency", "Northline"},
                                   {"__copydesk.attempt", "2"},
                                   {"__copydesk.replay_of", strict.dead_letters + "/" + place}}));

  // The limit is still too small: a second dead letter, which says that it is the second attempt.
  const auto again = strict.start_worker();
  ASSERT_TRUE(strict.await_committed(4, 60s)) << again->log();
  EXPECT_EQ(again->stop(), 0);
  const Ended attempts = dlq(strict, {"list", "--json", "--key", "large"});
  EXPECT_TRUE(says(attempts, R"("attempt":2)")) << attempts.out;

  // Another worker takes it: enriched.
  PipelineRig lenient;
  const Ended moved = dlq(strict, {"replay", "--key", "large", "--limit", "1", "--to", lenient.input});
  EXPECT_EQ(moved.code, 0) << moved.err;
  const auto able = lenient.start_worker();
  ASSERT_TRUE(lenient.await_committed(1, 60s)) << able->log();
  EXPECT_EQ(able->stop(), 0) << able->log();
  const std::vector<Record> enriched = lenient.client().read_all(lenient.output);
  ASSERT_EQ(enriched.size(), 1U);
  EXPECT_EQ(enriched[0].key, "large");
  EXPECT_NE(enriched[0].value.value_or("").find(R"("id":"large")"), std::string::npos);
}

TEST(DeadLetterQueue, SaysWhatStandsInTheWay) {
  PipelineRig rig;
  Record odd{.key = "odd", .value = "bytes", .headers = {}, .timestamp = 0};  // nobody's dead letter
  rig.client().produce(rig.dead_letters, {odd});
  const Ended listed = dlq(rig, {"list"});
  EXPECT_EQ(listed.code, 0) << listed.err;
  EXPECT_TRUE(says(listed, "odd")) << listed.out;
  const Ended replayed = dlq(rig, {"replay"});
  EXPECT_EQ(replayed.code, 1);
  EXPECT_TRUE(says(replayed, "name a topic with --to")) << replayed.out;
  const Ended nowhere = dlq(rig, {"replay", "--to", unique_name("missing")});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_NE(nowhere.err.find("does not exist"), std::string::npos) << nowhere.err;
  EXPECT_EQ(dlq(rig, {"list", "--since", "yesterday"}).code, 64);
  EXPECT_EQ(dlq(rig, {}).code, 64);
}

}  // namespace
}  // namespace copydesk::delivery
