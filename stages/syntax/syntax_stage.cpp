// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/syntax_stage.h"

#include <utility>

#include "stages/syntax/guessed_tags.h"
#include "stages/syntax/units.h"

namespace copydesk::syntax {

SyntaxStage::SyntaxStage(syntax::Lexicon lexicon)
    : lexicon_(std::make_shared<const syntax::Lexicon>(std::move(lexicon))) {}

Result<Syntax> SyntaxStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const parse::Article& article = input.get<parse::Article>();
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  Syntax made;
  made.lexicon = lexicon_.get();
  if (article.analysis != parse::Analysis::kFull || tokens.size() == 0) return made;

  Arena& arena = context.arena();
  syntax::QuotationMarks().find(tokens, article.text, scratch.regions);
  made.quotations = arena.copy(scratch.regions);
  made.tags = input.get<tag::Tags>().of;
  if (made.tags.size() != tokens.size()) {
    syntax::guess_tags(tokens, article.text, *lexicon_, scratch.tags);
    made.tags = arena.copy(scratch.tags);
  }
  const syntax::ArticleView view{article.text, tokens, made.tags, made.quotations};
  scratch.units.clear();
  scratch.quoted_units.clear();
  for (syntax::UnitSplitter splitter(view, *lexicon_); splitter.next();) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "the article's time was up while finding phrases"};
    syntax::Unit unit = make_unit(view, splitter.tokens, splitter.first_region, scratch, arena);
    unit.opens_paragraph = splitter.opens_paragraph;
    scratch.units.push_back(unit);
    add_quoted(view, unit, scratch, arena);
  }
  made.units = arena.copy(scratch.units);
  made.quoted_units = arena.copy(scratch.quoted_units);
  return made;
}

syntax::Unit SyntaxStage::make_unit(const syntax::ArticleView& article, TokenRange tokens, std::uint32_t first_region,
                                    Scratch& scratch, Arena& arena) const {
  syntax::Unit unit = syntax::chunk_unit(article, *lexicon_, tokens, first_region, scratch.words);
  syntax::find_clauses(*lexicon_, unit, scratch.clauses);
  syntax::join_phrases(unit, scratch.joined);
  unit.words = arena.copy(unit.words);
  unit.chunks = arena.copy(unit.chunks);
  unit.quoted = arena.copy(unit.quoted);
  unit.clauses = arena.copy(unit.clauses);
  unit.appositions = arena.copy(scratch.joined.appositions);
  unit.coordinations = arena.copy(scratch.joined.coordinations);
  return unit;
}

void SyntaxStage::add_quoted(const syntax::ArticleView& article, const syntax::Unit& unit, Scratch& scratch,
                             Arena& arena) const {
  const syntax::ArticleView inside{article.text, article.tokens, article.tags, {}};
  for (const std::uint32_t chunk : unit.quoted) {
    const syntax::Region& region = article.regions[unit[chunk].region];
    TokenRange sentence{region.tokens.begin + 1, region.tokens.begin + 1};
    const std::uint32_t end = region.closed ? region.tokens.end - 1 : region.tokens.end;
    while (sentence.begin < end) {
      sentence.end = sentence.begin + 1;
      while (sentence.end < end && !article.tokens.has(sentence.end, tokenize::kSentenceStart)) ++sentence.end;
      scratch.quoted_units.push_back(make_unit(inside, sentence, 0, scratch, arena));
      sentence.begin = sentence.end;
    }
  }
}

}  // namespace copydesk::syntax
