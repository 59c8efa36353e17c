// SPDX-License-Identifier: Apache-2.0
// Scores the part-of-speech tagger on the gold words of a CoNLL-U file, and measures its speed.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "stages/tag/tag_stage.h"
#include "stages/tokenize/token_form.h"
#include "tools/tagged_corpus.h"

namespace copydesk::training {
namespace {

/// A text of gold words, as the tokenizer would hand it on.
struct GoldText {
  std::string text;
  std::vector<Span> spans;
  std::vector<std::uint16_t> flags;
  std::vector<std::uint64_t> hashes;
  std::vector<TokenRange> sentences;
  std::vector<std::uint8_t> tags;
};

enum class Case { kAsIs, kUpper, kLower };

GoldText gold_text(const std::vector<TaggedSentence>& sentences, Case letters) {
  GoldText gold;
  for (const TaggedSentence& sentence : sentences) {
    const auto begin = static_cast<std::uint32_t>(gold.spans.size());
    for (const TaggedWord& word : sentence) {
      std::string text = word.text;
      for (char& c : text) {
        if (letters == Case::kUpper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (letters == Case::kLower && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      }
      const tokenize::TokenForm form = tokenize::token_form(text);
      const auto from = static_cast<std::uint32_t>(gold.text.size());
      gold.text += text;
      gold.spans.push_back({from, static_cast<std::uint32_t>(gold.text.size())});
      gold.text += ' ';
      gold.flags.push_back(
          static_cast<std::uint16_t>(form.flags | (gold.spans.size() - 1 == begin ? tokenize::kSentenceStart : 0)));
      gold.hashes.push_back(form.lower_hash);
      gold.tags.push_back(word.tag);
    }
    gold.sentences.push_back({begin, static_cast<std::uint32_t>(gold.spans.size())});
  }
  return gold;
}

void score(const tag::TagStage& stage, const GoldText& gold, const char* name, bool errors) {
  parse::Article article;
  article.text = gold.text;
  const tokenize::Tokens tokens{gold.spans, gold.flags, gold.hashes, gold.sentences};
  ChunkPool pool;
  tag::TagStage::Scratch scratch;
  const Reads<parse::Article, tokenize::Tokens> input{
      std::tuple<const parse::Article&, const tokenize::Tokens&>(article, tokens)};
  std::vector<tag::Tag> tags;
  double best = 1e9;
  for (int round = 0; round < 20; ++round) {
    Arena arena(pool);
    const auto start = std::chrono::steady_clock::now();
    const auto result = stage.run(input, scratch, StageContext(arena, StageContext::Clock::time_point::max()));
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    tags.assign(result->of.begin(), result->of.end());
  }
  std::size_t right = 0;
  std::size_t words = 0;
  std::size_t right_words = 0;
  std::size_t all = 0;
  std::array<std::array<std::uint32_t, 37>, 37> confusion{};
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (gold.tags[i] == kUnknownTag) continue;
    const auto tag = static_cast<std::uint8_t>(tags[i]);
    const bool ok = tag == gold.tags[i];
    ++all;
    right += ok ? 1U : 0U;
    if ((gold.flags[i] & tokenize::kPunctuation) == 0) {
      ++words;
      right_words += ok ? 1U : 0U;
    }
    ++confusion[gold.tags[i]][tag];
  }
  std::printf("%-6s accuracy %.2f %% of %zu tokens, %.2f %% of words; %.2f M tokens per second, %.3f us each\n", name,
              100.0 * static_cast<double>(right) / static_cast<double>(all), all,
              100.0 * static_cast<double>(right_words) / static_cast<double>(words),
              static_cast<double>(tags.size()) / best / 1e6, best / static_cast<double>(tags.size()) * 1e6);
  if (!errors) return;
  std::vector<std::tuple<std::uint32_t, std::string>> worst;
  for (std::size_t g = 0; g < 37; ++g) {
    for (std::size_t t = 0; t < 37; ++t) {
      if (g != t && confusion[g][t] != 0) {
        worst.emplace_back(confusion[g][t], std::string(tag::kTagNames[g]) + " as " + std::string(tag::kTagNames[t]));
      }
    }
  }
  std::sort(worst.rbegin(), worst.rend());
  for (std::size_t i = 0; i < worst.size() && i < 25; ++i) {
    std::printf("  %4u %s\n", std::get<0>(worst[i]), std::get<1>(worst[i]).c_str());
  }
}

}  // namespace
}  // namespace copydesk::training

int main(int argc, char** argv) {
  using namespace copydesk;
  if (argc < 3) {
    std::fprintf(stderr, "usage: score_tagger MODEL FILE.conllu.gz [errors]\n");
    return 2;
  }
  try {
    const tag::TagStage stage{std::filesystem::path(argv[1])};
    const auto sentences = training::read_conllu(argv[2]);
    training::score(stage, training::gold_text(sentences, training::Case::kAsIs), "as is", argc > 3);
    training::score(stage, training::gold_text(sentences, training::Case::kUpper), "UPPER", false);
    training::score(stage, training::gold_text(sentences, training::Case::kLower), "lower", false);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
