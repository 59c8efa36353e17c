// SPDX-License-Identifier: Apache-2.0
// Versions, recalls and duplicates on a real Kafka, over restarts and hand-overs.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/delivery/pipeline_rig.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

// About 60 words, different for each number.
std::string story_text(int number) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += "word" + std::to_string(number * 31 + i * i) + " of item" + std::to_string(number * 17 + i) + " ";
  }
  return text;
}

Record version_of(std::int32_t partition, const std::string& id, int version, const std::string& text,
                  const std::string& more = "") {
  return {.partition = partition,
          .key = id,
          .value = R"({"id":")" + id + R"(","version":)" + std::to_string(version) + R"(,"text":")" + text + "\"" +
                   more + "}",
          .headers = {},
          .timestamp = 0};
}

bool says(const Record& record, std::string_view text) {
  return record.value.value_or("").find(text) != std::string::npos;
}

/// The record of an id and version; the last, where it came out twice.
const Record* find(const std::vector<Record>& records, const std::string& id, int version) {
  const Record* found = nullptr;
  for (const Record& record : records) {
    if (record.key == id && says(record, R"("version":")" + std::to_string(version) + "\"")) found = &record;
  }
  return found;
}

// The same marks come out whether one worker runs through, is killed, or hands its partitions to another.
enum class Between { kNothing, kStop, kKill, kHandOver };

class Stories : public testing::TestWithParam<std::pair<const char*, Between>> {};

TEST_P(Stories, KeepTheirMarksOverRestartsAndHandOvers) {
  PipelineRig rig;
  auto worker = rig.start_worker();
  std::vector<Record> first;
  for (int i = 0; i < 40; ++i) first.push_back(version_of(i % 4, "story-" + std::to_string(i), 5, story_text(i)));
  first.push_back(version_of(1, "killed", 3, story_text(500)));
  first.push_back({.partition = 1,
                   .key = "killed",
                   .value = R"({"id":"killed","version":4,"status":"canceled"})",
                   .headers = {},
                   .timestamp = 0});
  first.push_back(version_of(2, "deleted", 3, story_text(600)));
  first.push_back({.partition = 2, .key = "deleted", .value = std::nullopt, .headers = {}, .timestamp = 0});
  rig.client().produce(rig.input, first);
  ASSERT_TRUE(rig.await_committed(std::ssize(first), 60s)) << worker->log();

  std::unique_ptr<WorkerProcess> second;
  switch (GetParam().second) {
    case Between::kNothing: break;
    case Between::kStop:
      EXPECT_EQ(worker->stop(), 0) << worker->log();
      worker = rig.start_worker();
      break;
    case Between::kKill:
      worker->kill();
      worker = rig.start_worker();
      break;
    case Between::kHandOver:
      second = rig.start_worker();
      second->await_ready();
      break;
  }

  std::vector<Record> then;
  for (int i = 0; i < 40; ++i) {
    then.push_back(version_of(i % 4, "story-" + std::to_string(i), i % 2 == 0 ? 4 : 6, story_text(i + 1000)));
    then.push_back(version_of(i % 4, "copy-" + std::to_string(i), 1, story_text(i)));
  }
  then.push_back(version_of(1, "killed", 2, story_text(500)));
  then.push_back(version_of(1, "not a copy of what was killed", 1, story_text(500)));
  then.push_back(version_of(2, "deleted", 2, story_text(600)));
  rig.client().produce(rig.input, then);
  ASSERT_TRUE(rig.await_committed(std::ssize(first) + std::ssize(then), 90s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  if (second) {
    EXPECT_EQ(second->stop(), 0) << second->log();
  }

  const std::vector<Record> output = rig.client().read_all(rig.output);
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    SCOPED_TRACE(id);
    const Record* const version = find(output, "story-" + id, i % 2 == 0 ? 4 : 6);
    const Record* const copy = find(output, "copy-" + id, 1);
    ASSERT_NE(version, nullptr);
    ASSERT_NE(copy, nullptr);
    EXPECT_EQ(says(*version, R"("superseded":true)"), i % 2 == 0) << *version->value;
    EXPECT_TRUE(says(*copy, R"("duplicate_of":"story-)" + id + "\"")) << *copy->value;
    EXPECT_FALSE(says(*find(output, "story-" + id, 5), "duplicate_of"));
  }
  EXPECT_TRUE(says(*find(output, "killed", 2), R"("superseded":true)"));
  EXPECT_FALSE(says(*find(output, "not a copy of what was killed", 1), "duplicate_of"));
  EXPECT_FALSE(says(*find(output, "deleted", 2), "superseded"));
  EXPECT_EQ(rig.client().count(rig.dead_letters), 0);
}

INSTANTIATE_TEST_SUITE_P(Workers, Stories,
                         testing::Values(std::pair("RunThrough", Between::kNothing), std::pair("Stop", Between::kStop),
                                         std::pair("AreKilled", Between::kKill),
                                         std::pair("HandOver", Between::kHandOver)),
                         [](const auto& instance) { return instance.param.first; });

TEST(StoryMarks, InNinjsAreHeaders) {
  PipelineRig rig({.partitions = 1, .output_partitions = 1, .settings = "output:\n  format: ninjs\n"});
  const auto worker = rig.start_worker();
  Record late = version_of(0, "a", 1, story_text(2));
  late.headers = {{"agency", "Northline"}};
  rig.client().produce(rig.input, {version_of(0, "a", 2, story_text(1)), late, version_of(0, "b", 1, story_text(1))});
  ASSERT_TRUE(rig.await_committed(3, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  const std::vector<Record> output = rig.client().read_all(rig.output);
  ASSERT_EQ(output.size(), 3U);
  EXPECT_EQ(output[0].headers, Headers());
  EXPECT_EQ(output[1].headers, (Headers{{"agency", "Northline"}, {"copydesk.superseded", "true"}}));
  EXPECT_EQ(output[2].headers, (Headers{{"copydesk.duplicate_of", "a"}}));
}

TEST(StoryMarks, CanBeTurnedOff) {
  PipelineRig rig({.partitions = 1, .settings = "story:\n  marks: false\n"});
  const auto worker = rig.start_worker();
  rig.client().produce(rig.input, {version_of(0, "a", 2, story_text(1)), version_of(0, "a", 1, story_text(2)),
                                   version_of(0, "b", 1, story_text(1))});
  ASSERT_TRUE(rig.await_committed(3, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0) << worker->log();
  for (const Record& record : rig.client().read_all(rig.output)) {
    EXPECT_FALSE(says(record, "superseded") || says(record, "duplicate_of")) << *record.value;
  }
}

TEST(Embargo, NothingOfTheTextIsLogged) {
  PipelineRig rig({.partitions = 1, .settings = "limits:\n  max_article_bytes: 8KiB\nlog:\n  level: trace\n"});
  const auto worker = rig.start_worker();
  const std::string embargo = R"(,"embargoed":"2099-01-01T00:00:00Z")";
  std::string large;
  while (large.size() < 9000) large += "secretword ";
  rig.client().produce(rig.input,
                       {version_of(0, "good", 1, "secretword " + story_text(1), embargo),
                        version_of(0, "too-large", 1, large, embargo),
                        version_of(0, "wrong-type", 1, "secretword", embargo + R"(,"headline":["secretword"])"),
                        {.key = "cut", .value = R"({"id":"cut","text":"secretword )", .headers = {}, .timestamp = 0}});
  ASSERT_TRUE(rig.await_committed(4, 60s)) << worker->log();
  EXPECT_EQ(worker->stop(), 0);
  EXPECT_EQ(rig.client().count(rig.dead_letters), 3);
  EXPECT_EQ(worker->log().find("secretword"), std::string::npos) << worker->log();
  EXPECT_EQ(rig.client().count(rig.output), 1) << "it is enriched, and says its embargo";
}

}  // namespace
}  // namespace copydesk::delivery
