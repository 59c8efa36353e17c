// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stages/entities/entities_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk::test {

inline std::string model_path() {
  return COPYDESK_SOURCE_DIR "/models/names.model";
}

struct Found {
  std::string text;
  std::string_view type;
  friend bool operator==(const Found&, const Found&) = default;
};

/// Runs tokenize and entities over one text.
class NameFinder {
 public:
  explicit NameFinder(const std::string& model = model_path()) : entities_(model) {}

  std::vector<Found> operator()(std::string_view text) {
    parse::Article article;
    article.text = text;
    Arena tokens_arena(pool_);
    Arena names_arena(pool_);
    const auto deadline = StageContext::Clock::time_point::max();
    auto tokens = tokenize_.run({{article}}, tokenize_scratch_, StageContext(tokens_arena, deadline));
    if (!tokens) return {};
    auto names = entities_.run({{article, *tokens}}, scratch_, StageContext(names_arena, deadline));
    if (!names) return {};
    std::vector<Found> found;
    for (const entities::Name& name : names->items) {
      found.push_back({std::string(tokens->span_of(name.tokens).of(text)), name_of(name.type)});
    }
    return found;
  }

 private:
  ChunkPool pool_;
  tokenize::TokenizeStage tokenize_;
  tokenize::TokenizeStage::Scratch tokenize_scratch_;
  entities::EntitiesStage entities_;
  entities::EntitiesStage::Scratch scratch_;
};

}  // namespace copydesk::test
