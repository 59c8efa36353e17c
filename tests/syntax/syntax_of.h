// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <tuple>

#include "stages/parse/article.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk::testing {

/// Runs the stages up to `syntax` on plain texts, one after the other.
class SyntaxMaker {
 public:
  SyntaxMaker() : tag_(COPYDESK_SOURCE_DIR "/models/tagger.model") {}

  /// The layer lives until the next call. Empty after an error.
  const syntax::Syntax& make(std::string_view text) {
    for (Arena& arena : arenas_) arena.reset();
    made_ = {};
    text_ = text;
    parse::Article article;
    article.text = text;
    const auto forever = StageContext::Clock::time_point::max();
    const auto tokens = tokenize_.run(tokenize::TokenizeStage::Input{std::tuple<const parse::Article&>(article)},
                                      tokenize_scratch_, StageContext(arenas_[0], forever));
    if (!tokens.ok()) return made_;
    tokens_ = *tokens;
    const auto tags =
        tag_.run(tag::TagStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&>(article, *tokens)},
                 tag_scratch_, StageContext(arenas_[1], forever));
    if (!tags.ok()) return made_;
    const auto made = syntax_.run(
        syntax::SyntaxStage::Input{
            std::tuple<const parse::Article&, const tokenize::Tokens&, const tag::Tags&>(article, *tokens, *tags)},
        syntax_scratch_, StageContext(arenas_[2], forever));
    if (made.ok()) made_ = *made;
    return made_;
  }

  /// The words of a chunk of the last text; empty for kNone.
  [[nodiscard]] std::string_view words(const syntax::Unit& unit, std::uint32_t chunk) const {
    if (chunk == syntax::kNoIndex) return {};
    return words(unit, syntax::ChunkRange{chunk, chunk + 1});
  }
  [[nodiscard]] std::string_view words(const syntax::Unit& unit, syntax::ChunkRange chunks) const {
    const std::uint32_t first = unit.words[unit[chunks.begin].begin].token;
    const std::uint32_t last = unit.words[unit[chunks.end - 1].end - 1].last;
    return tokens_.span_of({first, last + 1}).of(text_);
  }

 private:
  tokenize::TokenizeStage tokenize_;
  tag::TagStage tag_;
  syntax::SyntaxStage syntax_;
  tokenize::TokenizeStage::Scratch tokenize_scratch_;
  tag::TagStage::Scratch tag_scratch_;
  syntax::SyntaxStage::Scratch syntax_scratch_;
  ChunkPool pool_;
  std::array<Arena, 3> arenas_{Arena(pool_), Arena(pool_), Arena(pool_)};
  std::string_view text_;
  tokenize::Tokens tokens_;
  syntax::Syntax made_;
};

}  // namespace copydesk::testing
