// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "pipeline/settings/settings.h"
#include "stages/encode/encode_stage.h"
#include "stages/entities/entities_stage.h"
#include "stages/fingerprint/fingerprint_stage.h"
#include "stages/graph.h"
#include "stages/parse/parse_stage.h"
#include "stages/quotes/quotes_stage.h"
#include "stages/resolve/resolve_stage.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"
#include "stages/values/values_stage.h"

namespace copydesk::engine {

/// THE list of stages. What runs after or beside what follows from the layers that each reads and makes.
using ArticleGraph =
    StageGraph<parse::Payload, parse::ParseStage, tokenize::TokenizeStage, fingerprint::FingerprintStage, tag::TagStage,
               syntax::SyntaxStage, entities::EntitiesStage, values::ValuesStage, quotes::QuotesStage,
               resolve::ResolveStage, encode::EncodeStage>;

/// The newsroom's own names that the settings list, read once; nullptr where they list none. Throws std::runtime_error
/// naming the file and the line that cannot be used.
[[nodiscard]] std::shared_ptr<entities::DeskNamesFile> read_desk_names(const settings::NameSettings& settings);

/// Builds every stage: reads the models, checks the settings. Throws std::runtime_error with what to do where a file
/// is missing or damaged. The result is const from then on, and shared by all threads; what it finds follows `desk`,
/// which may be read again at any time.
[[nodiscard]] std::shared_ptr<const ArticleGraph::Stages> build_stages(
    const settings::Settings& settings, const std::shared_ptr<const entities::DeskNamesFile>& desk = nullptr);

}  // namespace copydesk::engine
