// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/metrics.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/kafka/client.h"
#include "pipeline/version.h"

namespace copydesk {
namespace {

const std::filesystem::path kSource = COPYDESK_SOURCE_DIR;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One of everything that a worker can tell.
void tell_everything(observe::Metrics& metrics) {
  using namespace std::chrono_literals;
  metrics.consumed("wire.articles", 1000);
  metrics.consumed("wire.articles", 500);
  encode::ArticleCounts counts{.words = 250};
  counts.entities[static_cast<std::size_t>(EntityType::kPerson)] = 3;
  counts.entities[static_cast<std::size_t>(EntityType::kMoney)] = 9;  // a value, no entity
  counts.quotes = {2, 1, 0};
  counts.frame = parse::PayloadFrame::kConfluent;
  metrics.published("wire.enriched", 2000, counts);
  metrics.dead_lettered("malformed_json");
  metrics.expired("wire.articles", 24);
  metrics.expired("wire.articles", 6);
  metrics.refused("wire.enriched", "MSG_SIZE_TOO_LARGE");
  metrics.refused("wire.dead-letters", "INVALID_TIMESTAMP");
  metrics.latency(0.02, 1.5);
  metrics.latency(0.03, -1);  // no timestamp
  metrics.inflight(4, 4096);
  metrics.busy_ratio(0.5);
  metrics.lag({"wire.articles", 0}, 7);
  metrics.lag({"wire.articles", 1}, 8);
  metrics.forget({"wire.articles", 1});
  metrics.assigned_partitions(1);
  metrics.rebalance("assign");
  metrics.revoke_drain(0.2);
  metrics.input_paused(true);
  metrics.commit_failed("ILLEGAL_GENERATION");
  metrics.delivery_failed("MSG_SIZE_TOO_LARGE");
  const auto begin = StageContext::Clock::time_point{};
  metrics.stage_ran({.stage = 0, .begin = begin, .end = begin + 30us});
}

/// Sorted, since the order of series means nothing; without those of stages, which the golden file does not name, and
/// those of the process, which differ from run to run.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.find("{stage=") == std::string::npos && line.find("process_") == std::string::npos)
      lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(Metrics, ScrapeIsAsAgreed) {
  observe::Metrics metrics("1.2.3", "2.0.2");
  tell_everything(metrics);
  EXPECT_EQ(lines_of(metrics.scrape()), lines_of(file_text(kSource / "tests/http/golden/scrape.txt")));
}

TEST(Metrics, EveryStageHasItsHistogramFromTheStart) {
  const observe::Metrics metrics("1.2.3", "2.0.2");
  const std::string scrape = metrics.scrape();
  for (const std::string_view stage : engine::ArticleGraph::kNames) {
    EXPECT_NE(scrape.find("copydesk_stage_duration_seconds_count{stage=\"" + std::string(stage) + "\"} 0\n"),
              std::string::npos)
        << stage;
  }
}

// Else `increase` does not see the first event: before it there is no series to compare with.
TEST(Metrics, WhatAlertsLookAtStartsAtZero) {
  observe::Metrics metrics("1.2.3", "2.0.2");
  metrics.expect_topics("wire.articles", "wire.enriched", "wire.dead-letters");
  const std::string scrape = metrics.scrape();
  for (const char* series :
       {"copydesk_records_consumed_total{topic=\"wire.articles\"}",
        "copydesk_records_published_total{topic=\"wire.enriched\"}",
        "copydesk_records_expired_total{topic=\"wire.articles\"}",
        "copydesk_records_refused_total{code=\"MSG_SIZE_TOO_LARGE\",topic=\"wire.enriched\"}",
        "copydesk_records_refused_total{code=\"INVALID_RECORD\",topic=\"wire.enriched\"}",
        "copydesk_records_refused_total{code=\"INVALID_TIMESTAMP\",topic=\"wire.dead-letters\"}",
        "copydesk_records_refused_total{code=\"POLICY_VIOLATION\",topic=\"wire.dead-letters\"}",
        "copydesk_records_dead_lettered_total{reason=\"empty\"}",
        "copydesk_records_dead_lettered_total{reason=\"internal\"}",
        "copydesk_frames_removed_total{format=\"confluent\"}", "copydesk_frames_removed_total{format=\"glue\"}",
        "copydesk_delivery_failures_total{code=\"MSG_SIZE_TOO_LARGE\"}",
        "copydesk_commit_failures_total{code=\"ILLEGAL_GENERATION\"}", "copydesk_rebalances_total{type=\"lost\"}"}) {
    EXPECT_NE(scrape.find(std::string("\n") + series + " 0\n"), std::string::npos) << series;
  }
}

/// Every label and value of an exposition but `le`, the bounds of histograms.
std::set<std::pair<std::string, std::string>> labels_of(const std::string& scrape) {
  const std::regex pair(R"re([{,]([a-z_]+)="((?:[^"\\]|\\.)*)")re");
  std::set<std::pair<std::string, std::string>> labels;
  for (std::sregex_iterator at(scrape.begin(), scrape.end(), pair), end; at != end; ++at) {
    if (at->str(1) != "le") labels.emplace(at->str(1), at->str(2));
  }
  return labels;
}

/// Every error that librdkafka knows, and some that only a newer broker would send.
std::vector<std::string> error_names() {
  const rd_kafka_err_desc* descriptions = nullptr;
  std::size_t count = 0;
  rd_kafka_get_err_descs(&descriptions, &count);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    if (descriptions[i].desc != nullptr) names.emplace_back(kafka::code_name(descriptions[i].code));
  }
  for (const int code : {1000, 32767}) names.emplace_back(kafka::code_name(static_cast<rd_kafka_resp_err_t>(code)));
  return names;
}

// A sentence as a label cannot be asked for in a query, and one with a number or a name in it makes series without end.
TEST(Metrics, EveryLabelIsANameOrACode) {
  observe::Metrics metrics(kVersion, kafka::library_version());
  metrics.expect_topics("wire.articles", "wire_enriched", "wire.dead-letters");
  tell_everything(metrics);
  const std::vector<std::string> errors = error_names();
  for (const std::string& error : errors) {
    metrics.commit_failed(error);
    metrics.delivery_failed(error);
    metrics.refused("wire_enriched", error);
  }
  for (const char* words :
       {"", "?", "partitions were taken away", "Broker: Not leader", "a\"b", "Störung", "two\nlines"}) {
    metrics.commit_failed(words);
    metrics.delivery_failed(words);
    metrics.refused("wire_enriched", words);
  }
  const auto labels = labels_of(metrics.scrape());
  const std::regex name("[A-Za-z0-9_.-]+");
  for (const auto& [label, value] : labels) EXPECT_TRUE(std::regex_match(value, name)) << label << '=' << value;
  EXPECT_TRUE(labels.contains({"code", "UNKNOWN"}));
  for (std::string error : errors) {
    if (error.ends_with('?')) error.pop_back();
    EXPECT_TRUE(labels.contains({"code", error})) << error;
  }
}

TEST(Metrics, TheProcessTellsWhatItUses) {
  const observe::Metrics metrics("1.2.3", "2.0.2");
  const auto value = [&](const std::string& name) {
    const std::string scrape = metrics.scrape();
    const std::size_t at = scrape.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(scrape.substr(at + name.size() + 2));
  };
  const double before = value("process_cpu_seconds_total");
  EXPECT_GT(before, 0);
  while (value("process_cpu_seconds_total") <= before) {
  }
  EXPECT_GT(value("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GT(value("process_start_time_seconds"), 1.7e9);
}

TEST(Metrics, TheSeriesOfAPartitionGoesWithIt) {
  observe::Metrics metrics("1.2.3", "2.0.2");
  metrics.lag({"t", 4}, 12);
  EXPECT_NE(metrics.scrape().find("copydesk_consumer_lag{"), std::string::npos);
  metrics.forget({"t", 4});
  EXPECT_EQ(metrics.scrape().find("copydesk_consumer_lag{"), std::string::npos);
  metrics.forget({"t", 4});  // twice is no harm
}

TEST(Metrics, FiguresAddUpWhatTheScrapeTells) {
  observe::Metrics metrics("1.2.3", "2.0.2");
  tell_everything(metrics);
  metrics.lag({"wire.articles", 2}, 10);
  const observe::Metrics::Figures figures = metrics.figures();
  EXPECT_EQ(figures.published, 1);
  EXPECT_EQ(figures.words, 250);
  EXPECT_EQ(figures.dead_letters, 1);
  EXPECT_EQ(figures.lag, 17);
  EXPECT_EQ(figures.json.find('\n'), std::string::npos);
  EXPECT_NE(figures.json.find(R"("copydesk_words_total":[{"labels":{},"value":250}])"), std::string::npos);
  EXPECT_NE(figures.json.find(R"([null,1]])"), std::string::npos);  // the last bucket has no bound
}

TEST(Metrics, TheReferenceNamesEverySeriesAndNoOther) {
  observe::Metrics metrics("1.2.3", "2.0.2");
  tell_everything(metrics);
  const std::regex help("# TYPE ([a-z_]+) ([a-z]+)");
  const std::regex row(R"(\n\| `((?:copydesk|process)_[a-z_]+)` \| ([a-z]+))");
  const auto found = [](const std::string& text, const std::regex& pattern) {
    std::set<std::string> names;
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
      names.insert(at->str(1) + " " + at->str(2));
    }
    return names;
  };
  const std::set<std::string> exposed = found(metrics.scrape(), help);
  EXPECT_GT(exposed.size(), 20U);
  EXPECT_EQ(found(file_text(kSource / "docs/metrics.md"), row), exposed);
}

TEST(Metrics, PrometheusFindsNoFault) {
  if (std::system("command -v promtool >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "promtool (Debian: prometheus) is missing";
  observe::Metrics metrics("1.2.3", "2.0.2");
  tell_everything(metrics);
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "copydesk_scrape.txt";
  std::ofstream(path) << metrics.scrape();
  EXPECT_EQ(std::system(("promtool check metrics <'" + path.string() + "'").c_str()), 0);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace copydesk
