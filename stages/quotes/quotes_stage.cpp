// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/quotes_stage.h"

#include <algorithm>

#include "stages/quotes/confidence.h"
#include "stages/quotes/constructions.h"
#include "stages/quotes/finder.h"
#include "stages/quotes/polarity.h"

namespace copydesk::quotes {
namespace {

Span bytes_of(const tokenize::Tokens& tokens, TokenRange range) {
  return range.empty() ? Span{} : tokens.span_of(range);
}

QuoteType type_of(const quotes::Candidates& candidates, const quotes::Candidate& candidate,
                  std::span<const syntax::Region> regions) {
  std::uint32_t inside = 0;
  std::uint32_t all = 0;
  for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
    const TokenRange span = candidates.spans[candidate.first_span + i];
    all += span.size();
    auto region = std::partition_point(regions.begin(), regions.end(),
                                       [&](const syntax::Region& r) { return r.tokens.end <= span.begin; });
    for (; region != regions.end() && region->tokens.begin < span.end; ++region) {
      inside += std::min(region->tokens.end, span.end) - std::max(region->tokens.begin, span.begin);
    }
  }
  if (inside == 0) return QuoteType::kIndirect;
  return inside == all ? QuoteType::kDirect : QuoteType::kMixed;
}

Quote quote_of(const tokenize::Tokens& tokens, const syntax::Syntax& syntax, const quotes::Candidates& candidates,
               const quotes::Candidate& candidate, Arena& arena) {
  Quote quote;
  quote.type = type_of(candidates, candidate, syntax.quotations);
  quote.extent = tokens.span_of(candidates.extent(candidate));
  std::span<Span> spans = arena.make_array<Span>(candidate.span_count);
  for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
    spans[i] = tokens.span_of(candidates.spans[candidate.first_span + i]);
  }
  quote.spans = spans;
  quote.source_kind = candidate.source_kind;
  quote.source = bytes_of(tokens, candidate.source);
  quote.antecedent = bytes_of(tokens, candidate.antecedent);
  quote.cue = bytes_of(tokens, candidate.cue);
  quote.cue_lemma = syntax.lexicon->cue(candidate.cue_index).lemma;
  quote.polarity = quotes::polarity_of(tokens, *syntax.lexicon, candidate);
  quote.source_reason = candidate.source.empty() ? SourceReason::kNone : candidate.source_reason;
  quote.construction = quotes::construction_of(candidate.rule, candidate.frame).name;
  quote.confidence = candidate.confidence;
  return quote;
}

}  // namespace

Result<Quotes> QuotesStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const parse::Article& article = input.get<parse::Article>();
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  const syntax::Syntax& syntax = input.get<syntax::Syntax>();
  scratch.candidates.clear();
  if (syntax.units.empty()) return Quotes{};
  const syntax::Lexicon& lexicon = *syntax.lexicon;
  const syntax::ArticleView view{article.text, tokens, syntax.tags, syntax.quotations};
  quotes::Finder finder(view, lexicon, scratch.candidates);
  for (const syntax::Unit& unit : syntax.units) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "the article's time was up while finding quotes"};
    finder.find_direct(unit);
    finder.find_reported(unit);
  }
  for (quotes::Candidate& candidate : scratch.candidates.items) {
    candidate.confidence = quotes::confidence_of(scratch.candidates, candidate, lexicon.cue(candidate.cue_index));
  }
  scratch.overlaps.choose(scratch.candidates, static_cast<std::uint32_t>(tokens.size()), scratch.chosen);

  std::span<Quote> found = context.arena().make_array<Quote>(scratch.chosen.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const quotes::Candidate& candidate = scratch.candidates.items[scratch.chosen[i]];
    found[i] = quote_of(tokens, syntax, scratch.candidates, candidate, context.arena());
  }
  return Quotes{found};
}

}  // namespace copydesk::quotes
