// SPDX-License-Identifier: Apache-2.0
// Tokens per CPU-second of the entities stage, on text from a file or on made-up news.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "stages/entities/entities_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace {

using namespace copydesk;

std::string sample_text() {
  static constexpr const char* kParagraph =
      "HARBOUR TALKS RESUME IN PORT ALDEN\n\nPORT ALDEN, March 3 - Negotiators for the dock workers' union and Alden "
      "Shipping Co. returned to the table on Tuesday after eleven days of silence, officials said. Mirela Kostanza, "
      "who "
      "leads the union, told reporters that “nothing is agreed until everything is agreed.” The company's chief "
      "executive, Tobias Renn, said in a statement that he hoped for a deal before Friday. The strike has cost "
      "exporters "
      "in Norway and Germany about $40 million, according to the Ministry of Trade. Kostanza is due to meet Renn again "
      "on Wednesday morning, and a mediator from the European Commission will join them.\n\n";
  std::string text;
  for (int i = 0; i < 5; ++i) text += kParagraph;
  return text;
}

void find_names(benchmark::State& state) {
  const char* model = std::getenv("COPYDESK_NAMES_MODEL");
  const entities::EntitiesStage stage(model != nullptr ? model : COPYDESK_SOURCE_DIR "/models/names.model");
  const tokenize::TokenizeStage tokenize;
  const std::string text = sample_text();
  parse::Article article;
  article.text = text;
  ChunkPool pool;
  Arena tokens_arena(pool);
  Arena arena(pool);
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  entities::EntitiesStage::Scratch scratch;
  constexpr auto kNever = StageContext::Clock::time_point::max();
  const auto tokens = tokenize.run({{article}}, tokenize_scratch, StageContext(tokens_arena, kNever));
  for (auto _ : state) {
    arena.reset();
    auto names = stage.run({{article, *tokens}}, scratch, StageContext(arena, kNever));
    benchmark::DoNotOptimize(names);
  }
  state.counters["tokens"] = benchmark::Counter(
      static_cast<double>(tokens->size()) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(find_names);

}  // namespace

BENCHMARK_MAIN();
