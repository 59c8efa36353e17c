// SPDX-License-Identifier: Apache-2.0
// Words per CPU-second of the syntax and the quotes stage together, on made-up news, and on a million quotation marks.
#include <benchmark/benchmark.h>

#include <string>

#include "stages/quotes/quotes_stage.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace {

using namespace copydesk;

std::string news() {
  static constexpr const char* kStory =
      "PORT ALDEN, March 3 - Negotiators for the dock workers' union and Alden Shipping Co. returned to the table on "
      "Tuesday after eleven days of silence, officials said. Mirela Kostanza, who leads the union, told reporters that "
      "“nothing is agreed until everything is agreed.” The company's chief executive, Tobias Renn, said in a statement "
      "that he hoped for a deal before Friday, adding that the port was ready to open.\n\n"
      "“We have seen this before,” Kostanza said. “They wait until the snow comes.” The strike has cost exporters in "
      "Norway and Germany about $40 million, according to the Ministry of Trade. Renn called the demands “a gift to "
      "our "
      "rivals” and accused the union of hiding its books.\n\nThe mayor, asked whether the city would step in, said it "
      "would not. “This is between them,” she said, “and the law is clear.” Residents worry that the ferries will "
      "stop, "
      "and some have urged the council to hire buses. Kostanza is due to meet Renn again on Wednesday morning.\n\n";
  std::string text;
  for (int i = 0; i < 40; ++i) text += kStory;
  return text;
}

void find_quotes(benchmark::State& state, const std::string& text, bool tagged) {
  const tokenize::TokenizeStage tokenize;
  const tag::TagStage tag(COPYDESK_SOURCE_DIR "/models/tagger.model");
  const syntax::SyntaxStage syntax;
  const quotes::QuotesStage stage;
  parse::Article article;
  article.text = text;
  ChunkPool pool;
  Arena input_arena(pool);
  Arena arena(pool);
  const auto forever = StageContext::Clock::time_point::max();
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  tag::TagStage::Scratch tag_scratch;
  syntax::SyntaxStage::Scratch syntax_scratch;
  quotes::QuotesStage::Scratch scratch;
  const auto tokens = tokenize.run(tokenize::TokenizeStage::Input{std::tuple<const parse::Article&>(article)},
                                   tokenize_scratch, StageContext(input_arena, forever));
  if (!tokens.ok()) return state.SkipWithError("tokenize failed");
  tag::Tags tags;
  if (tagged) {
    const auto made =
        tag.run(tag::TagStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&>(article, *tokens)},
                tag_scratch, StageContext(input_arena, forever));
    if (!made.ok()) return state.SkipWithError("tag failed");
    tags = *made;
  }
  std::size_t found = 0;
  for (auto _ : state) {
    arena.reset();
    const auto phrases = syntax.run(
        syntax::SyntaxStage::Input{
            std::tuple<const parse::Article&, const tokenize::Tokens&, const tag::Tags&>(article, *tokens, tags)},
        syntax_scratch, StageContext(arena, forever));
    if (!phrases.ok()) return state.SkipWithError("syntax failed");
    const auto quotes = stage.run(
        quotes::QuotesStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&, const syntax::Syntax&>(
            article, *tokens, *phrases)},
        scratch, StageContext(arena, forever));
    found = quotes.ok() ? quotes->items.size() : 0;
    benchmark::DoNotOptimize(found);
  }
  state.counters["quotes"] = static_cast<double>(found);
  state.counters["words/s"] = benchmark::Counter(
      static_cast<double>(tokens->size()) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void quotes_of_news(benchmark::State& state) {
  find_quotes(state, news(), true);
}
void quotes_of_news_without_tags(benchmark::State& state) {
  find_quotes(state, news(), false);
}
void quotes_of_a_million_marks(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "\" ";
  find_quotes(state, text, false);
}
void quotes_of_one_endless_sentence(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "she said that he thinks, and then ";
  find_quotes(state, text, true);
}

BENCHMARK(quotes_of_news);
BENCHMARK(quotes_of_news_without_tags);
BENCHMARK(quotes_of_a_million_marks);
BENCHMARK(quotes_of_one_endless_sentence);

}  // namespace

BENCHMARK_MAIN();
