// SPDX-License-Identifier: Apache-2.0
// Serves the live page without Kafka, for its browser tests and for work on its design.
//
//   page_server [--listen HOST:PORT] [--rate N] [--per-second N] [--kept-for SECONDS] [FILE…]
//
// Prints "listening on PORT". Every line of standard input is an enriched record, shown at once; `quit` or the end of
// the input ends it. FILEs are articles: they run through the real stages at N a second, again and again. A page gets
// `--per-second` articles at most. The consumer group is made up.
#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/commands/article_files.h"
#include "pipeline/engine/executor.h"
#include "pipeline/live_page/live_feed.h"
#include "pipeline/live_page/page_routes.h"
#include "pipeline/observe/http_server.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/routes.h"
#include "pipeline/settings/settings.h"
#include "tests/http/record_digest.h"

namespace copydesk {

namespace {

constexpr std::string_view kTopic = "wire.articles";

/// Counts a record as the worker would, with a latency and a lag that move.
class Counted {
 public:
  Counted(observe::Metrics& metrics, live_page::LiveFeed& feed) : metrics_(metrics), feed_(feed) {}

  void publish(const encode::Record& record) {
    const std::lock_guard lock(mutex_);
    ++articles_;
    metrics_.consumed(kTopic, record.json.size() / 2);
    metrics_.published("wire.enriched", record.json.size(), record.digest.counts);
    metrics_.latency(0.004 + static_cast<double>(articles_ % 7) * 0.003,
                     0.02 + static_cast<double>(articles_ % 11) * 0.008);
    metrics_.inflight(articles_ % 9, (articles_ % 9) * 4096);
    for (std::int32_t partition = 0; partition < 3; ++partition) {
      metrics_.lag({std::string(kTopic), partition},
                   static_cast<std::int64_t>((articles_ * (3 + 2 * static_cast<std::uint64_t>(partition))) % 23));
    }
    // Embargoed articles are shown here, even if the time is not one: tests look at what the page makes of them.
    encode::Digest shown = record.digest;
    shown.embargoed_until_ms = 0;
    feed_.published({.record = record.json,
                     .digest = shown,
                     .duplicate = record.json.find("\"duplicate_of\":") != std::string::npos});
  }
  void refuse(ErrorCode code) { metrics_.dead_lettered(reason(code)); }

 private:
  observe::Metrics& metrics_;
  live_page::LiveFeed& feed_;
  std::mutex mutex_;
  std::uint64_t articles_ = 0;
};

class Job final : public engine::ArticleJob {
 public:
  Job(commands::FileArticle article, Counted& counted) : article_(std::move(article)), counted_(counted) {}
  [[nodiscard]] parse::Payload payload() const noexcept override {
    using namespace std::chrono;
    return {.bytes = article_.bytes.view(),
            .name = article_.name,
            .plain_text = article_.plain_text,
            .received_ms = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
  }
  void done(const engine::Outcome& outcome) noexcept override {
    if (outcome.error) {
      counted_.refuse(outcome.error->code);
    } else {
      counted_.publish(outcome.record());
    }
  }

 private:
  commands::FileArticle article_;
  Counted& counted_;
};

void feed_articles(const std::vector<std::filesystem::path>& paths, double rate, engine::Executor& executor,
                   Counted& counted, const std::stop_token& stop) {
  std::istringstream nothing;
  commands::ArticleFiles files(paths, nothing);
  while (!stop.stop_requested()) {
    auto article = files.next();
    if (!article) {
      files.rewind();
      continue;
    }
    Job job(std::move(*article), counted);
    executor.submit(job);
    executor.wait_idle();
    std::this_thread::sleep_for(std::chrono::duration<double>(1 / rate));
  }
}

delivery::ConsumerGroup sample_group() {
  const auto member = [](const char* instance, const char* host, const std::vector<std::int32_t>& partitions) {
    delivery::ConsumerGroup::Member made{.client = "copydesk", .host = host, .instance = instance, .partitions = {}};
    for (const std::int32_t partition : partitions) made.partitions.push_back({std::string(kTopic), partition});
    return made;
  };
  return {.id = "newsroom",
          .state = "Stable",
          .members = {member("worker-1", "10.20.0.11", {0, 1, 2}), member("worker-2", "10.20.0.12", {3, 4, 5}),
                      member("worker-3", "10.20.0.13", {})},
          .problem = {}};
}

int serve(const std::string& listen, double rate, std::uint64_t expired, live_page::LiveFeed::Options options,
          const std::vector<std::filesystem::path>& paths) {
  observe::Metrics metrics("test", "none");
  observe::WorkerState state;
  state.assigned_once = true;
  metrics.assigned_partitions(3);
  metrics.expired(kTopic, expired);
  options.group = [](const std::stop_token&) { return sample_group(); };
  live_page::LiveFeed feed(options, [&metrics] { return metrics.figures(); });
  engine::Executor executor(engine::build_stages(settings::Settings{}), engine::executor_options(settings::Settings{}),
                            &metrics);
  Counted counted(metrics, feed);
  observe::HttpServer::Routes routes = observe::worker_routes(metrics, state);
  live_page::add_page(routes, feed, 8);
  const observe::HttpServer server(listen, std::move(routes));
  std::cout << "listening on " << server.port() << '\n' << std::flush;
  std::jthread articles;
  if (!paths.empty()) {
    articles = std::jthread([&](const std::stop_token& stop) { feed_articles(paths, rate, executor, counted, stop); });
  }
  std::string line;
  while (std::getline(std::cin, line) && line != "quit") counted.publish(test::with_digest(line));
  return 0;
}

}  // namespace

}  // namespace copydesk

int main(int argc, char** argv) {
  CLI::App app("Serves the live page without Kafka");
  std::string listen = "127.0.0.1:0";
  double rate = 2;
  std::uint64_t expired = 0;
  std::vector<std::filesystem::path> paths;
  app.add_option("--listen", listen, "HOST:PORT");
  app.add_option("--rate", rate, "Articles a second")->check(CLI::PositiveNumber);
  app.add_option("--expired", expired, "Articles that retention deleted before they were read");
  copydesk::live_page::LiveFeed::Options options;
  std::int64_t kept_for = 3600;
  app.add_option("--per-second", options.per_second, "Articles a second that a page gets at most");
  app.add_option("--kept-for", kept_for, "Seconds that articles are kept")->check(CLI::PositiveNumber);
  app.add_option("FILE", paths, "Articles");
  CLI11_PARSE(app, argc, argv);
  options.kept_for = std::chrono::seconds(kept_for);
  return copydesk::serve(listen, rate, expired, options, paths);
}
