// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/finder.h"

#include <algorithm>

namespace copydesk::quotes {

Candidate& Finder::add(Rule rule, std::uint32_t frame) {
  Candidate candidate;
  candidate.rule = rule;
  candidate.frame = frame;
  candidate.first_span = static_cast<std::uint32_t>(out_.spans.size());
  out_.items.push_back(candidate);
  return out_.items.back();
}

void Finder::add_span(Candidate& candidate, TokenRange tokens) {
  if (tokens.empty()) return;
  const std::uint32_t end = candidate.first_span + candidate.span_count;
  if (end != out_.spans.size()) {
    // Spans of a candidate are consecutive: move them to the end before adding one.
    const auto first = static_cast<std::uint32_t>(out_.spans.size());
    for (std::uint32_t i = 0; i < candidate.span_count; ++i) {
      const TokenRange span = out_.spans[candidate.first_span + i];
      out_.spans.push_back(span);
    }
    candidate.first_span = first;
  }
  out_.spans.push_back(tokens);
  ++candidate.span_count;
}

TokenRange Finder::tokens_of(const syntax::Unit& unit, syntax::ChunkRange chunks) const {
  if (!chunks.found() || chunks.begin >= chunks.end) return {};
  return {unit.words[unit[chunks.begin].begin].token, unit.words[unit[chunks.end - 1].end - 1].last + 1};
}

void Finder::set_source(const syntax::Unit& unit, Candidate& candidate, const Source& source) const {
  candidate.source = tokens_of(unit, source.mention);
  candidate.antecedent = tokens_of(unit, source.antecedent);
  candidate.source_kind = SourceKind::kNone;
  candidate.source_reason = SourceReason::kNone;
  if (!source.mention.found()) return;
  candidate.source_reason = SourceReason::kOfCue;
  const syntax::Chunk& first = unit[source.mention.begin];
  const bool alone = source.mention.end - source.mention.begin == 1;
  const bool pronoun =
      (first.has(syntax::kPronoun) || first.kind == syntax::ChunkKind::kWh || first.kind == syntax::ChunkKind::kThat) &&
      alone;
  candidate.source_kind = pronoun ? SourceKind::kPronoun : SourceKind::kNominal;
  const syntax::Word& word = unit.words[first.begin];
  if (source.mention.begin == 0 && first.has(syntax::kName) && first.end - first.begin > 1 &&
      lexicon_.cue(word.cue).speech && candidate.rule == Rule::kCueThenQuoted) {
    candidate.source.begin = unit.words[first.begin + 1].token;  // "Said | Ann Lee"
  }
  const syntax::Chunk& last = unit[source.mention.end - 1];
  if (last.has(syntax::kPossessiveEnd) && candidate.source.size() > 1) --candidate.source.end;
}

void Finder::set_cue(const syntax::Unit& unit, Candidate& candidate, std::uint32_t begin, std::uint32_t end) const {
  candidate.cue = tokens_of(unit, {begin, end});
}

TokenRange Finder::content_tokens(const syntax::Unit& unit, std::uint32_t begin_chunk, std::uint32_t end_chunk) const {
  const auto outer = [](syntax::ChunkKind kind) {
    return kind == syntax::ChunkKind::kComma || kind == syntax::ChunkKind::kColon ||
           kind == syntax::ChunkKind::kSemicolon || kind == syntax::ChunkKind::kStop ||
           kind == syntax::ChunkKind::kDash;
  };
  while (begin_chunk < end_chunk && outer(unit[begin_chunk].kind)) ++begin_chunk;
  while (begin_chunk < end_chunk && outer(unit[end_chunk - 1].kind)) --end_chunk;
  if (begin_chunk >= end_chunk) return {};
  const syntax::Chunk& first = unit[begin_chunk];
  const syntax::Chunk& last = unit[end_chunk - 1];
  TokenRange tokens{unit.words[first.begin].token, unit.words[last.end - 1].last + 1};
  if (last.kind == syntax::ChunkKind::kQuoted) {
    tokens.end = article_.regions[last.region].tokens.end;
  } else if (const std::uint32_t region = unit.words[last.end - 1].region; region != syntax::kNoIndex) {
    // Punctuation and the closing mark after the last word.
    const TokenRange quoted = article_.regions[region].tokens;
    std::uint32_t end = tokens.end;
    while (end < quoted.end && article_.tokens.has(end, tokenize::kPunctuation)) ++end;
    if (end == quoted.end && quoted.begin + 1 >= tokens.begin) tokens.end = end;
  }
  if (first.kind != syntax::ChunkKind::kQuoted && unit.words[first.begin].region != syntax::kNoIndex) {
    const TokenRange quoted = article_.regions[unit.words[first.begin].region].tokens;
    if (quoted.begin + 1 == tokens.begin) tokens.begin = quoted.begin;
  }
  return tokens;
}

}  // namespace copydesk::quotes
