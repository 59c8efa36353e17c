// SPDX-License-Identifier: Apache-2.0
// The books must notice each thing that they are kept for.

#include "tests/chaos/ledger.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/chaos/figures.h"

namespace copydesk::chaos {
namespace {

using namespace std::chrono_literals;

class LedgerTest : public testing::Test {
 protected:
  /// Feeds articles 0 … count-1 of each of two partitions, one per second.
  void feed(int count) {
    for (int number = 0; number < count; ++number) {
      for (int partition : {0, 1}) {
        ledger.offered({partition, number}, Fate::kPublished);
        ledger.fed({partition, number}, begin + number * 1s);
      }
    }
  }
  void out(int partition, int number, std::int32_t output_partition = 0, Ledger::Clock::duration when = 100s) {
    arrive({.article = {partition, number}, .output_partition = output_partition}, when);
  }
  void dead(int partition, int number, Reason reason = Reason::kInput) {
    arrive({.article = {partition, number}, .exit = Exit::kDeadLetters, .reason = reason});
  }
  void arrive(const Arrival& arrival, Ledger::Clock::duration when = 100s) { ledger.came_out(arrival, begin + when); }

  const Ledger::Clock::time_point begin = Ledger::Clock::now();
  Ledger ledger{2};
};

TEST(ArticleNumber, IsReadFromItsKey) {
  EXPECT_EQ(article_number("wire-3-4711"), (ArticleNumber{3, 4711}));
  for (const auto* key : {"", "wire-", "wire-3", "wire-3-", "wire-3-4x", "wire--1-4", "story-3-4"}) {
    EXPECT_EQ(article_number(key), ArticleNumber{}) << key;
  }
}

TEST_F(LedgerTest, FindsNothingWrongWhereAllComesOutInOrder) {
  feed(3);
  ledger.offered({0, 3}, Fate::kDeadLetter);
  ledger.fed({0, 3}, begin + 3s);
  for (int number : {0, 1, 2}) {
    out(0, number);
    out(1, number);
  }
  dead(0, 3);
  EXPECT_EQ(ledger.counts(), (Counts{.in = 7, .out = 6, .dead_lettered = 1}));
  EXPECT_EQ(ledger.waiting(), 0);
}

TEST_F(LedgerTest, NoticesWhatIsLost) {
  feed(3);
  for (int number : {0, 2}) out(0, number);
  for (int number : {0, 1, 2}) out(1, number);
  EXPECT_EQ(ledger.counts().lost, 1);
  EXPECT_EQ(ledger.waiting(), 1);
  EXPECT_EQ(ledger.missing(10), std::vector<std::string>{"wire-0-1"});
  EXPECT_FALSE(ledger.all_out(ledger.fed_so_far()));
  EXPECT_TRUE(ledger.all_out({1, 3}));
}

TEST_F(LedgerTest, CountsWhatIsRepeatedAfterACrashAsDuplicatesAndNotAsOutOfOrder) {
  feed(4);
  for (int number : {0, 1, 2, 1, 2, 3}) out(0, number);
  EXPECT_EQ(ledger.counts().duplicated, 2);
  EXPECT_EQ(ledger.counts().reordered, 0);
}

TEST_F(LedgerTest, NoticesWhatFirstComesOutTooLate) {
  feed(4);
  for (int number : {0, 2, 1, 3}) out(0, number);
  EXPECT_EQ(ledger.counts().reordered, 1);
  EXPECT_EQ(ledger.counts().duplicated, 0);
}

TEST_F(LedgerTest, ComparesOrderWithinOneOutputPartition) {
  feed(4);
  out(0, 3, 1);
  out(0, 0, 0);  // nobody can tell which of two partitions was written to first
  out(1, 1, 1);
  out(0, 2, 1);
  EXPECT_EQ(ledger.counts().reordered, 1);
}

TEST_F(LedgerTest, NoticesRecordsThatNobodyFedAndThoseInTheWrongTopic) {
  feed(1);
  dead(0, 0);
  out(0, 1);
  out(7, 0);
  arrive({});
  EXPECT_EQ(ledger.counts().wrong_exit, 1);
  EXPECT_EQ(ledger.counts().unknown, 3);
}

TEST_F(LedgerTest, CountsAnArticleInBothTopicsAsRepeated) {
  feed(1);
  out(0, 0);
  dead(0, 0);
  EXPECT_EQ(ledger.counts().duplicated, 1);
  EXPECT_EQ(ledger.counts().wrong_exit, 1);
}

TEST_F(LedgerTest, ExpectsNothingOfWhatTheInputDidNotTake) {
  feed(1);
  ledger.offered({0, 1}, Fate::kPublished);
  ledger.refused({0, 1});
  ledger.offered({0, 2}, Fate::kPublished);
  ledger.fed({0, 2}, begin + 2s);
  out(0, 0);
  out(0, 2);
  out(1, 0);
  EXPECT_EQ(ledger.counts(), (Counts{.in = 3, .out = 3}));
  EXPECT_TRUE(ledger.all_out(ledger.fed_so_far()));
}

TEST_F(LedgerTest, DoesNotBlameTheWorkersForWhatTheInputRepeats) {
  feed(3);
  ledger.fed({0, 1}, begin + 4s);
  for (int number : {0, 1, 2, 1}) out(0, number);
  for (int number : {0, 1, 2}) out(1, number);
  EXPECT_EQ(ledger.counts().duplicated, 0);
  out(1, 2);
  ledger.fed({1, 2}, begin + 4s);  // seen only after the two that came out of it
  EXPECT_EQ(ledger.counts().duplicated, 0);
  out(1, 2);
  EXPECT_EQ(ledger.counts().duplicated, 1);
}

TEST_F(LedgerTest, KnowsWhatComesOutBeforeItsInputIsSeen) {
  ledger.offered({0, 0}, Fate::kPublished);
  out(0, 0);
  ledger.fed({0, 0}, begin);
  EXPECT_EQ(ledger.counts(), (Counts{.in = 1, .out = 1}));
  EXPECT_EQ(ledger.waiting(), 0);
}

TEST_F(LedgerTest, KnowsWhichDeadLettersMayBe) {
  struct Case {
    Fate fate;
    Exit exit;
    Reason reason;
    int wrong;
  };
  const std::vector<Case> cases{
      {Fate::kPublished, Exit::kOutput, Reason::kNone, 0},
      {Fate::kPublished, Exit::kDeadLetters, Reason::kTooLarge, 1},
      {Fate::kPublished, Exit::kDeadLetters, Reason::kRefused, 1},
      {Fate::kDeadLetter, Exit::kDeadLetters, Reason::kInput, 0},
      {Fate::kDeadLetter, Exit::kDeadLetters, Reason::kTooLarge, 1},
      {Fate::kDeadLetter, Exit::kOutput, Reason::kNone, 1},
      {Fate::kTooLarge, Exit::kDeadLetters, Reason::kTooLarge, 0},
      {Fate::kTooLarge, Exit::kDeadLetters, Reason::kInput, 1},
      {Fate::kTooLarge, Exit::kOutput, Reason::kNone, 1},
      {Fate::kTombstone, Exit::kOutput, Reason::kNone, 0},
      {Fate::kTombstone, Exit::kDeadLetters, Reason::kRefused, 0},
      {Fate::kTombstone, Exit::kDeadLetters, Reason::kTooLarge, 1},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Ledger books(1);
    books.offered({0, 0}, cases[i].fate);
    books.fed({0, 0}, begin);
    books.came_out({.article = {0, 0}, .exit = cases[i].exit, .reason = cases[i].reason}, begin);
    EXPECT_EQ(books.counts().wrong_exit, cases[i].wrong) << "case " << i;
    EXPECT_EQ(books.counts().lost, 0) << "case " << i;
  }
}

TEST_F(LedgerTest, NoticesValuesThatWereLeftOut) {
  ledger.offered({0, 0}, Fate::kDeadLetter);
  ledger.offered({0, 1}, Fate::kTombstone);
  arrive({.article = {0, 0}, .exit = Exit::kDeadLetters, .reason = Reason::kInput, .has_value = false});
  EXPECT_EQ(ledger.counts().without_value, 1);
  arrive({.article = {0, 1}, .has_value = false});
  EXPECT_EQ(ledger.counts().without_value, 1) << "a tombstone has none";
}

TEST_F(LedgerTest, NoticesWhatComesOutOfAbortedTransactions) {
  feed(1);
  for (int number : {1, 2, 3}) ledger.offered({0, number}, Fate::kPublished);
  out(0, 0);
  out(0, 1);  // before the transaction has ended
  EXPECT_EQ(ledger.counts().aborted_seen, 0);
  for (int number : {1, 2}) ledger.aborted({0, number});
  EXPECT_EQ(ledger.counts().aborted_seen, 1);
  out(0, 2);
  dead(0, 2);
  EXPECT_EQ(ledger.counts().aborted_seen, 3);
  ledger.fed({0, 3}, begin);
  out(0, 3);
  out(1, 0);
  EXPECT_EQ(ledger.counts(), (Counts{.in = 3, .out = 3, .aborted_seen = 3}));
  EXPECT_TRUE(ledger.all_out(ledger.fed_so_far()));
  ledger.fed({0, 2}, begin);
  EXPECT_EQ(ledger.counts().unknown, 1) << "a reader of committed records saw it";
}

TEST_F(LedgerTest, NoticesTimestampsThatAreGone) {
  struct Case {
    std::int64_t in, out;
    bool restamped;
    int wrong;
  };
  int wrong = 0;
  int number = 0;
  for (const Case& one : {Case{500, 500, false, 0}, {500, 900, false, 1}, {500, 500, true, 0}, {500, 0, true, 1}}) {
    ledger.offered({0, number}, Fate::kPublished);
    ledger.offered({1, number}, Fate::kPublished);
    ledger.fed({0, number}, begin, one.in);
    arrive({.article = {0, number}, .restamped = one.restamped, .timestamp_ms = one.out});
    arrive({.article = {1, number}, .restamped = one.restamped, .timestamp_ms = one.out});
    ledger.fed({1, number}, begin, one.in);  // seen after what came out of it
    wrong += 2 * one.wrong;
    EXPECT_EQ(ledger.counts().wrong_timestamp, wrong) << "case " << number;
    ++number;
  }
  EXPECT_EQ(ledger.counts().restamped, 4);
}

TEST_F(LedgerTest, GrowsWithTheInput) {
  feed(2);
  const auto before = ledger.fed_so_far();
  for (int number : {0, 1}) {
    out(0, number);
    out(1, number);
  }
  ledger.grow(3);
  ledger.offered({2, 0}, Fate::kPublished);
  ledger.fed({2, 0}, begin);
  EXPECT_TRUE(ledger.all_out(before)) << "what came later is not asked for";
  EXPECT_FALSE(ledger.all_out(ledger.fed_so_far()));
  EXPECT_EQ(ledger.counts().lost, 1);
  out(2, 0);
  EXPECT_TRUE(ledger.all_out(ledger.fed_so_far()));
  EXPECT_EQ(ledger.counts(), (Counts{.in = 5, .out = 5}));
}

TEST_F(LedgerTest, MeasuresHowLongAPartitionStoodStillWithSomethingToDo) {
  feed(3);  // acknowledged at 0, 1 and 2 s
  out(0, 0, 0, 1s);
  out(0, 1, 0, 8s);
  out(0, 2, 0, 9s);
  EXPECT_DOUBLE_EQ(ledger.take_longest_stall(begin + 9s), 9) << "partition 1 still waits";
  for (int number : {0, 1, 2}) out(1, number, 0, 10s);
  EXPECT_DOUBLE_EQ(ledger.take_longest_stall(begin + 50s), 10) << "nothing waits any more";
  EXPECT_DOUBLE_EQ(ledger.take_longest_stall(begin + 60s), 0);
}

TEST(Figures, TellWhichPromiseIsBroken) {
  Figures figures;
  figures.guarantee = "at_least_once";
  figures.counts.duplicated = 5;
  EXPECT_EQ(figures.violations(), "");
  figures.guarantee = "exactly_once";
  EXPECT_EQ(figures.violations(), "5 duplicated");
  figures.counts.lost = 1;
  figures.offset_regressions = 2;
  EXPECT_EQ(figures.violations(), "1 lost, 2 offset regressions, 5 duplicated");
  EXPECT_NE(figures.closing_line().find(" lost=1 duplicated=5 reordered=0 offset_regressions=2 "), std::string::npos)
      << figures.closing_line();
  EXPECT_NE(figures.closing_line().find("verdict=BROKEN"), std::string::npos);
  Figures ahead;
  ahead.uncommitted = -1;
  EXPECT_NE(ahead.violations(), "") << "more is committed than there is";
}

TEST(Figures, BreakThePromiseOneByOne) {
  const auto violations = [](auto change) {
    Figures figures;
    change(figures);
    return figures.violations();
  };
  EXPECT_EQ(violations([](Figures& figures) { figures.counts.restamped = 1; }), "");
  EXPECT_EQ(violations([](Figures& figures) { figures.counts.aborted_seen = 1; }), "1 of aborted transactions");
  EXPECT_EQ(violations([](Figures& figures) { figures.counts.without_value = 2; }), "2 without their value");
  EXPECT_EQ(violations([](Figures& figures) { figures.counts.wrong_timestamp = 3; }), "3 with a wrong timestamp");
  EXPECT_EQ(violations([](Figures& figures) { figures.lag_left = 4; }), "4 of lag though nothing waits");
}

TEST(Figures, OfAnotherVersionAreRefused) {
  const auto file = std::filesystem::path(testing::TempDir()) / ("old-figures-" + std::to_string(getpid()));
  const auto complaint = [&](const std::string& text) {
    std::ofstream(file) << text;
    try {
      load_figures(file);
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  // As the suite with 14 kinds wrote it: no version, and fewer figures.
  EXPECT_NE(complaint(R"({"seed":7,"guarantee":"at_least_once","kinds":"worker_kill","faults":3})")
                .find("is of another version of this suite"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"version":2,"seed":7})").find("holds no figures of a run"), std::string::npos);
  EXPECT_NE(complaint("[]").find("holds no figures of a run"), std::string::npos);
  EXPECT_NE(complaint("{").find("holds no figures of a run"), std::string::npos);
  std::filesystem::remove(file);
}

TEST(Figures, AreKeptInAFile) {
  Figures figures;
  figures.seed = 7;
  figures.guarantee = "exactly_once";
  figures.faults = 12;
  figures.counts = {.in = 100, .out = 99, .dead_lettered = 1, .aborted_seen = 4, .restamped = 5};
  figures.lag_left = 6;
  figures.by_kind["broker_kill"] = {.faults = 2, .duplicated = 3, .longest_stall_s = 4.5, .recovery_s = {1, 2.5}};
  const auto file = std::filesystem::path(testing::TempDir()) / ("figures-" + std::to_string(getpid()));
  EXPECT_FALSE(load_figures(file));
  save_figures(figures, file);
  const auto loaded = load_figures(file);
  std::filesystem::remove(file);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->closing_line(), figures.closing_line());
  EXPECT_EQ(loaded->table(), figures.table());
}

TEST(Percentile, IsTheNearestRank) {
  EXPECT_EQ(percentile({}, 0.5), 0);
  EXPECT_EQ(percentile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(percentile({3, 1, 2}, 1), 3);
  EXPECT_EQ(percentile({5}, 0.01), 5);
}

TEST(MemoryTrend, IsTheSlopeWithinLivesAndNotBetweenThem) {
  MemoryTrend trend;
  for (const double size : {50.0, 90.0}) {  // a small and a larger process, both growing by 6 MiB per hour
    MemoryTrend::Life life;
    for (int i = 0; i < 60; ++i) life.add(i / 60.0, size + i / 10.0);
    trend.add(life);
  }
  EXPECT_NEAR(trend.slope(), 6, 1e-9);
  EXPECT_NEAR(trend.hours, 2 * 59 / 60.0, 1e-9);
}

}  // namespace
}  // namespace copydesk::chaos
