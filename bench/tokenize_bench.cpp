// SPDX-License-Identifier: Apache-2.0
// The tokenizer against ICU's word and sentence iterators, on the same text; and over growing text of the kinds that
// make careless tokenizers quadratic. COPYDESK_BENCH_TEXT names a file to use instead of the built-in prose.
#include <benchmark/benchmark.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "bench/sample_text.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk {
namespace {

const std::string& sample() {
  static const std::string text = [] {
    const char* path = std::getenv("COPYDESK_BENCH_TEXT");
    if (path == nullptr) return bench::news_prose(1U << 20U);
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return text;
}

/// Articles of about 5 kB, as they come in: the text cut at blank lines.
std::vector<std::string_view> articles() {
  std::vector<std::string_view> result;
  const std::string_view text = sample();
  for (std::size_t from = 0; from < text.size();) {
    std::size_t end = text.find("\n\n", std::min(text.size(), from + 5000));
    if (end == std::string_view::npos) end = text.size();
    result.push_back(text.substr(from, end - from));
    from = std::min(text.size(), end + 2);
  }
  return result;
}

std::size_t tokenize(std::string_view text, Arena& arena, tokenize::TokenizeStage::Scratch& scratch) {
  parse::Article article;
  article.text = text;
  const auto tokens =
      tokenize::TokenizeStage().run(Reads<parse::Article>{std::tuple<const parse::Article&>(article)}, scratch,
                                    StageContext(arena, StageContext::Clock::time_point::max()));
  benchmark::DoNotOptimize(tokens->spans.data());
  return tokens->size() + tokens->sentences.size();
}

void Copydesk(benchmark::State& state) {
  const auto texts = articles();
  ChunkPool pool;
  Arena arena(pool);
  tokenize::TokenizeStage::Scratch scratch;
  std::size_t found = 0;
  for (auto _ : state) {
    for (const std::string_view text : texts) {
      found += tokenize(text, arena, scratch);
      arena.reset();
    }
  }
  benchmark::DoNotOptimize(found);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sample().size()));
}
BENCHMARK(Copydesk)->Unit(benchmark::kMillisecond);

/// Word and sentence boundaries only: no flags, no hashes, no contractions.
void Icu(benchmark::State& state) {
  const auto texts = articles();
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getUS(), status));
  const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getUS(), status));
  if (U_FAILURE(status)) {
    state.SkipWithError("ICU has no iterators for en_US");
    return;
  }
  std::size_t found = 0;
  for (auto _ : state) {
    for (const std::string_view text : texts) {
      UText utext = UTEXT_INITIALIZER;
      utext_openUTF8(&utext, text.data(), static_cast<std::int64_t>(text.size()), &status);
      for (icu::BreakIterator* iterator : {words.get(), sentences.get()}) {
        iterator->setText(&utext, status);
        while (iterator->next() != icu::BreakIterator::DONE) ++found;
      }
      utext_close(&utext);
    }
  }
  benchmark::DoNotOptimize(found);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sample().size()));
}
BENCHMARK(Icu)->Unit(benchmark::kMillisecond);

/// Bytes per second must not fall as the text grows.
void Growing(benchmark::State& state, const std::string& piece) {
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += piece;
  ChunkPool pool;
  tokenize::TokenizeStage::Scratch scratch;
  for (auto _ : state) {
    Arena arena(pool, std::size_t{8} << 30U);
    tokenize(text, arena, scratch);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
#define COPYDESK_GROWING(name, piece)                  \
  BENCHMARK_CAPTURE(Growing, name, std::string(piece)) \
      ->RangeMultiplier(10)                            \
      ->Range(100'000, 10'000'000)                     \
      ->Unit(benchmark::kMillisecond)
COPYDESK_GROWING(one_word, "x");
COPYDESK_GROWING(one_number, "1");
COPYDESK_GROWING(hyphens, "a-");
COPYDESK_GROWING(periods_inside, "a.");
COPYDESK_GROWING(names_of_hosts, "ab.");
COPYDESK_GROWING(full_stops, ".");
COPYDESK_GROWING(quotes, "\"");
COPYDESK_GROWING(apostrophes, "'");
COPYDESK_GROWING(curly, "’");
COPYDESK_GROWING(at_signs, "a@");
COPYDESK_GROWING(addresses, "http://");
COPYDESK_GROWING(blanks, " ");
COPYDESK_GROWING(lines, "x\n");
COPYDESK_GROWING(brackets, "a. [");
COPYDESK_GROWING(initials, "A. ");
COPYDESK_GROWING(marks, "e\xCC\x81");
COPYDESK_GROWING(emoji, "\xF0\x9F\x98\x80\xE2\x80\x8D");
COPYDESK_GROWING(right_to_left, "\xD7\xA9\xD7\x9C ");
#undef COPYDESK_GROWING

}  // namespace
}  // namespace copydesk
