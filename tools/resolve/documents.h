// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "stages/arena.h"
#include "stages/entities/entities_stage.h"
#include "stages/parse/article.h"
#include "stages/quotes/quotes_stage.h"
#include "stages/resolve/mention_list.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk::tool {

/// A mention as annotators marked it. Bytes of the text.
struct GoldMention {
  Span span;
  std::vector<Span> heads;
  std::string cluster;
  bool counts = false;  ///< of a person, organisation or place that has a name
};

/// An article with the layers that `resolve` reads, and its gold mentions.
struct Document {
  std::string id;
  std::string text;
  std::vector<GoldMention> gold;
  bool partial = false;  ///< `gold` holds some of its mentions only
  bool blind = false;    ///< it has no `gold`, but names that tell whom "he" and "she" mean
  std::unique_ptr<Arena> arena;
  parse::Article article;
  tokenize::Tokens tokens;
  tag::Tags tags;
  syntax::Syntax syntax;
  entities::Names names;
  quotes::Quotes quotes;

  [[nodiscard]] resolve::View view() const { return {text, tokens, tags, names}; }
};

/// Reads {"id", "text", "mentions"?} lines and runs the stages before `resolve`. Throws where a file cannot be read.
[[nodiscard]] std::vector<std::unique_ptr<Document>> read_documents(const std::string& path, const std::string& models,
                                                                    ChunkPool& pool);

}  // namespace copydesk::tool
