// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/story_tracker.h"

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <string>
#include <vector>

namespace copydesk {
namespace {

/// Answers when the test says so.
class FakeHistory final : public story::StoryHistory {
 public:
  struct Asked {
    std::vector<Range> ranges;
    std::uint64_t ticket = 0;
  };
  std::vector<Asked> asked;
  std::deque<Answer> answers;

  void ask(std::vector<Range> ranges, std::uint64_t ticket) override { asked.push_back({std::move(ranges), ticket}); }
  std::optional<Answer> take() override {
    if (answers.empty()) return std::nullopt;
    Answer answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
};

const engine::TopicPartition kFirst{"in", 0};
const engine::TopicPartition kSecond{"in", 1};

encode::StoryFacts version(const std::string& id, const std::string& number) {
  encode::StoryFacts facts;
  facts.id = id;
  facts.version = number;
  return facts;
}

story::StoryHistory::Past past(const engine::TopicPartition& partition, std::int64_t offset,
                               std::optional<encode::StoryFacts> facts, const std::string& key) {
  return {.facts = std::move(facts), .partition = partition, .offset = offset, .timestamp_ms = -1, .key = key};
}

engine::InputRecord input(const engine::TopicPartition& partition, std::int64_t offset) {
  engine::InputRecord record;
  record.origin = partition;
  record.offset = offset;
  return record;
}

class StoryTrackerTest : public ::testing::Test {
 protected:
  FakeHistory history_;
  story::StoryTracker tracker_{{.window = {.articles = 100}, .history_timeout = std::chrono::hours(1)}, &history_};
};

TEST_F(StoryTrackerTest, APartitionWaitsForWhatItHeldAndOthersDoNot) {
  tracker_.assigned(std::array{kFirst, kSecond}, std::array<std::int64_t, 2>{50, -1}, 2);
  ASSERT_EQ(history_.asked.size(), 1U);
  ASSERT_EQ(history_.asked[0].ranges.size(), 1U) << "the second partition starts at its beginning";
  EXPECT_EQ(history_.asked[0].ranges[0].partition, kFirst);
  EXPECT_EQ(history_.asked[0].ranges[0].end, 50);
  EXPECT_EQ(history_.asked[0].ranges[0].most, 50U) << "its share of the window";
  EXPECT_FALSE(tracker_.ready(kFirst));
  EXPECT_TRUE(tracker_.ready(kSecond));

  history_.answers.push_back({history_.asked[0].ticket,
                              {past(kFirst, 48, version("a", "3"), "a"), past(kFirst, 49, version("b", "3"), "b"),
                               past(kFirst, 49, std::nullopt, "b")}});
  EXPECT_TRUE(tracker_.ready(kFirst));
  EXPECT_TRUE(tracker_.see(version("a", "2"), input(kFirst, 50)).superseded);
  EXPECT_FALSE(tracker_.see(version("b", "2"), input(kFirst, 51)).superseded) << "deleted before";
}

TEST_F(StoryTrackerTest, AnAnswerForAnEarlierAssignmentCountsForNothing) {
  tracker_.assigned(std::array{kFirst, kSecond}, std::array<std::int64_t, 2>{50, 60}, 2);
  tracker_.revoked(std::array{kFirst});
  tracker_.assigned(std::array{kFirst}, std::array<std::int64_t, 1>{70}, 2);
  ASSERT_EQ(history_.asked.size(), 2U);
  history_.answers.push_back(
      {history_.asked[0].ticket, {past(kFirst, 1, version("a", "9"), "a"), past(kSecond, 2, version("b", "9"), "b")}});
  EXPECT_FALSE(tracker_.ready(kFirst)) << "it waits for the answer to the second question";
  EXPECT_TRUE(tracker_.ready(kSecond));
  history_.answers.push_back({history_.asked[1].ticket, {past(kFirst, 69, version("c", "9"), "c")}});
  EXPECT_TRUE(tracker_.ready(kFirst));
  EXPECT_FALSE(tracker_.see(version("a", "1"), input(kFirst, 70)).superseded);
  EXPECT_TRUE(tracker_.see(version("b", "1"), input(kSecond, 60)).superseded);
  EXPECT_TRUE(tracker_.see(version("c", "1"), input(kFirst, 71)).superseded);
}

TEST_F(StoryTrackerTest, WhatIsTakenAwayIsForgotten) {
  tracker_.see(version("a", "2"), input(kFirst, 1));
  tracker_.see(version("b", "2"), input(kSecond, 1));
  tracker_.revoked(std::array{kFirst});
  EXPECT_FALSE(tracker_.see(version("a", "1"), input(kFirst, 2)).superseded);
  EXPECT_TRUE(tracker_.see(version("b", "1"), input(kSecond, 2)).superseded);
}

TEST(StoryTracker, GoesOnWithoutAHistoryThatTakesTooLong) {
  FakeHistory history;
  story::StoryTracker tracker({.window = {}, .history_timeout = std::chrono::milliseconds(0)}, &history);
  tracker.assigned(std::array{kFirst}, std::array<std::int64_t, 1>{50}, 1);
  EXPECT_TRUE(tracker.ready(kFirst));
  history.answers.push_back({history.asked.at(0).ticket, {past(kFirst, 1, version("a", "9"), "a")}});
  EXPECT_TRUE(tracker.ready(kFirst));
  EXPECT_FALSE(tracker.see(version("a", "1"), input(kFirst, 50)).superseded)
      << "records have left by now: what was before them comes too late";
}

TEST(StoryTracker, StartsWithoutMemoryWhereThereIsNoHistory) {
  story::StoryTracker tracker({.window = {}}, nullptr);
  tracker.assigned(std::array{kFirst}, std::array<std::int64_t, 1>{50}, 1);
  EXPECT_TRUE(tracker.ready(kFirst));
}

}  // namespace
}  // namespace copydesk
