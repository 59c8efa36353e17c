// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/worker_figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "pipeline/terminal/exposition.h"
#include "pipeline/terminal/worker_address.h"

namespace copydesk {
namespace {

using namespace std::chrono_literals;

std::string golden() {
  std::ifstream file(COPYDESK_SOURCE_DIR "/tests/http/golden/scrape.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Exposition, ReadsWhatPrometheusWrites) {
  const auto samples = terminal::read_exposition(
      "# HELP x of \"x\"\n# TYPE x counter\n\nx 3\r\nx{a=\"1\",b=\"q\\\"uo\\\\te\\n\"} 1.5e-3 1700000000000\n"
      " y { le = \"+Inf\" , } +Inf\nz NaN\nz -2");
  ASSERT_TRUE(samples.ok()) << samples.error().message;
  ASSERT_EQ(samples->size(), 5U);
  EXPECT_EQ((*samples)[0].value, 3);
  EXPECT_EQ((*samples)[1].label("b"), "q\"uo\\te\n");
  EXPECT_DOUBLE_EQ((*samples)[1].value, 0.0015);
  EXPECT_TRUE(std::isinf((*samples)[2].value));
  EXPECT_EQ((*samples)[2].label("le"), "+Inf");
  EXPECT_TRUE(std::isnan((*samples)[3].value));
  EXPECT_EQ((*samples)[4].value, -2);
}

TEST(Exposition, NamesTheLineThatIsNone) {
  for (const char* bad :
       {"x 1\n<html>", "x 1\nx{a=\"1} 2", "x 1\nx{a=1} 2", "x 1\nx", "x 1\nx 1 a", "x 1\nx{a=\"1\"b=\"2\"} 1"}) {
    const auto samples = terminal::read_exposition(bad);
    ASSERT_FALSE(samples.ok()) << bad;
    EXPECT_NE(samples.error().message.find("line 2"), std::string::npos) << bad;
  }
}

TEST(WorkerFigures, AreThoseOfTheWorkersOwnExposition) {
  const auto figures = terminal::read_figures(golden());
  ASSERT_TRUE(figures.ok()) << figures.error().message;
  EXPECT_EQ(figures->version, "1.2.3");
  EXPECT_EQ(figures->consumed, 2);
  EXPECT_EQ(figures->published, 1);
  EXPECT_EQ(figures->dead_letters, 1);
  EXPECT_EQ(figures->expired, 30);
  EXPECT_EQ(figures->words, 250);
  EXPECT_EQ(figures->bytes_in, 1500);
  EXPECT_EQ(figures->bytes_out, 2000);
  EXPECT_EQ(figures->inflight, 4);
  EXPECT_EQ(figures->busy_ratio, 0.5);
  EXPECT_TRUE(figures->paused);
  EXPECT_EQ(figures->assigned_partitions, 1);
  EXPECT_EQ(figures->lag.at({"wire.articles", 0}), 7);
  EXPECT_EQ(figures->latency.count, 1);
  EXPECT_DOUBLE_EQ(figures->latency.quantile(0.5), 1.75) << "between 1 and 2.5 s";
}

TEST(WorkerFigures, OthersAreNoWorkers) {
  EXPECT_FALSE(terminal::read_figures("go_goroutines 7\n").ok());
  EXPECT_FALSE(terminal::read_figures("<html>").ok());
}

terminal::Histogram histogram(double to_1s, double to_2s, double beyond) {
  terminal::Histogram made;
  made.buckets = {{1, to_1s}, {2, to_1s + to_2s}, {std::numeric_limits<double>::infinity(), to_1s + to_2s + beyond}};
  made.count = to_1s + to_2s + beyond;
  made.sum = 0.5 * to_1s + 1.5 * to_2s + 5 * beyond;
  return made;
}

TEST(Histogram, QuantilesAreThoseOfPrometheus) {
  EXPECT_DOUBLE_EQ(histogram(10, 0, 0).quantile(0.5), 0.5);
  EXPECT_DOUBLE_EQ(histogram(10, 10, 0).quantile(0.75), 1.5);
  EXPECT_TRUE(std::isinf(histogram(0, 0, 3).quantile(0.5)));
  EXPECT_LT(terminal::Histogram().quantile(0.5), 0);
  EXPECT_LT(histogram(0, 0, 0).quantile(0.5), 0);
  EXPECT_DOUBLE_EQ(histogram(30, 10, 0).since(histogram(30, 0, 0)).quantile(0.5), 1.5);
  EXPECT_EQ(histogram(1, 0, 0).since(histogram(30, 0, 0)).count, 1) << "the worker was started again";
}

TEST(WorkerHistory, RatesAreOverTheLastSeconds) {
  terminal::WorkerHistory history;
  const auto begin = terminal::WorkerHistory::Clock::time_point{} + 1h;
  const auto look = [&](std::chrono::seconds at, double published) {
    terminal::WorkerFigures figures;
    figures.published = published;
    figures.lag[{"in", 0}] = published;
    figures.stages["tag"] = histogram(published, 0, 0);
    history.add(begin + at, std::move(figures));
  };
  look(0s, 1000);
  EXPECT_EQ(history.rates().per_second.published, 0) << "one look is no rate";
  look(2s, 1100);
  EXPECT_DOUBLE_EQ(history.rates().per_second.published, 50);
  EXPECT_DOUBLE_EQ(history.rates().per_second.stages.at("tag").count, 100);
  EXPECT_DOUBLE_EQ(history.rates().per_second.total_lag(), 1100) << "what is now";
  for (int second = 3; second <= 12; ++second) look(std::chrono::seconds(second), 1100);
  EXPECT_DOUBLE_EQ(history.rates().per_second.published, 0) << "what is older does not count";
  look(13s, 30);
  EXPECT_NEAR(history.rates().per_second.published, 3, 0.01) << "started again";
}

TEST(WorkerAddress, AsPeopleWriteThem) {
  const auto url = [](std::string_view text) {
    const auto address = terminal::parse_worker_address(text);
    return address ? address->url : "";
  };
  EXPECT_EQ(url("desk-1:9000"), "http://desk-1:9000/metrics");
  EXPECT_EQ(url("desk-1"), "http://desk-1:9464/metrics");
  EXPECT_EQ(url("https://desk.example:9464/metrics"), "https://desk.example:9464/metrics");
  EXPECT_EQ(url("http://10.0.0.1:1/"), "http://10.0.0.1:1/metrics");
  EXPECT_EQ(url("[::1]:9000"), "http://[::1]:9000/metrics");
  EXPECT_EQ(url("[::1]"), "http://[::1]:9464/metrics");
  for (const char* bad :
       {"", ":9464", "desk:0", "desk:70000", "desk:x", "ftp://desk:1", "desk:1/other", "a b:1", "u@desk:1"}) {
    EXPECT_EQ(url(bad), "") << bad;
  }
  EXPECT_EQ(terminal::address_of_listener("0.0.0.0:9000", false)->url, "http://127.0.0.1:9000/metrics");
  EXPECT_EQ(terminal::address_of_listener("[::]:9000", true)->url, "https://[::1]:9000/metrics");
}

}  // namespace
}  // namespace copydesk
