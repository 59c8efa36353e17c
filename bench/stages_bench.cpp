// SPDX-License-Identifier: Apache-2.0
// Every stage alone, and all of them together, over the sample wire on one thread. The figures are per second of CPU
// time of that thread, so that what else the machine does matters little.

#include <benchmark/benchmark.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "pipeline/commands/article_files.h"
#include "pipeline/engine/stages.h"

namespace copydesk {
namespace {

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The sample wire and the stages, loaded once.
struct Corpus {
  Corpus() {
    settings::Settings settings;
    settings.pipeline.models = COPYDESK_SOURCE_DIR "/models";
    stages = engine::build_stages(settings);
    commands::ArticleFiles files({COPYDESK_SOURCE_DIR "/deploy/demo/wire"}, std::cin);
    while (auto article = files.next()) articles.push_back(std::move(*article));
  }
  std::shared_ptr<const engine::ArticleGraph::Stages> stages;
  std::vector<commands::FileArticle> articles;
};

const Corpus& corpus() {
  static const Corpus loaded;
  return loaded;
}

/// A stage order that respects the graph.
std::vector<std::size_t> order() {
  auto waiting = engine::ArticleGraph::predecessor_counts();
  std::vector<std::size_t> result;
  std::vector<bool> done(engine::ArticleGraph::kSize);
  while (result.size() < engine::ArticleGraph::kSize) {
    for (std::size_t i = 0; i < engine::ArticleGraph::kSize; ++i) {
      if (done[i] || waiting[i] != 0) continue;
      done[i] = true;
      result.push_back(i);
      for (std::size_t j = 0; j < engine::ArticleGraph::kSize; ++j) {
        if ((engine::ArticleGraph::followers()[i] >> j & 1U) != 0) --waiting[j];
      }
    }
  }
  return result;
}

/// Runs all stages on all articles and reports what each took.
void enrich(benchmark::State& state) {
  const Corpus& wire = corpus();
  const std::vector<std::size_t> stages = order();
  ChunkPool pool;
  engine::ArticleGraph::Slot slot(pool, std::size_t{1} << 30);
  engine::ArticleGraph::Scratch scratch;
  std::array<double, engine::ArticleGraph::kSize> seconds{};
  double words = 0;
  double bytes = 0;
  double articles = 0;
  for (auto _ : state) {
    for (const commands::FileArticle& article : wire.articles) {
      slot.external = {.bytes = article.bytes.view(), .name = article.name, .plain_text = article.plain_text};
      double begin = thread_seconds();
      for (const std::size_t stage : stages) {
        if (const auto error = engine::ArticleGraph::run(stage, *wire.stages, slot, scratch)) {
          state.SkipWithError(error->message.c_str());
          return;
        }
        const double end = thread_seconds();
        seconds[stage] += end - begin;
        begin = end;
      }
      words += static_cast<double>(slot.get<encode::Record>().digest.counts.words);
      bytes += static_cast<double>(slot.get<parse::Article>().text.size());
      articles += 1;
      slot.reset();
    }
  }
  state.counters["words"] = words;
  state.counters["text_bytes"] = bytes;
  state.counters["articles"] = articles;
  for (const std::size_t stage : stages) {
    state.counters["seconds/" + std::string(engine::ArticleGraph::kNames[stage])] = seconds[stage];
  }
}
BENCHMARK(enrich)->MinTime(2.0);

}  // namespace
}  // namespace copydesk

BENCHMARK_MAIN();
