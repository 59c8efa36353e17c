#include "stages/quotes/quotes_stage.h"

#include <algorithm>
#include <utility>

#include "stages/quotes/confidence.h"
#include "stages/quotes/finder.h"
#include "stages/quotes/headings.h"
#include "stages/quotes/polarity.h"

namespace copydesk::quotes {
namespace {

Span bytes_of(const tokenize::Tokens& tokens, TokenRange range) {
  return range.empty() ? Span{} : tokens.span_of(range);
}

QuoteType type_of(const quotes::Candidates& candidates, const quotes::Candidate& candidate,
                  std::span<const quotes::Region> regions) {
  std::uint32_t inside = 0;
  std::uint32_t all = 0;
  for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
    const TokenRange span = candidates.spans[candidate.first_span + i];
    all += span.size();
    auto region = std::partition_point(regions.begin(), regions.end(),
                                       [&](const quotes::Region& r) { return r.tokens.end <= span.begin; });
    for (; region != regions.end() && region->tokens.begin < span.end; ++region) {
      inside += std::min(region->tokens.end, span.end) - std::max(region->tokens.begin, span.begin);
    }
  }
  if (inside == 0) return QuoteType::kIndirect;
  return inside == all ? QuoteType::kDirect : QuoteType::kMixed;
}

/// "Why?" Lee asked. — the cue is a sentence of its own for the tokenizer: a few words, a verb of speech, and nothing
/// that it takes.
bool is_cue_sentence(const tokenize::Tokens& tokens, std::string_view text, const quotes::Lexicon& lexicon,
                     TokenRange sentence) {
  constexpr std::uint32_t kSubject = 8;
  if (tokens.has(sentence.begin, tokenize::kParagraphStart) || tokens.has(sentence.begin, tokenize::kPunctuation))
    return false;
  // "Not once." A spokesman declined to comment.: what ends in a full stop has no cue in the next sentence.
  if (sentence.begin >= 2 && tokens.text(text, sentence.begin - 2) == "." &&
      tokens.has(sentence.begin, tokenize::kInitialUpper)) {
    return false;
  }
  const std::uint32_t limit = std::min(sentence.end, sentence.begin + kSubject);
  for (std::uint32_t token = sentence.begin; token < limit; ++token) {
    const quotes::Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[token]);
    if (tokens.has(token, tokenize::kPunctuation) && tokens.text(text, token) != "." && tokens.text(text, token) != "-")
      return false;
    const quotes::Cue& cue = lexicon.cue(entry.cue);
    if (token == sentence.begin || !cue.speech || (cue.frames & quotes::kQuoted) == 0) continue;
    if (tokens.has(token, tokenize::kInitialUpper)) continue;
    const std::uint32_t next = token + 1;
    if (next >= sentence.end || tokens.has(next, tokenize::kPunctuation)) return true;
    switch (lexicon.find(tokens.lower_hashes[next]).word_class) {
      case quotes::WordClass::kIn:
      case quotes::WordClass::kOn:
      case quotes::WordClass::kAt:
      case quotes::WordClass::kTime:
      case quotes::WordClass::kSubordinator:
      case quotes::WordClass::kRecipient: return true;
      default: return false;
    }
  }
  return false;
}

}  // namespace

QuotesStage::QuotesStage(quotes::Lexicon lexicon)
    : lexicon_(std::make_shared<const quotes::Lexicon>(std::move(lexicon))) {}

Result<Quotes> QuotesStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const parse::Article& article = input.get<parse::Article>();
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  const tag::Tags& tags = input.get<tag::Tags>();
  if (article.analysis != parse::Analysis::kFull || tokens.size() == 0) return Quotes{};

  quotes::QuotationMarks().find(tokens, article.text, scratch.regions);
  std::span<const tag::Tag> tag_view = tags.of;
  if (tag_view.size() != tokens.size()) {
    quotes::guess_tags(tokens, article.text, *lexicon_, scratch.tags);
    tag_view = scratch.tags;
  }
  const quotes::ArticleView view{article.text, tokens, tag_view, scratch.regions};
  scratch.candidates.clear();
  quotes::Finder finder(view, *lexicon_, scratch.candidates);

  std::uint32_t region = 0;
  for (std::size_t s = 0; s < tokens.sentences.size();) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "the article's time was up while finding quotes"};
    // A unit is a sentence, and those that a quotation ties to it.
    TokenRange range = tokens.sentences[s++];
    scratch.unit.opens_paragraph = tokens.has(range.begin, tokenize::kParagraphStart);
    range.begin = quotes::past_heading(tokens, article.text, range);
    while (region < scratch.regions.size() && scratch.regions[region].tokens.end <= range.begin) ++region;
    std::uint32_t last = region;
    while (s < tokens.sentences.size()) {
      while (last < scratch.regions.size() && scratch.regions[last].tokens.end <= range.end) ++last;
      const bool tied = last < scratch.regions.size() && scratch.regions[last].tokens.begin < range.end;
      const bool quoted_end = last > region && last <= scratch.regions.size() &&
                              scratch.regions[last - 1].tokens.end == range.end && scratch.regions[last - 1].closed;
      if (!tied && !(quoted_end && is_cue_sentence(tokens, article.text, *lexicon_, tokens.sentences[s]))) break;
      range.end = tokens.sentences[s++].end;
    }
    quotes::analyse(view, *lexicon_, range, region, scratch.unit);
    finder.find_direct(scratch.unit);
    finder.find_reported(scratch.unit);
  }
  for (quotes::Candidate& candidate : scratch.candidates.items) {
    candidate.confidence = quotes::confidence_of(scratch.candidates, candidate, lexicon_->cue(candidate.cue_index));
  }
  scratch.overlaps.choose(scratch.candidates, static_cast<std::uint32_t>(tokens.size()), scratch.chosen);

  std::span<Quote> quotes = context.arena().make_array<Quote>(scratch.chosen.size());
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const quotes::Candidate& candidate = scratch.candidates.items[scratch.chosen[i]];
    Quote& quote = quotes[i];
    quote = Quote{};
    quote.type = type_of(scratch.candidates, candidate, scratch.regions);
    quote.extent = tokens.span_of(scratch.candidates.extent(candidate));
    std::span<Span> spans = context.arena().make_array<Span>(candidate.span_count);
    for (std::uint32_t k = 0; k < candidate.span_count; ++k) {
      spans[k] = tokens.span_of(scratch.candidates.spans[candidate.first_span + k]);
    }
    quote.spans = spans;
    quote.source_kind = candidate.source_kind;
    quote.source = bytes_of(tokens, candidate.source);
    quote.antecedent = bytes_of(tokens, candidate.antecedent);
    quote.cue = bytes_of(tokens, candidate.cue);
    quote.cue_lemma = lexicon_->cue(candidate.cue_index).lemma;
    quote.polarity = quotes::polarity_of(tokens, *lexicon_, candidate);
    quote.confidence = candidate.confidence;
  }
  return Quotes{quotes};
}

}  // namespace copydesk::quotes
