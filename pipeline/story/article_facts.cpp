#include "pipeline/story/article_facts.h"

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

ArticleFacts facts_of(const engine::ArticleGraph::Slot& slot) {
  const parse::Article& article = slot.get<parse::Article>();
  ArticleFacts facts;
  facts.id = article.id;
  facts.version = article.version;
  if (article.published_time) facts.made_at = article.published_time->seconds;
  facts.recalled = article.status != parse::PublicationStatus::kUsable;
  facts.fingerprint = slot.get<fingerprint::Fingerprint>();
  return facts;
}

FactsReader::FactsReader(std::shared_ptr<const engine::ArticleGraph::Stages> stages, std::size_t memory_limit)
    : stages_(std::move(stages)), slot_(pool_, memory_limit) {}

std::optional<ArticleFacts> FactsReader::read(const parse::Payload& payload) {
  slot_.reset();
  slot_.external = payload;
  for (const std::size_t stage : kNeeded) {
    if (engine::ArticleGraph::run(stage, *stages_, slot_, scratch_)) return std::nullopt;
  }
  ArticleFacts facts = facts_of(slot_);
  slot_.reset();
  return facts;
}

}  // namespace copydesk::story
