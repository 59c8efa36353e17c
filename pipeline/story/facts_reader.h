// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>
#include <optional>

#include "pipeline/engine/stages.h"
#include "stages/encode/digest.h"

namespace copydesk::story {

/// Makes the facts anew from input records, running the few stages that they need and no other. Used by one thread.
class FactsReader {
 public:
  /// `memory_limit`: bytes per stage and article, as of the executor.
  FactsReader(std::shared_ptr<const engine::ArticleGraph::Stages> stages, std::size_t memory_limit);

  /// Nothing for an article that cannot be read: it was a dead letter.
  [[nodiscard]] std::optional<encode::StoryFacts> read(const parse::Payload& payload);

 private:
  std::shared_ptr<const engine::ArticleGraph::Stages> stages_;
  ChunkPool pool_;
  engine::ArticleGraph::Slot slot_;
  engine::ArticleGraph::Scratch scratch_;
};

}  // namespace copydesk::story
