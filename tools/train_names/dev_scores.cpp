// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/dev_scores.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

#include "stages/entities/name_tagger.h"
#include "stages/tokenize/hash.h"

namespace copydesk::entities::training {

namespace {

struct Score {
  std::size_t right = 0, found = 0, gold = 0;
  [[nodiscard]] double f1() const {
    return 200.0 * static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, found + gold));
  }
};

std::vector<std::array<std::uint32_t, 3>> spans_of(const Example& example, std::span<const std::uint8_t> labels) {
  std::vector<std::array<std::uint32_t, 3>> spans;
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    const std::size_t type = type_of(labels[i]);
    const std::uint32_t begin = i;
    if (place_of(labels[i]) == kBegin) {
      while (i + 1 < labels.size() && place_of(labels[i]) != kEnd) ++i;
    }
    const auto entity = static_cast<EntityType>(type);
    std::uint32_t kind = 9;
    if (type == kNoName) continue;
    if (entity == EntityType::kPerson)
      kind = 0;
    else if (entity == EntityType::kOrg)
      kind = 1;
    else if (entity == EntityType::kGpe || entity == EntityType::kLoc || entity == EntityType::kFac)
      kind = 2;
    if (kind == 9) continue;
    // Whether an article or a possessive belongs to a name differs between guidelines.
    const bool article = begin < i && example.lower_hashes[begin] == tokenize::hash_lower("the");
    const bool possessive = begin < i && example.lower_hashes[i] == tokenize::hash_lower("'s");
    spans.push_back({begin + (article ? 1U : 0U), i + (possessive ? 0U : 1U), kind});
  }
  return spans;
}

}  // namespace

void evaluate(const std::filesystem::path& path, const DevSets& dev) {
  const NameModel model(path);
  NameTagger tagger;
  double sum = 0;
  double unseen = 0;
  std::array<Score, 3> kinds;  // of the left-out corpora
  std::size_t unseen_corpora = 0;
  std::printf("  dev F1:");
  for (const auto& [name, examples] : dev) {
    Score score;
    for (const Example& example : examples) {
      const auto labels = tagger.tag(model, example.text, example.tokens(),
                                     {0, static_cast<std::uint32_t>(example.spans.size())}, example.sentences);
      const auto found = spans_of(example, labels);
      const auto gold = spans_of(example, example.labels);
      score.found += found.size();
      score.gold += gold.size();
      for (const auto& span : found) {
        const bool right = std::binary_search(gold.begin(), gold.end(), span);
        score.right += right ? 1U : 0U;
        if (name[0] == '*') kinds[span[2]].right += right ? 1U : 0U;
      }
      if (name[0] != '*') continue;
      for (const auto& span : found) ++kinds[span[2]].found;
      for (const auto& span : gold) ++kinds[span[2]].gold;
    }
    std::printf(" %s %.2f", name.c_str(), score.f1());
    if (name[0] == '*') {
      unseen += score.f1();
      ++unseen_corpora;
    }
    if (name != "silver" && name != "templates") sum += score.f1();
  }
  if (unseen_corpora > 0) {
    std::printf(" | mean of left-out %.2f (all: person %.2f, organisation %.2f, place %.2f)",
                unseen / static_cast<double>(unseen_corpora), kinds[0].f1(), kinds[1].f1(), kinds[2].f1());
  }
  std::printf(" | mean of gold %.2f\n", sum / static_cast<double>(std::max<std::size_t>(1, dev.size() - 2)));
  std::fflush(stdout);
}

}  // namespace copydesk::entities::training
