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

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
  [[nodiscard]] bool says(std::string_view text) const { return out.find(text) != std::string::npos; }
};

// `copydesk dlq ARGUMENTS` to its end.
Ran dlq(const PipelineRig& rig, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {COPYDESK_BINARY, "dlq"});
  arguments.insert(arguments.end(), {"--brokers", shared_broker(), "--dead-letters", rig.dead_letters});
  const fs::path out = fs::temp_directory_path() / unique_name("copydesk-out");
  const fs::path err = fs::temp_directory_path() / unique_name("copydesk-err");
  ChildProcess process({.argv = arguments, .out = out, .err = err});
  Ran ran;
  if (const auto& ended = process.wait(60s)) ran.code = ended->code;
  const auto contents = [](const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    fs::remove(file);
    return text;
  };
  ran.out = contents(out);
  ran.err = contents(err);
  return ran;
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
  const Ran all = dlq(strict, {"list"});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_TRUE(all.says("too_large")) << all.out;
  EXPECT_TRUE(all.says("malformed_json")) << all.out;
  EXPECT_TRUE(all.says(strict.input + "/2:0")) << all.out;
  EXPECT_TRUE(all.says("2 dead letters in " + strict.dead_letters)) << all.out;
  for (const std::vector<std::string>& filter : {std::vector<std::string>{"--reason", "too_large"},
                                                 {"--key", "large"},
                                                 {"--reason", "too_large,deadline", "--partition", "0"},
                                                 {"--since", "1h", "--reason", "too_large"},
                                                 {"--until", "2099-01-01", "--key", "large"}}) {
    auto arguments = filter;
    arguments.insert(arguments.begin(), {"list", "--json"});
    const Ran some = dlq(strict, arguments);
    EXPECT_EQ(some.code, 0) << some.err;
    EXPECT_EQ(std::count(some.out.begin(), some.out.end(), '\n'), 1) << filter.front() << '\n' << some.out;
    EXPECT_TRUE(some.says(R"("key":"large","reason":"too_large")")) << some.out;
    EXPECT_TRUE(some.says(R"("source":{"topic":")" + strict.input + R"(","partition":2,"offset":0})")) << some.out;
  }
  EXPECT_EQ(dlq(strict, {"list", "--json", "--stage", "resolve"}).out, "");
  EXPECT_EQ(dlq(strict, {"list", "--json", "--until", "1h"}).out, "");
  EXPECT_EQ(dlq(strict, {"list", "--json", "--partition", "1"}).out, "");
  const Ran one = dlq(strict, {"list", "--json", "--limit", "1"});
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 1);

  // Show
  const Ran shown = dlq(strict, {"show", place});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_TRUE(shown.says("__copydesk.errors.reason: too_large\n")) << shown.out.substr(0, 2000);
  EXPECT_TRUE(shown.says("agency: Northline\n"));
  EXPECT_EQ(dlq(strict, {"show", place, "--value"}).out, large_article().value) << "byte for byte";
  EXPECT_EQ(dlq(strict, {"show", "0:99"}).code, 1);
  EXPECT_EQ(dlq(strict, {"show", "first"}).code, 64);

  // Replay
  const Ran dry = dlq(strict, {"replay", "--reason", "too_large", "--dry-run"});
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_TRUE(dry.says(place + ": would go to " + strict.input)) << dry.out;
  EXPECT_TRUE(dry.says("1 of 1 matching dead letters would be sent")) << dry.out;
  EXPECT_EQ(strict.client().count(strict.input), 3) << "a dry run sends nothing";
  const Ran replayed = dlq(strict, {"replay", "--reason", "too_large"});
  EXPECT_EQ(replayed.code, 0) << replayed.err;
  EXPECT_TRUE(replayed.says("1 of 1 matching dead letters sent again; 0 sent before")) << replayed.out;
  const Ran twice = dlq(strict, {"replay", "--reason", "too_large"});
  EXPECT_EQ(twice.code, 0) << twice.err;
  EXPECT_TRUE(twice.says("0 of 1 matching dead letters sent again; 1 sent before")) << twice.out;

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
  const Ran attempts = dlq(strict, {"list", "--json", "--key", "large"});
  EXPECT_TRUE(attempts.says(R"("attempt":2)")) << attempts.out;

  // Another worker takes it: enriched.
  PipelineRig lenient;
  const Ran moved = dlq(strict, {"replay", "--key", "large", "--limit", "1", "--to", lenient.input});
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
  const Ran listed = dlq(rig, {"list"});
  EXPECT_EQ(listed.code, 0) << listed.err;
  EXPECT_TRUE(listed.says("odd")) << listed.out;
  const Ran replayed = dlq(rig, {"replay"});
  EXPECT_EQ(replayed.code, 1);
  EXPECT_TRUE(replayed.says("name a topic with --to")) << replayed.out;
  const Ran nowhere = dlq(rig, {"replay", "--to", unique_name("missing")});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_NE(nowhere.err.find("does not exist"), std::string::npos) << nowhere.err;
  EXPECT_EQ(dlq(rig, {"list", "--since", "yesterday"}).code, 64);
  EXPECT_EQ(dlq(rig, {}).code, 64);
}

}  // namespace
}  // namespace copydesk::delivery
