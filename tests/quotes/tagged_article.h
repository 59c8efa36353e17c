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
#include "stages/tag/tag.h"
#include "stages/tokenize/tokenize.h"

namespace copydesk::testing {

/// Runs the stages up to the quotes on plain texts, one after the other.
class QuoteFinder {
 public:
  explicit QuoteFinder(const std::filesystem::path& tagger_model, syntax::Lexicon lexicon = syntax::Lexicon::english())
      : tag_(tagger_model), syntax_(std::move(lexicon)) {}

  /// The quotes live until the next call. Empty after an error. `tagged`: else the stage gets no parts of speech.
  Quotes find(std::string_view text, bool tagged = true) {
    for (Arena& arena : arenas_) arena.reset();
    tokens_ = {};
    quotes_scratch_.candidates.clear();
    quotes_scratch_.chosen.clear();
    Article article;
    article.text = text;
    const auto forever = StageContext::Clock::time_point::max();
    const auto tokens = tokenize_.run(TokenizeStage::Input{std::tuple<const Article&>(article)}, tokenize_scratch_,
                                      StageContext(arenas_[0], forever));
    if (!tokens.ok()) return {};
    tokens_ = *tokens;
    const auto tags = tag_.run(TagStage::Input{std::tuple<const Article&, const Tokens&>(article, *tokens)},
                               tag_scratch_, StageContext(arenas_[1], forever));
    if (!tags.ok()) return {};
    const Tags seen = tagged ? *tags : Tags{};
    const auto syntax =
        syntax_.run(SyntaxStage::Input{std::tuple<const Article&, const Tokens&, const Tags&>(article, *tokens, seen)},
                    syntax_scratch_, StageContext(arenas_[2], forever));
    if (!syntax.ok()) return {};
    const auto quotes = quotes_.run(
        QuotesStage::Input{std::tuple<const Article&, const Tokens&, const Syntax&>(article, *tokens, *syntax)},
        quotes_scratch_, StageContext(arenas_[3], forever));
    return quotes.ok() ? *quotes : Quotes{};
  }

  /// What the last call considered, before one of those that overlap was chosen; and the tokens it speaks of.
  [[nodiscard]] const QuotesStage::Scratch& considered() const { return quotes_scratch_; }
  [[nodiscard]] const Tokens& tokens() const { return tokens_; }

 private:
  Tokens tokens_;
  TokenizeStage tokenize_;
  TagStage tag_;
  SyntaxStage syntax_;
  QuotesStage quotes_;
  TokenizeStage::Scratch tokenize_scratch_;
  TagStage::Scratch tag_scratch_;
  SyntaxStage::Scratch syntax_scratch_;
  QuotesStage::Scratch quotes_scratch_;
  ChunkPool pool_;
  std::array<Arena, 4> arenas_{Arena(pool_), Arena(pool_), Arena(pool_), Arena(pool_)};
};

}  // namespace copydesk::testing
