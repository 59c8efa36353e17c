#include "stages/syntax/syntax_stage.h"

#include <utility>

#include "stages/syntax/guessed_tags.h"
#include "stages/syntax/units.h"

namespace copydesk {

SyntaxStage::SyntaxStage(syntax::Lexicon lexicon)
    : lexicon_(std::make_shared<const syntax::Lexicon>(std::move(lexicon))) {}

Result<Syntax> SyntaxStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const Article& article = input.get<Article>();
  const Tokens& tokens = input.get<Tokens>();
  Syntax made;
  made.lexicon = lexicon_.get();
  if (article.analysis != Analysis::kFull || tokens.size() == 0) return made;

  Arena& arena = context.arena();
  syntax::QuotationMarks().find(tokens, article.text, scratch.regions);
  made.quotations = arena.copy(scratch.regions);
  made.tags = input.get<Tags>().of;
  if (made.tags.size() != tokens.size()) {
    syntax::guess_tags(tokens, article.text, *lexicon_, scratch.tags);
    made.tags = arena.copy(scratch.tags);
  }
  const syntax::ArticleView view{article.text, tokens, made.tags, made.quotations};
  scratch.units.clear();
  for (syntax::UnitSplitter splitter(view, *lexicon_); splitter.next();) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "the article's time was up while finding phrases"};
    syntax::Unit unit = syntax::chunk_unit(view, *lexicon_, splitter.tokens, splitter.first_region, scratch.buffer);
    unit.opens_paragraph = splitter.opens_paragraph;
    unit.words = arena.copy(unit.words);
    unit.chunks = arena.copy(unit.chunks);
    unit.quoted = arena.copy(unit.quoted);
    scratch.units.push_back(unit);
  }
  made.units = arena.copy(scratch.units);
  return made;
}

}  // namespace copydesk
