#include "pipeline/stages.h"

#include "pipeline/installation.h"
#include "pipeline/version.h"

namespace copydesk {

std::shared_ptr<const ArticleGraph::Stages> build_stages(const Settings& settings) {
  const std::filesystem::path models =
      settings.pipeline.models.empty() ? installed_folder("models", "models") : settings.pipeline.models;
  const ParseSettings parse{.default_language = settings.pipeline.default_language,
                            .max_article_bytes = settings.limits.max_article_bytes.count};
  const EncodeSettings encode{.format = settings.output.format,
                              .tokens = settings.output.tokens,
                              .pipeline = std::string("copydesk ") + kVersion,
                              .model = ""};
  return std::make_shared<const ArticleGraph::Stages>(
      ParseStage(parse), TokenizeStage(), TagStage(models / "tagger.model"), EntitiesStage(models / "names.model"),
      ValuesStage(), QuotesStage(), ResolveStage(ResolveFiles::in(models)), EncodeStage(encode));
}

}  // namespace copydesk
