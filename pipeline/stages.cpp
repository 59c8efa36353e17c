#include "pipeline/stages.h"

#include <stdexcept>
#include <utility>

#include "pipeline/installation.h"
#include "pipeline/version.h"

namespace copydesk {

std::shared_ptr<DeskNamesFile> read_desk_names(const NameSettings& settings) {
  if (settings.add.empty() && settings.block.empty()) return nullptr;
  auto names =
      std::make_shared<DeskNamesFile>(std::vector<std::filesystem::path>(settings.add.begin(), settings.add.end()),
                                      std::vector<std::filesystem::path>(settings.block.begin(), settings.block.end()));
  if (const auto count = names->reload(); !count) throw std::runtime_error(count.error().message);
  return names;
}

std::shared_ptr<const ArticleGraph::Stages> build_stages(const Settings& settings,
                                                         const std::shared_ptr<const DeskNamesFile>& desk) {
  const std::filesystem::path models =
      settings.pipeline.models.empty() ? installed_folder("models", "models") : settings.pipeline.models;
  const ParseSettings parse{.default_language = settings.pipeline.default_language,
                            .max_article_bytes = settings.limits.max_article_bytes.count};
  EntitiesStage entities(models / "names.model", desk);
  const EncodeSettings encode{.format = settings.output.format,
                              .tokens = settings.output.tokens,
                              .pipeline = std::string("copydesk ") + kVersion,
                              .model = entities.model_name()};
  return std::make_shared<const ArticleGraph::Stages>(
      ParseStage(parse), TokenizeStage(), FingerprintStage(), TagStage(models / "tagger.model"), SyntaxStage(),
      std::move(entities), ValuesStage(), QuotesStage(), ResolveStage(ResolveFiles::in(models), desk),
      EncodeStage(encode));
}

}  // namespace copydesk
