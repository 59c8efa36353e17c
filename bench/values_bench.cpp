// SPDX-License-Identifier: Apache-2.0
// Tokens per CPU-second of the values stage: on prose, and on text of nothing but values.
#include <benchmark/benchmark.h>

#include <string>

#include "bench/sample_text.h"
#include "stages/tokenize/tokenize_stage.h"
#include "stages/values/values_stage.h"

namespace {

using namespace copydesk;

void find_values(benchmark::State& state, const std::string& text) {
  parse::Article article;
  article.text = text;
  article.published_time = parse::Timestamp{.seconds = 1772442900};
  ChunkPool pool;
  Arena tokens_arena(pool);
  Arena arena(pool);
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  values::ValuesStage::Scratch scratch;
  constexpr auto kNever = StageContext::Clock::time_point::max();
  const auto tokens = tokenize::TokenizeStage().run({{article}}, tokenize_scratch, StageContext(tokens_arena, kNever));
  std::size_t found = 0;
  for (auto _ : state) {
    arena.reset();
    auto values = values::ValuesStage().run({{article, *tokens}}, scratch, StageContext(arena, kNever));
    found = values->items.size();
    benchmark::DoNotOptimize(values);
  }
  state.counters["tokens"] = benchmark::Counter(
      static_cast<double>(tokens->size()) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["tokens_per_value"] = static_cast<double>(tokens->size()) / static_cast<double>(found + 1);
}

void prose(benchmark::State& state) {
  find_values(state, bench::news_prose(100'000));
}
BENCHMARK(prose);

void nothing_but_values(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "On Tuesday, March 3, about 2.5 million paid between $3 and $5, 4% less. ";
  find_values(state, text);
}
BENCHMARK(nothing_but_values);

}  // namespace
