// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "stages/parse/article.h"
#include "stages/quotes/quotes_stage.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/tokenize/tokenize_stage.h"

namespace copydesk::testing {

/// Runs the stages up to the quotes on plain texts, one after the other.
class QuoteFinder {
 public:
  explicit QuoteFinder(const std::filesystem::path& tagger_model, syntax::Lexicon lexicon = syntax::Lexicon::english())
      : tag_(tagger_model), syntax_(std::move(lexicon)) {}

  /// The quotes live until the next call. Empty after an error. `tagged`: else the stage gets no parts of speech.
  quotes::Quotes find(std::string_view text, bool tagged = true) {
    for (Arena& arena : arenas_) arena.reset();
    tokens_ = {};
    quotes_scratch_.candidates.clear();
    quotes_scratch_.chosen.clear();
    parse::Article article;
    article.text = text;
    const auto forever = StageContext::Clock::time_point::max();
    const auto tokens = tokenize_.run(tokenize::TokenizeStage::Input{std::tuple<const parse::Article&>(article)},
                                      tokenize_scratch_, StageContext(arenas_[0], forever));
    if (!tokens.ok()) return {};
    tokens_ = *tokens;
    const auto tags =
        tag_.run(tag::TagStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&>(article, *tokens)},
                 tag_scratch_, StageContext(arenas_[1], forever));
    if (!tags.ok()) return {};
    const tag::Tags seen = tagged ? *tags : tag::Tags{};
    const auto syntax = syntax_.run(
        syntax::SyntaxStage::Input{
            std::tuple<const parse::Article&, const tokenize::Tokens&, const tag::Tags&>(article, *tokens, seen)},
        syntax_scratch_, StageContext(arenas_[2], forever));
    if (!syntax.ok()) return {};
    const auto quotes = quotes_.run(
        quotes::QuotesStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&, const syntax::Syntax&>(
            article, *tokens, *syntax)},
        quotes_scratch_, StageContext(arenas_[3], forever));
    return quotes.ok() ? *quotes : quotes::Quotes{};
  }

  /// What the last call considered, before one of those that overlap was chosen; and the tokens it speaks of.
  [[nodiscard]] const quotes::QuotesStage::Scratch& considered() const { return quotes_scratch_; }
  [[nodiscard]] const tokenize::Tokens& tokens() const { return tokens_; }

 private:
  tokenize::Tokens tokens_;
  tokenize::TokenizeStage tokenize_;
  tag::TagStage tag_;
  syntax::SyntaxStage syntax_;
  quotes::QuotesStage quotes_;
  tokenize::TokenizeStage::Scratch tokenize_scratch_;
  tag::TagStage::Scratch tag_scratch_;
  syntax::SyntaxStage::Scratch syntax_scratch_;
  quotes::QuotesStage::Scratch quotes_scratch_;
  ChunkPool pool_;
  std::array<Arena, 4> arenas_{Arena(pool_), Arena(pool_), Arena(pool_), Arena(pool_)};
};

}  // namespace copydesk::testing
