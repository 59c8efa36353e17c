// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include "stages/parse/article.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag.h"
#include "stages/tokenize/tokenize.h"

namespace copydesk::testing {

/// Runs the stages up to `syntax` on plain texts, one after the other.
class SyntaxMaker {
 public:
  SyntaxMaker() : tag_(COPYDESK_SOURCE_DIR "/models/tagger.model") {}

  /// The layer lives until the next call. Empty after an error.
  const Syntax& make(std::string_view text) {
    for (Arena& arena : arenas_) arena.reset();
    made_ = {};
    text_ = text;
    Article article;
    article.text = text;
    const auto forever = StageContext::Clock::time_point::max();
    const auto tokens = tokenize_.run(TokenizeStage::Input{std::tuple<const Article&>(article)}, tokenize_scratch_,
                                      StageContext(arenas_[0], forever));
    if (!tokens.ok()) return made_;
    tokens_ = *tokens;
    const auto tags = tag_.run(TagStage::Input{std::tuple<const Article&, const Tokens&>(article, *tokens)},
                               tag_scratch_, StageContext(arenas_[1], forever));
    if (!tags.ok()) return made_;
    const auto made =
        syntax_.run(SyntaxStage::Input{std::tuple<const Article&, const Tokens&, const Tags&>(article, *tokens, *tags)},
                    syntax_scratch_, StageContext(arenas_[2], forever));
    if (made.ok()) made_ = *made;
    return made_;
  }

  /// The words of a chunk of the last text; empty for kNone.
  [[nodiscard]] std::string_view words(const syntax::Unit& unit, std::uint32_t chunk) const {
    if (chunk == syntax::kNone) return {};
    return words(unit, syntax::ChunkRange{chunk, chunk + 1});
  }
  [[nodiscard]] std::string_view words(const syntax::Unit& unit, syntax::ChunkRange chunks) const {
    const std::uint32_t first = unit.words[unit[chunks.begin].begin].token;
    const std::uint32_t last = unit.words[unit[chunks.end - 1].end - 1].last;
    return tokens_.span_of({first, last + 1}).of(text_);
  }

 private:
  TokenizeStage tokenize_;
  TagStage tag_;
  SyntaxStage syntax_;
  TokenizeStage::Scratch tokenize_scratch_;
  TagStage::Scratch tag_scratch_;
  SyntaxStage::Scratch syntax_scratch_;
  ChunkPool pool_;
  std::array<Arena, 3> arenas_{Arena(pool_), Arena(pool_), Arena(pool_)};
  std::string_view text_;
  Tokens tokens_;
  Syntax made_;
};

}  // namespace copydesk::testing
