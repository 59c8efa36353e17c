// SPDX-License-Identifier: Apache-2.0
// Prints the figures of docs/wire-semantics.md: what near-duplicates are found on edited copies of the sample wire,
// what is taken for one wrongly, and what one article costs.

#include <cstdio>
#include <ctime>

#include "pipeline/engine/records.h"
#include "pipeline/story/facts_reader.h"
#include "pipeline/story/story_window.h"
#include "tests/story/sample_stages.h"
#include "tests/story/wire_edits.h"

namespace copydesk::story {
namespace {

constexpr std::size_t kLeastWords = 100;
constexpr int kRounds = 20;  // of each edit on each article, with other random choices

encode::StoryFacts facts(FactsReader& reader, const std::string& id, const std::string& text) {
  const engine::PaddedBytes bytes(text);
  auto read = reader.read({.bytes = bytes.view(), .name = id, .plain_text = true});
  return read ? *std::move(read) : encode::StoryFacts();
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void edited_copies(const std::vector<WireArticle>& wire, FactsReader& reader) {
  StoryWindow window({});
  for (const WireArticle& article : wire) window.see(facts(reader, article.id, article.text), {});
  std::mt19937_64 random(1);
  int wanted = 0;
  int found_wanted = 0;
  int wrong = 0;
  std::printf("| edit | same story | copies | similarity | found |\n|---|---|--:|--:|--:|\n");
  for (const Edit& edit : edits()) {
    double sum = 0;
    int copies = 0;
    int found = 0;
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t i = 0; i < wire.size(); ++i) {
        const std::string& other = wire[(i + 1 + random() % (wire.size() - 1)) % wire.size()].text;
        const encode::StoryFacts copy = facts(reader, "copy", edit.apply(wire[i].text, other, random));
        sum += fingerprint::similarity(copy.fingerprint, facts(reader, wire[i].id, wire[i].text).fingerprint);
        const std::string named = window.see(copy, {}).duplicate_of;
        window.forget("copy");
        ++copies;
        found += named == wire[i].id ? 1 : 0;
        wrong += !named.empty() && (named != wire[i].id || !edit.duplicate) ? 1 : 0;
      }
    }
    wanted += edit.duplicate ? copies : 0;
    found_wanted += edit.duplicate ? found : 0;
    std::printf("| %.*s | %s | %d | %.2f | %.1f %% |\n", static_cast<int>(edit.name.size()), edit.name.data(),
                edit.duplicate ? "yes" : "no", copies, sum / copies, 100.0 * found / copies);
  }
  std::printf("\nrecall %.2f %% (%d of %d), precision %.2f %% (%d marked wrongly)\n", 100.0 * found_wanted / wanted,
              found_wanted, wanted, 100.0 * found_wanted / (found_wanted + wrong), wrong);
}

void different_articles(const std::vector<WireArticle>& wire, FactsReader& reader) {
  double most = 0;
  int pairs = 0;
  for (std::size_t i = 0; i < wire.size(); ++i) {
    for (std::size_t j = i + 1; j < wire.size(); ++j, ++pairs) {
      most = std::max(most, fingerprint::similarity(facts(reader, "a", wire[i].text).fingerprint,
                                                    facts(reader, "b", wire[j].text).fingerprint));
    }
  }
  std::printf("%d pairs of different articles: the most similar two have %.2f\n", pairs, most);
}

void cost() {
  constexpr int kWindow = 10'000;
  constexpr int kArticles = 200'000;
  std::mt19937_64 random(1);
  StoryWindow window({.articles = kWindow});
  encode::StoryFacts article;
  article.fingerprint.shingles = 300;
  const auto see = [&](int i) {
    article.id = "urn:newsml:wire.example:2026:story-" + std::to_string(i);
    article.version = "1";
    for (auto& bin : article.fingerprint.bins) bin = static_cast<std::uint8_t>(random());
    window.see(article, {.offset = i, .timestamp_ms = i, .key = article.id});
  };
  for (int i = 0; i < kWindow; ++i) see(i);
  const double begin = cpu_seconds();
  for (int i = 0; i < kArticles; ++i) see(kWindow + i);
  std::printf("a full window of %d articles: %.1f microseconds of CPU an article\n", kWindow,
              (cpu_seconds() - begin) / kArticles * 1e6);

  std::vector<std::uint64_t> words(300);
  for (auto& word : words) word = random();
  const double stage_begin = cpu_seconds();
  unsigned sum = 0;
  for (int i = 0; i < kArticles; ++i) {
    words[static_cast<std::size_t>(i) % words.size()] ^= 1U;
    sum += fingerprint::fingerprint_of(words).bins[0];
  }
  std::printf("fingerprint of 300 words: %.1f microseconds of CPU (checksum %u)\n",
              (cpu_seconds() - stage_begin) / kArticles * 1e6, sum);
}

void read_back(const std::vector<WireArticle>& wire, FactsReader& reader) {
  constexpr int kRepeats = 50;
  const double begin = cpu_seconds();
  std::size_t bytes = 0;
  for (int i = 0; i < kRepeats; ++i) {
    for (const WireArticle& article : wire) {
      bytes += article.text.size();
      static_cast<void>(facts(reader, article.id, article.text));
    }
  }
  const double articles = static_cast<double>(wire.size()) * kRepeats;
  std::printf("an article of %.0f bytes read back: %.1f microseconds of CPU\n", static_cast<double>(bytes) / articles,
              (cpu_seconds() - begin) / articles * 1e6);
}

}  // namespace
}  // namespace copydesk::story

int main() {
  using namespace copydesk;
  using namespace copydesk::story;
  const auto wire = sample_wire(*sample_stages(), kLeastWords);
  FactsReader reader(sample_stages(), std::size_t{1} << 30U);
  std::printf("%zu articles of the sample wire, of at least %zu words\n\n", wire.size(), kLeastWords);
  edited_copies(wire, reader);
  different_articles(wire, reader);
  cost();
  read_back(wire, reader);
}
