#include "pipeline/story/article_facts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace copydesk {

namespace {

constexpr std::size_t index_of(std::string_view stage) {
  return static_cast<std::size_t>(std::find(ArticleGraph::kNames.begin(), ArticleGraph::kNames.end(), stage) -
                                  ArticleGraph::kNames.begin());
}

/// In an order in which each finds its inputs.
constexpr std::array kNeeded{index_of(ParseStage::kName), index_of(TokenizeStage::kName),
                             index_of(FingerprintStage::kName)};

}  // namespace

ArticleFacts facts_of(const ArticleGraph::Slot& slot) {
  const Article& article = slot.get<Article>();
  ArticleFacts facts;
  facts.id = article.id;
  facts.version = article.version;
  if (article.published_time) facts.made_at = article.published_time->seconds;
  facts.recalled = article.status != PublicationStatus::kUsable;
  facts.fingerprint = slot.get<Fingerprint>();
  return facts;
}

FactsReader::FactsReader(std::shared_ptr<const ArticleGraph::Stages> stages, std::size_t memory_limit)
    : stages_(std::move(stages)), slot_(pool_, memory_limit) {}

std::optional<ArticleFacts> FactsReader::read(const Payload& payload) {
  slot_.reset();
  slot_.external = payload;
  for (const std::size_t stage : kNeeded) {
    if (ArticleGraph::run(stage, *stages_, slot_, scratch_)) return std::nullopt;
  }
  ArticleFacts facts = facts_of(slot_);
  slot_.reset();
  return facts;
}

}  // namespace copydesk
