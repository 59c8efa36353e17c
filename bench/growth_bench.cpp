// SPDX-License-Identifier: Apache-2.0
// Hostile texts that double in size, through every stage on one thread: CPU time and memory per byte must stay level.
//   growth_bench [--from BYTES] [--to BYTES] [--seconds S] [--only NAME]
// Prints one JSON object per text and size. A text stops growing once a size took more than S seconds.
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/sample_text.h"
#include "pipeline/engine/stages.h"

namespace copydesk {
namespace {

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The most memory that this process has held since `forget_peak()`, in bytes.
std::size_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return 1024 * std::stoull(line.substr(6));
  }
  return 0;
}
void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// A text that repeats `unit`; an empty one stands for news prose.
struct Hostile {
  std::string_view name;
  std::string_view unit;
};

constexpr std::array kHostile{
    Hostile{"news prose", ""},
    Hostile{"one token", "a"},
    Hostile{"words of one letter", "a "},
    Hostile{"one sentence without an end", "the old bridge and "},
    Hostile{"determiners", "the "},
    Hostile{"possessives", "his "},
    Hostile{"adjectives", "big old "},
    Hostile{"opening quotation marks", "\u201c"},
    Hostile{"straight quotation marks", "\""},
    Hostile{"apostrophes", "' "},
    Hostile{"quotations", "\u201cNo,\u201d he said. "},
    Hostile{"quotations without a speaker", "\u201cNo\u201d "},
    Hostile{"verbs of speech", "said that "},
    Hostile{"combining marks", "\u0301"},
    Hostile{"letters with combining marks", "e\u0301\u0323 "},
    Hostile{"right to left", "\u200f\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd "},
    Hostile{"marks of direction", "\u202e\u2066\u2069"},
    Hostile{"emoji", "\U0001f469\u200d\U0001f469\u200d\U0001f467"},
    Hostile{"flags", "\U0001f1f3\U0001f1f4"},
    Hostile{"digits", "7"},
    Hostile{"numbers", "1,000-"},
    Hostile{"number words", "three hundred and "},
    Hostile{"amounts", "$1.2 bn to "},
    Hostile{"dates", "May 3, Tuesday, "},
    Hostile{"full stops", "."},
    Hostile{"brackets", "("},
    Hostile{"commas", ", "},
    Hostile{"reports", "and said it rained "},
    Hostile{"cues without content", "Holt stated: "},
    Hostile{"adverbs", "very "},
    Hostile{"hyphens", "a-"},
    Hostile{"web addresses", "http://a.b/c?d=e&"},
    Hostile{"titles", "Mr. "},
    Hostile{"one name", "Mara Holt "},
    Hostile{"names and pronouns", "Mara Holt said he saw it. "},
    Hostile{"appositions", "Mara Holt, a baker and friend of Olaf Odd and "},
    Hostile{"abbreviations in brackets", "Norland Bank (NB) "},
    Hostile{"capitals", "NORLAND "},
    Hostile{"empty lines", "\n\n"},
};

std::string text_of(const Hostile& hostile, std::size_t bytes) {
  if (hostile.unit.empty()) return bench::news_prose(bytes);
  std::string text;
  text.reserve(bytes + hostile.unit.size());
  while (text.size() < bytes) text += hostile.unit;
  return text;
}

/// Runs every stage once and prints what it took. Returns the seconds, or a negative number where the article failed.
double measure(const engine::ArticleGraph::Stages& stages, const Hostile& hostile, std::size_t bytes) {
  std::string text = text_of(hostile, bytes);
  const std::size_t size = text.size();
  text.append(parse::Payload::kPadding, ' ');
  malloc_trim(0);
  forget_peak();
  const std::size_t before = peak_bytes();
  ChunkPool pool(0);
  engine::ArticleGraph::Slot slot(pool, std::size_t{1} << 36);
  engine::ArticleGraph::Scratch scratch;
  slot.external = {.bytes = std::string_view(text).substr(0, size), .name = "growth", .plain_text = true};
  nlohmann::ordered_json line{{"name", hostile.name}, {"bytes", size}};
  auto waiting = engine::ArticleGraph::predecessor_counts();
  std::array<bool, engine::ArticleGraph::kSize> done{};
  double whole = 0;
  for (std::size_t ran = 0; ran < engine::ArticleGraph::kSize;) {
    for (std::size_t stage = 0; stage < engine::ArticleGraph::kSize; ++stage) {
      if (done[stage] || waiting[stage] != 0) continue;
      const double begin = thread_seconds();
      const auto error = engine::ArticleGraph::run(stage, stages, slot, scratch);
      const double taken = thread_seconds() - begin;
      if (error) {
        std::fprintf(stderr, "%s of %zu bytes: %s\n", std::string(hostile.name).c_str(), size, error->message.c_str());
        return -1;
      }
      line["seconds"][std::string(engine::ArticleGraph::kNames[stage])] = taken;
      whole += taken;
      done[stage] = true;
      ++ran;
      for (std::size_t later = 0; later < engine::ArticleGraph::kSize; ++later) {
        if ((engine::ArticleGraph::followers()[stage] >> later & 1U) != 0) --waiting[later];
      }
    }
  }
  line["whole"] = whole;
  line["memory"] = peak_bytes() - before;
  line["record_bytes"] = slot.get<encode::Record>().json.size();
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
  return whole;
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  using namespace copydesk;
  std::size_t from = std::size_t{1} << 20;
  std::size_t to = 100'000'000;
  double seconds = 1;
  std::string only;
  CLI::App app{"Hostile texts of growing size through every stage."};
  app.add_option("--from", from, "Smallest text, in bytes")->capture_default_str();
  app.add_option("--to", to, "Largest text, in bytes")->capture_default_str();
  app.add_option("--seconds", seconds, "A text stops growing after a size that took longer")->capture_default_str();
  app.add_option("--only", only, "The text of this name alone");
  CLI11_PARSE(app, argc, argv);
  settings::Settings settings;
  settings.pipeline.models = COPYDESK_SOURCE_DIR "/models";
  settings.limits.max_article_bytes.count = to + 1024;
  const auto stages = engine::build_stages(settings);
  for (const Hostile& hostile : kHostile) {
    if (!only.empty() && hostile.name != only) continue;
    for (std::size_t bytes = from;; bytes = std::min(to, 2 * bytes)) {
      const double taken = measure(*stages, hostile, bytes);
      if (taken < 0 || taken > seconds || bytes >= to) break;
    }
  }
  return 0;
}
