#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "pipeline/engine/stages.h"
#include "pipeline/story/version_order.h"
#include "stages/fingerprint/fingerprint.h"

namespace copydesk::story {

/// What is remembered of an article to know its later versions and its near-duplicates by. Holds nothing of its text
/// but the fingerprint.
struct ArticleFacts {
  std::string id;
  std::string version;                  ///< as stated
  std::optional<std::int64_t> made_at;  ///< when the version was made, in Unix seconds
  bool recalled = false;                ///< withheld or canceled
  fingerprint::Fingerprint fingerprint;

  [[nodiscard]] Version version_order() const noexcept { return {version, made_at}; }
};

/// Of an article that every stage it needs (parse, tokenize, fingerprint) has run on.
[[nodiscard]] ArticleFacts facts_of(const engine::ArticleGraph::Slot& slot);

/// Makes the facts anew from input records, running the few stages that they need and no other. Used by one thread.
class FactsReader {
 public:
  /// `memory_limit`: bytes per stage and article, as of the executor.
  FactsReader(std::shared_ptr<const engine::ArticleGraph::Stages> stages, std::size_t memory_limit);

  /// Nothing for an article that cannot be read: it was a dead letter.
  [[nodiscard]] std::optional<ArticleFacts> read(const parse::Payload& payload);

 private:
  std::shared_ptr<const engine::ArticleGraph::Stages> stages_;
  ChunkPool pool_;
  engine::ArticleGraph::Slot slot_;
  engine::ArticleGraph::Scratch scratch_;
};

}  // namespace copydesk::story
