// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/engine/stages.h"

namespace copydesk::story {

struct WireArticle {
  std::string id;
  std::string text;
};

/// The English articles of the sample wire, of at least `words` words, the latest version of each id.
[[nodiscard]] std::vector<WireArticle> sample_wire(const engine::ArticleGraph::Stages& stages, std::size_t words);

/// What another desk, or a later filing under another id, does to an article.
struct Edit {
  std::string_view name;
  /// `other` is an article about something else, to take foreign paragraphs from.
  std::string (*apply)(const std::string& text, const std::string& other, std::mt19937_64& random);
  /// Whether the two are the same story to an editor: they must be found to be duplicates.
  bool duplicate;
};
[[nodiscard]] std::span<const Edit> edits();

}  // namespace copydesk::story
