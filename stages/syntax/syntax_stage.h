// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/stage.h"
#include "stages/syntax/chunker.h"
#include "stages/syntax/clauses.h"
#include "stages/syntax/joined_phrases.h"
#include "stages/syntax/lexicon.h"
#include "stages/syntax/quotation_marks.h"
#include "stages/syntax/syntax.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::syntax {

/// Finds quotations, base phrases and clauses; see docs/syntax.md. English only. Time is linear in the text.
class SyntaxStage {
 public:
  static constexpr std::string_view kName = "syntax";
  using Input = Reads<parse::Article, tokenize::Tokens, tag::Tags>;
  using Output = Syntax;

  struct Scratch {
    std::vector<syntax::Region> regions;
    std::vector<tag::Tag> tags;  ///< guessed, where the article has none
    std::vector<syntax::Unit> units;
    std::vector<syntax::Unit> quoted_units;
    syntax::UnitBuffer words;
    syntax::ClauseBuffer clauses;
    syntax::JoinedPhrases joined;
  };

  explicit SyntaxStage(syntax::Lexicon lexicon = syntax::Lexicon::english());

  [[nodiscard]] Result<Syntax> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  /// A unit of `tokens` in the arena.
  [[nodiscard]] syntax::Unit make_unit(const syntax::ArticleView& article, TokenRange tokens,
                                       std::uint32_t first_region, Scratch& scratch, Arena& arena) const;
  /// The sentences inside the quotations that `unit` holds as wholes.
  void add_quoted(const syntax::ArticleView& article, const syntax::Unit& unit, Scratch& scratch, Arena& arena) const;

  std::shared_ptr<const syntax::Lexicon> lexicon_;
};

}  // namespace copydesk::syntax
