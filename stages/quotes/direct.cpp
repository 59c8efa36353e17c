// SPDX-License-Identifier: Apache-2.0
// Quotations that read as sentences of their own, and who says them.
#include <algorithm>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"

namespace copydesk::quotes {

void Finder::find_direct(const syntax::Unit& unit) {
  dialogue_.next_unit(unit.opens_paragraph);
  reported_.clear();
  inverted_.assign(unit.size(), false);
  sign_off(unit);
  for (std::size_t n = 0; n < unit.quoted.size(); ++n) {
    const std::uint32_t quoted = unit.quoted[n];
    if (n > 0 && joins_previous(unit, unit.quoted[n - 1], quoted)) continue;
    const CueMatch match = cue_of(unit, quoted);
    if (match.found())
      attributed(unit, quoted, match);
    else
      quoted_alone(unit, quoted);
  }
}

/// "…" and, as a line of its own: - Ann Lee
void Finder::sign_off(const syntax::Unit& unit) {
  if (!unit.is(0, syntax::ChunkKind::kDash) || !unit.is(1, syntax::ChunkKind::kNoun) || !unit[1].has(syntax::kName) ||
      unit.size() >= 12)
    return;
  const Dialogue::Speaker& last = dialogue_.last();
  if (!last.known() || last.unit + 1 != dialogue_.unit()) return;
  Candidate& quote = out_.items[last.quote];
  if (quote.rule != Rule::kQuotedAlone) return;
  set_source(unit, quote, {syntax::noun_phrase_at(unit, 1), {}});
  quote.rule = Rule::kTranscript;
}

/// "A," she said, "B": what a cue between two quotations joins is one quote. True where the quotation `right` went to
/// the quote before it, or was found with the second of two cues between them.
bool Finder::joins_previous(const syntax::Unit& unit, std::uint32_t left, std::uint32_t right) {
  const Dialogue::Speaker last = dialogue_.last();
  if (!last.known() || last.paragraph != dialogue_.paragraph()) return false;
  const bool follows = left + 1 == right;
  const Rule rule = out_.items[last.quote].rule;
  if (!follows && rule != Rule::kQuotedThenCue && rule != Rule::kAccordingTo) return false;
  const TokenRange tokens = article_.regions[unit[right].region].tokens;
  if (const CueMatch own = cue_between(unit, left, right); own.found()) {
    Candidate& candidate = add(Rule::kCueThenQuoted, syntax::kQuoted);
    add_span(candidate, tokens);
    set_source(unit, candidate, own.source);
    if (!own.source.mention.found()) {
      candidate.source = last.source;
      candidate.source_kind = last.kind;
      candidate.source_reason = last.source.empty() ? SourceReason::kNone : SourceReason::kContinued;
    }
    set_cue(unit, candidate, own.begin, own.end);
    candidate.cue_index = own.cue;
    dialogue_.heard_again(candidate, last_index());
    return true;
  }
  const bool introduced = unit.is(right - 1, syntax::ChunkKind::kColon) && unit.is(right - 2, syntax::ChunkKind::kVerb);
  if (!follows && (cue_after(unit, right).found() || introduced)) return false;
  add_span(out_.items[last.quote], tokens);
  return true;
}

/// The cue of a quotation: after it, unless one before it is the likelier.
Finder::CueMatch Finder::cue_of(const syntax::Unit& unit, std::uint32_t quoted) const {
  const CueMatch after = cue_after(unit, quoted);
  const bool introduced =
      quoted > 0 && (unit.is(quoted - 1, syntax::ChunkKind::kColon) || unit.is(quoted - 1, syntax::ChunkKind::kComma) ||
                     unit.is(quoted - 1, syntax::ChunkKind::kVerb) || unit.is(quoted - 1, syntax::ChunkKind::kThat));
  const bool comma_inside = ends_in_comma(article_.regions[unit[quoted].region]);
  if (!after.found() || after.cue == 0 || (introduced && !comma_inside)) {
    const CueMatch before = cue_before(unit, quoted);
    if (before.found() && (before.cue != 0 || !after.found() || before.rule == Rule::kTranscript)) return before;
  }
  return after;
}

/// "It holds," and the water falls, she said: what stands between the quotation and its cue, where it has a verb.
TokenRange Finder::content_before_cue(const syntax::Unit& unit, std::uint32_t quoted, const CueMatch& match) const {
  TokenRange content = article_.regions[unit[quoted].region].tokens;
  if (match.rule != Rule::kQuotedThenCue || !match.source.mention.found() || match.source.mention.begin <= quoted + 1) {
    return content;
  }
  const std::uint32_t cue_begin = std::min(match.source.mention.begin, match.begin);
  if (!unit.is(cue_begin - 1, syntax::ChunkKind::kComma)) return content;
  for (std::uint32_t i = quoted + 1; i + 1 < cue_begin; ++i) {
    if (unit[i].kind != syntax::ChunkKind::kVerb || !unit[i].has(syntax::kFinite)) continue;
    content.end = content_tokens(unit, quoted, cue_begin - 1).end;
    break;
  }
  return content;
}

/// What goes on after the cue without a quotation of its own: "…," she said, that it holds. — "I like him," she said,
/// but "he talks too much."
bool Finder::goes_on_after_cue(const syntax::Unit& unit, const CueMatch& match) {
  if (match.rule != Rule::kQuotedThenCue || !unit.is(match.end, syntax::ChunkKind::kComma)) return false;
  if (unit.is(match.end + 1, syntax::ChunkKind::kThat)) return true;
  const std::uint32_t next = match.end + 2;
  return unit.is(match.end + 1, syntax::ChunkKind::kConjunction) && next < unit.size() &&
         unit.words[unit[next].begin].region != syntax::kNoIndex && !unit.is(next, syntax::ChunkKind::kQuoted);
}

void Finder::attributed(const syntax::Unit& unit, std::uint32_t quoted, const CueMatch& match) {
  Candidate& candidate = add(match.rule, syntax::kQuoted);
  add_span(candidate, content_before_cue(unit, quoted, match));
  if (goes_on_after_cue(unit, match)) {
    add_span(candidate, content_tokens(unit, match.end + 1, syntax::clause_end(unit, lexicon_, match.end + 1)));
  }
  const syntax::ChunkRange mention = match.source.mention;
  set_source(unit, candidate, match.source);
  if (!mention.found() && match.begin == 0 && unit[0].has(syntax::kGerundVerb)) {
    candidate.source = dialogue_.narration().subject;
    candidate.source_kind = dialogue_.narration().kind;
    candidate.source_reason = candidate.source.empty() ? SourceReason::kNone : SourceReason::kSentenceBefore;
  }
  set_cue(unit, candidate, match.begin, match.end);
  candidate.cue_index = match.cue;
  if (mention.found() && mention.begin == match.begin + 1) inverted_[match.begin] = true;
  reported_.push_back({match.begin, std::max(match.end, mention.found() ? mention.end : 0), true, match.source});
  dialogue_.heard(candidate, last_index());
}

/// The last quote ends in a question mark.
bool Finder::asks_last() const {
  const Candidate& quote = out_.items[dialogue_.last().quote];
  if (quote.span_count == 0) return false;
  std::uint32_t token = out_.spans[quote.first_span + quote.span_count - 1].end - 1;
  while (token > 0 && (article_.tokens.flags[token] & (tokenize::kOpenQuote | tokenize::kCloseQuote)) != 0) --token;
  return article_.tokens.text(article_.text, token) == "?";
}

/// WALLACE: at the start of a quotation: the tokens of the name, or none.
TokenRange Finder::label_inside(const syntax::Region& region) const {
  const tokenize::Tokens& tokens = article_.tokens;
  std::uint32_t token = region.tokens.begin + 1;
  const std::uint32_t limit = std::min(region.tokens.end, token + 5);
  while (token < limit && tokens.has(token, tokenize::kAllUpper)) ++token;
  if (token == region.tokens.begin + 1 || token >= limit) return {};
  return tokens.text(article_.text, token) == ":" ? TokenRange{region.tokens.begin + 1, token} : TokenRange{};
}

void Finder::quoted_alone(const syntax::Unit& unit, std::uint32_t quoted) {
  const syntax::Region& region = article_.regions[unit[quoted].region];
  const TokenRange label = label_inside(region);  // a speaker of its own
  const Dialogue::Speaker& last = dialogue_.last();
  const bool signed_off = last.known() && out_.items[last.quote].rule == Rule::kTranscript &&
                          out_.items[last.quote].cue.begin >= out_.extent(out_.items[last.quote]).end;
  if (label.empty() && !signed_off && dialogue_.speaks_on()) {
    add_span(out_.items[last.quote], region.tokens);  // "A," she said. "B."
    dialogue_.goes_on();
    return;
  }
  // Only a unit that is nothing but the quotation speaks by itself.
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    if (i != quoted && unit[i].kind != syntax::ChunkKind::kStop && unit[i].kind != syntax::ChunkKind::kOther) return;
  }
  if (region.single && unit.opens_paragraph) return;  // a subheading
  const bool answers = last.known() && asks_last();
  // A paragraph that is one quotation goes on with the quote before it, unless that was a question.
  if (label.empty() && unit.opens_paragraph && dialogue_.carries_over() && !answers) {
    add_span(out_.items[last.quote], region.tokens);
    dialogue_.goes_on();
    return;
  }
  Candidate& candidate = add(label.empty() ? Rule::kQuotedAlone : Rule::kTranscript, syntax::kQuoted);
  if (label.empty()) {
    add_span(candidate, region.tokens);
    const Dialogue::Attribution by = dialogue_.speaker_alone(unit.opens_paragraph, answers);
    candidate.source = by.source;
    candidate.source_kind = by.kind;
    candidate.source_reason = by.reason;
  } else {
    add_span(candidate, {label.end + 1, region.tokens.end});
    candidate.source = label;
    candidate.source_kind = SourceKind::kNominal;
    candidate.source_reason = SourceReason::kOfCue;
    candidate.cue = {label.end, label.end + 1};
  }
  dialogue_.heard(candidate, last_index());
}

}  // namespace copydesk::quotes
