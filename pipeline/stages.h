#pragma once
#include <memory>

#include "pipeline/settings.h"
#include "stages/encode/encode.h"
#include "stages/entities/entities_stage.h"
#include "stages/graph.h"
#include "stages/parse/parse.h"
#include "stages/quotes/quotes_stage.h"
#include "stages/resolve/resolve_stage.h"
#include "stages/story/fingerprint_stage.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag.h"
#include "stages/tokenize/tokenize.h"
#include "stages/values/values_stage.h"

namespace copydesk {

/// THE list of stages. What runs after or beside what follows from the layers that each reads and makes.
using ArticleGraph = StageGraph<Payload, ParseStage, TokenizeStage, FingerprintStage, TagStage, SyntaxStage,
                                EntitiesStage, ValuesStage, QuotesStage, ResolveStage, EncodeStage>;

/// The newsroom's own names that the settings list, read once; nullptr where they list none. Throws std::runtime_error
/// naming the file and the line that cannot be used.
[[nodiscard]] std::shared_ptr<DeskNamesFile> read_desk_names(const NameSettings& settings);

/// Builds every stage: reads the models, checks the settings. Throws std::runtime_error with what to do where a file
/// is missing or damaged. The result is const from then on, and shared by all threads; what it finds follows `desk`,
/// which may be read again at any time.
[[nodiscard]] std::shared_ptr<const ArticleGraph::Stages> build_stages(
    const Settings& settings, const std::shared_ptr<const DeskNamesFile>& desk = nullptr);

}  // namespace copydesk
