// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/stages.h"

#include <stdexcept>
#include <utility>

#include "pipeline/engine/installation.h"
#include "pipeline/version.h"

namespace copydesk::engine {

std::shared_ptr<entities::DeskNamesFile> read_desk_names(const settings::NameSettings& settings) {
  if (settings.add.empty() && settings.block.empty()) return nullptr;
  auto names = std::make_shared<entities::DeskNamesFile>(
      std::vector<std::filesystem::path>(settings.add.begin(), settings.add.end()),
      std::vector<std::filesystem::path>(settings.block.begin(), settings.block.end()));
  if (const auto count = names->reload(); !count) throw std::runtime_error(count.error().message);
  return names;
}

std::shared_ptr<const ArticleGraph::Stages> build_stages(const settings::Settings& settings,
                                                         const std::shared_ptr<const entities::DeskNamesFile>& desk) {
  const std::filesystem::path models =
      settings.pipeline.models.empty() ? installed_folder("models", "models") : settings.pipeline.models;
  const parse::ParseSettings parse{.default_language = settings.pipeline.default_language,
                                   .max_article_bytes = settings.limits.max_article_bytes.count};
  entities::EntitiesStage entities(models / "names.model", desk);
  const encode::EncodeSettings encode{.format = settings.output.format,
                                      .tokens = settings.output.tokens,
                                      .pipeline = std::string("copydesk ") + kVersion,
                                      .model = entities.model_name()};
  return std::make_shared<const ArticleGraph::Stages>(
      parse::ParseStage(parse), tokenize::TokenizeStage(), fingerprint::FingerprintStage(),
      tag::TagStage(models / "tagger.model"), syntax::SyntaxStage(), std::move(entities), values::ValuesStage(),
      quotes::QuotesStage(), resolve::ResolveStage(resolve::ResolveFiles::in(models), desk),
      encode::EncodeStage(encode));
}

}  // namespace copydesk::engine
