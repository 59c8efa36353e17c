// SPDX-License-Identifier: Apache-2.0
#include "pipeline/logging/log_throttle.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace copydesk {
namespace {

using namespace std::chrono_literals;

class Throttle : public testing::Test {
 protected:
  logging::LogThrottle::Options options(std::size_t most = 64) {
    return {.interval = 10s,
            .most_reasons = most,
            .now = [this] { return now_; },
            .write = [this](logging::LineLevel, const std::string& line) { lines_.push_back(line); }};
  }
  static logging::LogThrottle::Line letter(const std::string& reason, const std::string& detail) {
    return {.one = "dead letter", .many = "dead letters with the reason " + reason, .detail = detail};
  }

  std::chrono::system_clock::time_point now_{1'772'442'900s};  // 2026-03-02T09:15:00Z
  std::vector<std::string> lines_;
};

using Lines = std::vector<std::string>;

TEST_F(Throttle, WritesTheFirstInFullAndCountsTheRest) {
  logging::LogThrottle throttle(options());
  for (int i = 0; i < 5000; ++i) throttle.log(letter("not_json", "wire/0 offset " + std::to_string(i)));
  EXPECT_EQ(lines_, Lines{"dead letter: wire/0 offset 0"});
  now_ += 9s;
  throttle.flush();
  EXPECT_EQ(lines_.size(), 1U);
  now_ += 1s;
  throttle.flush();
  EXPECT_EQ(lines_, (Lines{"dead letter: wire/0 offset 0",
                           "4999 more dead letters with the reason not_json since 2026-03-02T09:15:00Z; the last: "
                           "wire/0 offset 4999"}));
}

TEST_F(Throttle, CountsWithTheNextOccurrenceWhereNobodyFlushes) {
  logging::LogThrottle throttle(options());
  throttle.log(letter("a", "1"));
  throttle.log(letter("a", "2"));
  now_ += 10s;
  throttle.log(letter("a", "3"));
  throttle.log(letter("a", "4"));
  now_ += 10s;
  throttle.log(letter("a", "5"));
  EXPECT_EQ(lines_,
            (Lines{"dead letter: 1", "2 more dead letters with the reason a since 2026-03-02T09:15:00Z; the last: 3",
                   "2 more dead letters with the reason a since 2026-03-02T09:15:10Z; the last: 5"}));
}

TEST_F(Throttle, IsNewAgainAfterAQuietInterval) {
  logging::LogThrottle throttle(options());
  throttle.log(letter("a", "1"));
  now_ += 10s;
  throttle.log(letter("a", "2"));  // nothing was left out in between
  now_ += 10s;
  throttle.flush();
  throttle.log(letter("a", "3"));
  EXPECT_EQ(lines_, (Lines{"dead letter: 1", "dead letter: 2", "dead letter: 3"}));
}

TEST_F(Throttle, TellsReasonsApart) {
  logging::LogThrottle throttle(options());
  throttle.log(letter("a", "1"));
  throttle.log(letter("b", "2"));
  throttle.log({.many = "x", .detail = "3", .key = "k1"});
  throttle.log({.many = "x", .detail = "4", .key = "k2"});
  throttle.log({.many = "x", .detail = "5", .key = "k2"});
  EXPECT_EQ(lines_, (Lines{"dead letter: 1", "dead letter: 2", "3", "4"}));
}

TEST_F(Throttle, LosesNoCountAtTheEnd) {
  logging::LogThrottle throttle(options());
  throttle.log(letter("a", "1"));
  throttle.log(letter("a", "2"));
  throttle.flush_all();
  throttle.flush_all();
  EXPECT_EQ(lines_,
            (Lines{"dead letter: 1", "1 more dead letters with the reason a since 2026-03-02T09:15:00Z; the last: 2"}));
}

TEST_F(Throttle, BoundsTheReasonsAndStillCountsAll) {
  logging::LogThrottle throttle(options(4));
  for (int i = 0; i < 1000; ++i) throttle.log(letter(std::to_string(i), "detail " + std::to_string(i)));
  EXPECT_EQ(lines_.size(), 5U);  // four, and the first of the others
  throttle.flush_all();
  ASSERT_EQ(lines_.size(), 6U);
  EXPECT_EQ(lines_.back(),
            "995 more messages for other reasons since 2026-03-02T09:15:00Z; the last: dead letter: detail 999");
  // Those whose interval has passed make room.
  now_ += 20s;
  throttle.log(letter("new", "n"));
  EXPECT_EQ(lines_.back(), "dead letter: n");
}

TEST_F(Throttle, OutlivesAClockThatIsSetBack) {
  logging::LogThrottle throttle(options());
  throttle.log(letter("a", "1"));
  throttle.log(letter("a", "2"));
  now_ -= 1h;
  throttle.flush();
  EXPECT_EQ(lines_.size(), 2U);
}

TEST_F(Throttle, WritesTheHighestSeverityOfWhatItCounts) {
  std::vector<logging::LineLevel> levels;
  logging::LogThrottle::Options opened = options();
  opened.write = [&](logging::LineLevel level, const std::string&) { levels.push_back(level); };
  logging::LogThrottle throttle(opened);
  for (const logging::LineLevel level :
       {logging::LineLevel::kInfo, logging::LineLevel::kError, logging::LineLevel::kWarn}) {
    throttle.log({.level = level, .many = "x", .detail = "d"});
  }
  throttle.flush_all();
  EXPECT_EQ(levels, (std::vector{logging::LineLevel::kInfo, logging::LineLevel::kError}));
}

TEST_F(Throttle, WarnsOfWhatShouldPassOnlyWhenItDoesNot) {
  std::vector<logging::LineLevel> levels;
  logging::LogThrottle::Options opened = options();
  opened.write = [&](logging::LineLevel level, const std::string&) { levels.push_back(level); };
  logging::LogThrottle throttle(opened);
  const logging::LogThrottle::Line loads{.many = "x", .detail = "d", .may_pass = true};
  throttle.log(loads);
  now_ += 1s;
  throttle.log(loads);
  now_ += 10s;
  throttle.flush();
  EXPECT_EQ(levels, (std::vector{logging::LineLevel::kInfo, logging::LineLevel::kInfo}))
      << "it was over after a second";
  for (int second = 0; second < 25; ++second) {
    throttle.log(loads);
    now_ += 1s;
    throttle.flush();
  }
  EXPECT_EQ(levels, (std::vector{logging::LineLevel::kInfo, logging::LineLevel::kInfo, logging::LineLevel::kInfo,
                                 logging::LineLevel::kWarn}))
      << "it goes on";
}

TEST_F(Throttle, CountsWhatManyThreadsSay) {
  constexpr int kEach = 1000;
  logging::LogThrottle throttle(options());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&throttle] {
      for (int j = 0; j < kEach; ++j) throttle.log(letter("a", "d"));
    });
  }
  for (std::thread& thread : threads) thread.join();
  throttle.flush_all();
  ASSERT_EQ(lines_.size(), 2U);
  EXPECT_TRUE(lines_[1].starts_with("3999 more ")) << lines_[1];
}

}  // namespace
}  // namespace copydesk
