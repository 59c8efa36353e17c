// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/top_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

namespace copydesk {
namespace {

terminal::WorkerFigures figures(double published, int partition, double lag) {
  terminal::WorkerFigures made;
  made.published = published;
  made.words = published * 300;
  made.lag[{"wire.articles", partition}] = lag;
  made.busy_ratio = 0.5;
  made.assigned_partitions = 1;
  made.resident_bytes = 150e6;
  made.stages["tag"] = {
      .buckets = {{0.01, 40}, {std::numeric_limits<double>::infinity(), 40}}, .count = 40, .sum = 0.2};
  made.latency = {.buckets = {{1, 40}, {std::numeric_limits<double>::infinity(), 40}}, .count = 40, .sum = 20};
  return made;
}

std::vector<terminal::TopWorker> two_and_a_dead_one() {
  return {{"desk-1:9464", terminal::WorkerRates{figures(100, 0, 5000), 2}, ""},
          {"desk-2:9464", terminal::WorkerRates{figures(50, 1, 0), 2}, ""},
          {"desk-3:9464", std::nullopt, "Connection refused"}};
}

std::string text_of(const std::vector<terminal::PaintedLine>& lines) {
  std::string text;
  for (const terminal::PaintedLine& line : lines) text += terminal::painted(line, false) + '\n';
  return text;
}

std::vector<std::string> words_of(const std::string& text, const std::string& row) {
  std::size_t at = text.find("\n" + row + " ");
  if (at == std::string::npos) return {};
  std::vector<std::string> words;
  std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  for (std::size_t begin = 0; (begin = line.find_first_not_of(' ', begin)) != std::string::npos;) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

TEST(TopTable, SumsAndEachWorker) {
  const std::string text = text_of(terminal::top_table(two_and_a_dead_one(), {}));
  EXPECT_NE(text.find("2 of 3 workers answer"), std::string::npos) << text;
  using Words = std::vector<std::string>;
  EXPECT_EQ(words_of(text, "all"), (Words{"all", "150", "5.0k", "33.3", "s", "500", "ms",   "950", "ms", "990",
                                          "ms",  "0",   "50",   "%",    "0", "2",   "0.00", "300", "MB", "45.0k"}))
      << text;
  EXPECT_EQ(words_of(text, "desk-1:9464").at(1), "100") << text;
  EXPECT_EQ(words_of(text, "desk-2:9464").at(3), "-") << "nothing waits\n" << text;
  EXPECT_EQ(words_of(text, "desk-3:9464"), (Words{"desk-3:9464", "Connection", "refused"})) << text;
  EXPECT_EQ(words_of(text, "tag"), (Words{"tag", "40", "5.00", "ms", "9.50", "ms", "9.90", "ms", "0.20", "100", "%"}))
      << text;
  EXPECT_EQ(words_of(text, "wire.articles/0"), (Words{"wire.articles/0", "5.0k", "desk-1:9464"})) << text;
  EXPECT_EQ(text.find("wire.articles/1"), std::string::npos) << "nothing waits there";
}

TEST(TopTable, SaysWhatWasDeletedUnread) {
  auto workers = two_and_a_dead_one();
  EXPECT_EQ(text_of(terminal::top_table(workers, {})).find("retention"), std::string::npos);
  workers[0].rates->per_second.expired = 20;
  workers[1].rates->per_second.expired = 4;
  const std::string text = text_of(terminal::top_table(workers, {}));
  EXPECT_NE(text.find("\n24 records were deleted by the input topic's retention"), std::string::npos) << text;
}

TEST(TopTable, StagesOfOneWorker) {
  const std::string text = text_of(terminal::top_table(two_and_a_dead_one(), {.selected = 2}));
  EXPECT_NE(text.find("of desk-2:9464"), std::string::npos) << text;
  EXPECT_EQ(words_of(text, "tag").at(1), "20") << text;
}

TEST(TopTable, NeverHasMoreLinesThanTheScreen) {
  const auto workers = two_and_a_dead_one();
  const std::size_t all = terminal::top_table(workers, {}).size();
  for (std::size_t rows = 1; rows <= all + 1; ++rows) {
    const auto lines = terminal::top_table(workers, {.rows = rows});
    EXPECT_EQ(lines.size(), std::min(rows, all));
    if (rows < all) {
      EXPECT_NE(text_of({lines.back()}).find("more than"), std::string::npos);
    }
  }
}

TEST(TopTable, WhatAWorkerSaysIsText) {
  auto workers = two_and_a_dead_one();
  workers[0].rates->per_second.lag[{"in\x1b[2J", 0}] = 1;
  workers[0].rates->per_second.stages["\x1b[1m"] = {};
  workers[2].error = "\x1b]0;x\x07";
  EXPECT_EQ(text_of(terminal::top_table(workers, {})).find('\x1b'), std::string::npos);
}

TEST(TopTable, Numbers) {
  EXPECT_EQ(terminal::short_number(0), "0");
  EXPECT_EQ(terminal::short_number(0.25), "0.2");
  EXPECT_EQ(terminal::short_number(9.94), "9.9");
  EXPECT_EQ(terminal::short_number(9.97), "10");
  EXPECT_EQ(terminal::short_number(999.4), "999");
  EXPECT_EQ(terminal::short_number(999.6), "1.0k");
  EXPECT_EQ(terminal::short_number(123'456), "123k");
  EXPECT_EQ(terminal::short_number(4'500'000), "4.5M");
  EXPECT_EQ(terminal::short_duration(0.00042), "0.42 ms");
  EXPECT_EQ(terminal::short_duration(0.018), "18 ms");
  EXPECT_EQ(terminal::short_duration(2.5), "2.5 s");
  EXPECT_EQ(terminal::short_duration(186), "3.1 min");
  EXPECT_EQ(terminal::short_duration(7200), "2.0 h");
}

}  // namespace
}  // namespace copydesk
