// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "pipeline/engine/stages.h"

namespace copydesk::story {

/// The stages with the repository's models, built once.
inline std::shared_ptr<const engine::ArticleGraph::Stages> sample_stages() {
  static const std::shared_ptr<const engine::ArticleGraph::Stages> stages = [] {
    settings::Settings settings;
    settings.pipeline.models = std::string(COPYDESK_SOURCE_DIR) + "/models";
    return engine::build_stages(settings);
  }();
  return stages;
}

}  // namespace copydesk::story
