// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/facts_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace copydesk::story {

namespace {

constexpr std::size_t index_of(std::string_view stage) {
  return static_cast<std::size_t>(
      std::find(engine::ArticleGraph::kNames.begin(), engine::ArticleGraph::kNames.end(), stage) -
      engine::ArticleGraph::kNames.begin());
}

/// In an order in which each finds its inputs.
constexpr std::array kNeeded{index_of(parse::ParseStage::kName), index_of(tokenize::TokenizeStage::kName),
                             index_of(fingerprint::FingerprintStage::kName)};

}  // namespace

FactsReader::FactsReader(std::shared_ptr<const engine::ArticleGraph::Stages> stages, std::size_t memory_limit)
    : stages_(std::move(stages)), slot_(pool_, memory_limit) {}

std::optional<encode::StoryFacts> FactsReader::read(const parse::Payload& payload) {
  slot_.reset();
  slot_.external = payload;
  for (const std::size_t stage : kNeeded) {
    if (engine::ArticleGraph::run(stage, *stages_, slot_, scratch_)) return std::nullopt;
  }
  encode::StoryFacts facts = encode::story_facts(slot_.get<parse::Article>(), slot_.get<fingerprint::Fingerprint>());
  slot_.reset();
  return facts;
}

}  // namespace copydesk::story
