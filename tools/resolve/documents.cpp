// SPDX-License-Identifier: Apache-2.0
#include "tools/resolve/documents.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace copydesk::tool {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

Span span_of(const nlohmann::json& pair) {
  return {pair[0].get<std::uint32_t>(), pair[1].get<std::uint32_t>()};
}

}  // namespace

std::vector<std::unique_ptr<Document>> read_documents(const std::string& path, const std::string& models,
                                                      ChunkPool& pool) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  const tokenize::TokenizeStage tokenize;
  const entities::EntitiesStage entities(models + "/names.model");
  tokenize::TokenizeStage::Scratch tokenize_scratch;
  const tag::TagStage tag(models + "/tagger.model");
  static const syntax::SyntaxStage syntax;  // the layer points to its lexicon
  const quotes::QuotesStage quotes;
  tag::TagStage::Scratch tag_scratch;
  syntax::SyntaxStage::Scratch syntax_scratch;
  quotes::QuotesStage::Scratch quotes_scratch;
  entities::EntitiesStage::Scratch entities_scratch;
  std::vector<std::unique_ptr<Document>> documents;
  for (std::string line; std::getline(file, line);) {
    const auto json = nlohmann::json::parse(line);
    auto document = std::make_unique<Document>();
    document->id = json["id"];
    document->text = json["text"];
    document->partial = json.value("partial", false);
    document->blind = json.value("blind", false);
    document->article.text = document->text;
    document->article.id = document->id;
    document->article.language = "en";
    document->arena = std::make_unique<Arena>(pool);
    const StageContext context(*document->arena, StageContext::Clock::time_point::max());
    document->tokens = must(tokenize.run({{document->article}}, tokenize_scratch, context));
    document->names = must(entities.run({{document->article, document->tokens}}, entities_scratch, context));
    document->tags = must(tag.run({{document->article, document->tokens}}, tag_scratch, context));
    document->syntax =
        must(syntax.run({{document->article, document->tokens, document->tags}}, syntax_scratch, context));
    document->quotes =
        must(quotes.run({{document->article, document->tokens, document->syntax}}, quotes_scratch, context));
    for (const auto& mention : json.value("mentions", nlohmann::json::array())) {
      GoldMention gold;
      gold.span = span_of(mention);
      for (const auto& head : mention[2]) gold.heads.push_back(span_of(head));
      gold.cluster = mention[3];
      gold.counts = mention[6];
      document->gold.push_back(gold);
    }
    documents.push_back(std::move(document));
  }
  return documents;
}

}  // namespace copydesk::tool
