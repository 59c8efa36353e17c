#include <algorithm>

#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"

namespace copydesk::quotes {
namespace {

constexpr std::uint32_t kColonReach = 8;  // chunks between a cue and the colon that ends its sentence, at most
constexpr std::uint32_t kCueReach = 40;   // chunks between a quotation and its cue, at most

bool ends_clause(ChunkKind kind) {
  return kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon || kind == ChunkKind::kQuoted;
}

}  // namespace

Finder::CueMatch Finder::cue_after(const Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;  // a verb that is no known cue
  std::uint32_t at = quoted + 1;
  if (unit.is(at, ChunkKind::kOther)) ++at;  // the third mark where an inner quotation ends with the outer one
  while (unit.is(at, ChunkKind::kComma) || unit.is(at, ChunkKind::kDash)) ++at;
  const std::uint32_t limit = std::min(unit.size(), at + kCueReach);
  // "…," when he was asked: what follows is no cue.
  if (at < unit.size() &&
      (unit[at].word_class == WordClass::kWhAdverb || unit[at].word_class == WordClass::kSubordinator ||
       unit[at].word_class == WordClass::kWhile || unit[at].word_class == WordClass::kBecause)) {
    return {};
  }
  for (std::uint32_t i = at; i < limit; ++i) {
    const Chunk& chunk = unit[i];
    if (ends_clause(chunk.kind)) break;
    if (chunk.kind != ChunkKind::kVerb && chunk.word_class != WordClass::kAccording) continue;
    if (chunk.word_class == WordClass::kAccording) {
      const ChunkRange noun = modified_noun_phrase_at(unit, i + 2);
      if (!noun.found()) continue;
      match = {i, i + 2, {noun, {}}, 0, Rule::kAccordingTo};
      break;
    }
    const Cue& cue = lexicon_.cue(chunk.cue);
    const bool known = (cue.frames & kQuoted) != 0;
    Source source;
    if (i == at) {
      // "…," said Ann Lee; "…," chimed in Ann Lee; but "…," citing the dam.
      const bool particle = unit.is(i + 1, ChunkKind::kAdverb) || unit.is(i + 1, ChunkKind::kPrep);
      const std::uint32_t noun = !known && particle && unit[i + 2].has(kName) ? i + 2 : i + 1;
      if (unit.is(noun, ChunkKind::kNoun) && !chunk.has(kGerundVerb))
        source.mention = modified_noun_phrase_at(unit, noun);
      // Any verb will do between a comma, the closing mark and a name: "…," grumbled Ann Lee.
      if (!known && source.mention.found() && unit[noun].has(kName) && chunk.end == chunk.begin + 1 &&
          !unit[noun].has(kTimePhrase) && ends_in_comma(article_.regions[unit[quoted].region])) {
        other = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
      }
    } else {
      source = subject_of(unit, lexicon_, i);
      if (source.mention.found() && source.mention.begin < at) source = {};
      if (source.mention.found() && unit[source.mention.begin].kind == ChunkKind::kWh) continue;
    }
    // "It holds." Ann Lee said: "It does.": the cue is that of the next quotation.
    if (unit.is(i + 1, ChunkKind::kColon) && unit.is(i + 2, ChunkKind::kQuoted) &&
        !ends_in_comma(article_.regions[unit[quoted].region])) {
      break;
    }
    // "…," Ann Lee, a farmer working in Oss, said: no participle is the cue.
    if (known && source.mention.found() && (chunk.has(kFinite) || i == at)) {
      match = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
      break;
    }
    if (!other.found() && source.mention.found() && chunk.has(kFinite) && i > at) {
      other = {i, i + 1, source, chunk.cue, Rule::kQuotedThenCue};
    }
  }
  if (match.found() || other.found()) return match.found() ? match : other;
  // "…" — Ann Lee, Oss
  if (at > quoted + 1 && unit.is(at - 1, ChunkKind::kDash) && unit.is(at, ChunkKind::kNoun) && unit[at].has(kName)) {
    return {at - 1, at, {noun_phrase_at(unit, at), {}}, 0, Rule::kTranscript};
  }
  return {};
}

Source Finder::speaker_before(const Unit& unit, std::uint32_t verb) const {
  // "She said it held but added, …", "He wrote that it held, saying: …"
  if (unit[verb].has(kFinite)) {
    std::uint32_t before = verb;
    while (before > 0 && unit.is(before - 1, ChunkKind::kAdverb)) --before;
    if (before == 0 || !unit.is(before - 1, ChunkKind::kConjunction)) return {};
  } else if (!unit[verb].has(kGerundVerb) || verb == 0 || !unit.is(verb - 1, ChunkKind::kComma)) {
    return {};
  }
  const std::uint32_t floor = verb > kCueReach ? verb - kCueReach : 0;
  bool nearest = unit[verb].has(kFinite);
  for (std::uint32_t i = verb; i > floor; --i) {
    const Chunk& chunk = unit[i - 1];
    if (nearest && chunk.kind == ChunkKind::kVerb && chunk.has(kFinite)) {
      nearest = false;
      if (unit.is(i, ChunkKind::kConjunction)) {  // "he laughed and said, …"
        const Source source = subject_of(unit, lexicon_, i - 1);
        if (source.mention.found() && unit[source.mention.begin].kind == ChunkKind::kNoun) return source;
      }
    }
    if (chunk.kind != ChunkKind::kVerb || !chunk.has(kFinite) || chunk.has(kPassive) || !lexicon_.cue(chunk.cue).speech)
      continue;
    const Source source = subject_of(unit, lexicon_, i - 1);
    if (source.mention.found() && unit[source.mention.begin].kind == ChunkKind::kNoun) return source;
  }
  return {};
}

Finder::CueMatch Finder::cue_before(const Unit& unit, std::uint32_t quoted) const {
  CueMatch match;
  CueMatch other;
  const std::uint32_t floor = quoted > kCueReach ? quoted - kCueReach : 0;
  const bool colon = quoted > 0 && unit.is(quoted - 1, ChunkKind::kColon);
  if (colon && quoted > 2) {
    // "The dam holds - Ann Lee and Bo Moe: "…"": a name between a dash and the colon.
    std::uint32_t name = quoted - 1;
    while (name > floor && (unit.is(name - 1, ChunkKind::kNoun) || unit.is(name - 1, ChunkKind::kConjunction))) --name;
    if (name > floor && name + 1 < quoted && unit.is(name - 1, ChunkKind::kDash) && unit[quoted - 2].has(kName)) {
      return {quoted - 1, quoted, {{name, quoted - 1}, {}}, 0, Rule::kTranscript};
    }
  }
  bool verb_seen = false;
  std::uint32_t first = quoted;
  for (std::uint32_t i = quoted; i > floor; --i) {
    const Chunk& chunk = unit[i - 1];
    if (ends_clause(chunk.kind)) break;
    first = i - 1;
    if (chunk.word_class == WordClass::kAccording) {
      const ChunkRange noun = noun_phrase_at(unit, i + 1);
      if (noun.found()) return {i - 1, i + 1, {noun, {}}, 0, Rule::kAccordingTo};
    }
    if (chunk.kind != ChunkKind::kVerb) continue;
    verb_seen = true;
    const bool known = (lexicon_.cue(chunk.cue).frames & kQuoted) != 0;
    if (!known && (!colon || !chunk.has(kFinite) || other.found())) continue;
    Source source = speaker_before(unit, i - 1);
    if (!source.mention.found()) source = subject_of(unit, lexicon_, i - 1);
    if (!source.mention.found() && unit.is(i, ChunkKind::kNoun) && (i == 1 || unit.is(i - 2, ChunkKind::kComma))) {
      source.mention = noun_phrase_at(unit, i);
    }
    if (!source.mention.found()) {
      if (known && chunk.has(kGerundVerb) && i == 1) {  // Adding, "…": who spoke in the sentence before
        return {i - 1, i, {}, chunk.cue, Rule::kCueThenQuoted};
      }
      if (known && !other.found()) other = {i - 1, i, {}, chunk.cue, Rule::kCueThenQuoted};
      continue;
    }
    // She told the mayors who came, "…": the verb of a relative clause is no cue, unless of speech.
    if (known && !lexicon_.cue(chunk.cue).speech && unit[source.mention.begin].kind == ChunkKind::kWh) continue;
    if (known) {
      match = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
      break;
    }
    other = {i - 1, i, source, chunk.cue, Rule::kCueThenQuoted};
  }
  if (match.found()) return match;
  if (other.found()) return other;
  if (colon && !verb_seen) {
    // ANN LEE (Greens): "…"
    std::uint32_t at = first;
    while (at < quoted && !unit.is(at, ChunkKind::kNoun)) ++at;
    const ChunkRange noun = noun_phrase_at(unit, at);
    if (noun.found() && noun.end < quoted) {
      // Said Ann Lee: "…" where the tagger takes the verb for a part of the name.
      const Word& word = unit.words[unit[noun.begin].begin];
      if (noun.begin == 0 && unit[0].end - unit[0].begin > 1 && lexicon_.cue(word.cue).speech) {
        return {0, 1, {noun, {}}, word.cue, Rule::kCueThenQuoted};
      }
      return {quoted - 1, quoted, {noun, {}}, 0, Rule::kTranscript};
    }
  }
  return {};
}

Finder::CueMatch Finder::cue_between(const Unit& unit, std::uint32_t left, std::uint32_t right) const {
  int cues = 0;
  std::uint32_t last = kNone;
  for (std::uint32_t i = left + 1; i < right; ++i) {
    if (unit[i].kind != ChunkKind::kVerb || (lexicon_.cue(unit[i].cue).frames & kQuoted) == 0) continue;
    if (!lexicon_.cue(unit[i].cue).speech) continue;
    ++cues;
    last = i;
  }
  if (cues < 2) return {};
  // The last cue stands before the second quotation, with nothing but a comma, a colon or an adjunct between.
  for (std::uint32_t i = last + 1; i < right; ++i) {
    if (unit[i].kind == ChunkKind::kVerb && unit[i].has(kFinite)) return {};
  }
  CueMatch match{last, last + 1, {}, unit[last].cue, Rule::kCueThenQuoted};
  if (unit[last].has(kFinite)) match.source = subject_of(unit, lexicon_, last);
  if (match.source.mention.found() && match.source.mention.begin <= left) match.source = {};
  return match;
}

void Finder::find_direct(const Unit& unit) {
  if (unit.opens_paragraph) ++paragraph_;
  ++unit_count_;
  reported_.clear();
  inverted_.assign(unit.size(), false);
  if (unit.is(0, ChunkKind::kDash) && unit.is(1, ChunkKind::kNoun) && unit[1].has(kName) && unit.size() < 12 &&
      last_.candidate != kNone && last_.unit + 1 == unit_count_ &&
      out_.items[last_.candidate].rule == Rule::kQuotedAlone) {
    Candidate& quote = out_.items[last_.candidate];  // "…" and, as a line of its own: - Ann Lee
    set_source(unit, quote, {noun_phrase_at(unit, 1), {}});
    quote.rule = Rule::kTranscript;
  }
  for (std::size_t n = 0; n < unit.quoted.size(); ++n) {
    const std::uint32_t quoted = unit.quoted[n];
    const TokenRange tokens = article_.regions[unit[quoted].region].tokens;
    const bool follows = n > 0 && unit.quoted[n - 1] + 1 == quoted;
    // "A," she said, "B": what a cue between two quotations joins is one quote.
    if (n > 0 && last_.candidate != kNone && last_.paragraph == paragraph_) {
      Candidate& previous = out_.items[last_.candidate];
      if (follows || previous.rule == Rule::kQuotedThenCue || previous.rule == Rule::kAccordingTo) {
        const CueMatch own = cue_between(unit, unit.quoted[n - 1], quoted);
        if (own.found()) {
          Candidate& candidate = add(unit, Rule::kCueThenQuoted, kQuoted);
          add_span(candidate, tokens);
          set_source(unit, candidate, own.source);
          if (!own.source.mention.found()) {
            candidate.source = last_.source;
            candidate.source_kind = last_.kind;
          }
          set_cue(unit, candidate, own.begin, own.end);
          candidate.cue_index = own.cue;
          last_ = {candidate.source, candidate.source_kind, paragraph_,
                   static_cast<std::uint32_t>(out_.items.size() - 1), unit_count_};
          continue;
        }
        const CueMatch after = cue_after(unit, quoted);
        const bool introduced = unit.is(quoted - 1, ChunkKind::kColon) && unit.is(quoted - 2, ChunkKind::kVerb);
        if (follows || (!after.found() && !introduced)) {
          add_span(previous, tokens);
          continue;
        }
      }
    }
    const CueMatch after = cue_after(unit, quoted);
    CueMatch match = after;
    const bool introduced =
        quoted > 0 && (unit.is(quoted - 1, ChunkKind::kColon) || unit.is(quoted - 1, ChunkKind::kComma) ||
                       unit.is(quoted - 1, ChunkKind::kVerb) || unit.is(quoted - 1, ChunkKind::kThat));
    const bool comma_inside = ends_in_comma(article_.regions[unit[quoted].region]);
    if (!after.found() || after.cue == 0 || (introduced && !comma_inside)) {
      const CueMatch before = cue_before(unit, quoted);
      if (before.found() && (before.cue != 0 || !after.found() || before.rule == Rule::kTranscript)) match = before;
    }
    if (!match.found()) {
      quoted_alone(unit, quoted);
      continue;
    }
    Candidate& candidate = add(unit, match.rule, kQuoted);
    TokenRange content = tokens;
    if (match.rule == Rule::kQuotedThenCue && match.source.mention.found() && match.source.mention.begin > quoted + 1) {
      // "It holds," and the water falls, she said.
      const std::uint32_t cue_begin = std::min(match.source.mention.begin, match.begin);
      for (std::uint32_t i = quoted + 1; i + 1 < cue_begin; ++i) {
        if (unit[i].kind != ChunkKind::kVerb || !unit[i].has(kFinite) || !unit.is(cue_begin - 1, ChunkKind::kComma))
          continue;
        content.end = content_tokens(unit, quoted, cue_begin - 1).end;
        break;
      }
    }
    add_span(candidate, content);
    if (match.rule == Rule::kQuotedThenCue && unit.is(match.end, ChunkKind::kComma) &&
        unit.is(match.end + 1, ChunkKind::kThat)) {
      add_span(candidate, content_tokens(unit, match.end + 1, clause_end(unit, lexicon_, match.end + 1)));
    }
    // "I like him," she said, but "he talks too much."
    if (match.rule == Rule::kQuotedThenCue && unit.is(match.end, ChunkKind::kComma) &&
        unit.is(match.end + 1, ChunkKind::kConjunction) && match.end + 2 < unit.size() &&
        unit.words[unit[match.end + 2].begin].region != kNone && !unit.is(match.end + 2, ChunkKind::kQuoted)) {
      add_span(candidate, content_tokens(unit, match.end + 1, clause_end(unit, lexicon_, match.end + 1)));
    }
    set_source(unit, candidate, match.source);
    if (!match.source.mention.found() && match.begin == 0 && unit[0].has(kGerundVerb)) {
      candidate.source = previous_subject_.source;
      candidate.source_kind = previous_subject_.kind;
    }
    set_cue(unit, candidate, match.begin, match.end);
    candidate.cue_index = match.cue;
    if (match.source.mention.found() && match.source.mention.begin == match.begin + 1) inverted_[match.begin] = true;
    reported_.push_back({match.begin, std::max(match.end, match.source.mention.found() ? match.source.mention.end : 0),
                         true, match.source});
    before_last_ = last_;
    last_ = {candidate.source, candidate.source_kind, paragraph_, static_cast<std::uint32_t>(out_.items.size() - 1),
             unit_count_};
  }
}

bool Finder::asks(const Speaker& speaker) const {
  const Candidate& quote = out_.items[speaker.candidate];
  if (quote.span_count == 0) return false;
  std::uint32_t token = out_.spans[quote.first_span + quote.span_count - 1].end - 1;
  while (token > 0 && (article_.tokens.flags[token] & (kOpenQuote | kCloseQuote)) != 0) --token;
  return article_.tokens.text(article_.text, token) == "?";
}

void Finder::speaker_is(const Candidate& candidate) {
  before_last_ = last_;
  last_ = {candidate.source, candidate.source_kind, paragraph_,
           static_cast<std::uint32_t>(&candidate - out_.items.data()), unit_count_};
}

bool Finder::ends_in_comma(const Region& region) const {
  const std::uint32_t last = region.closed ? region.tokens.end - 1 : region.tokens.end;
  std::uint32_t end = last - 1;
  while (end > region.tokens.begin && (article_.tokens.flags[end] & (kOpenQuote | kCloseQuote)) != 0) --end;
  return end > region.tokens.begin && article_.tokens.text(article_.text, end) == ",";
}

/// WALLACE: at the start of a quotation: the tokens of the name, or none.
TokenRange Finder::label_inside(const Region& region) const {
  const Tokens& tokens = article_.tokens;
  std::uint32_t token = region.tokens.begin + 1;
  const std::uint32_t limit = std::min(region.tokens.end, token + 5);
  while (token < limit && tokens.has(token, kAllUpper)) ++token;
  if (token == region.tokens.begin + 1 || token >= limit) return {};
  return tokens.text(article_.text, token) == ":" ? TokenRange{region.tokens.begin + 1, token} : TokenRange{};
}

void Finder::quoted_alone(const Unit& unit, std::uint32_t quoted) {
  const Region& region = article_.regions[unit[quoted].region];
  const TokenRange label = label_inside(region);  // a speaker of its own
  const bool signed_off = last_.candidate != kNone && out_.items[last_.candidate].rule == Rule::kTranscript &&
                          out_.items[last_.candidate].cue.begin >= out_.extent(out_.items[last_.candidate]).end;
  if (label.empty() && !signed_off && last_.candidate != kNone && last_.paragraph == paragraph_ &&
      last_.unit + 1 >= unit_count_) {
    add_span(out_.items[last_.candidate], region.tokens);  // "A," she said. "B."
    last_.unit = unit_count_;
    return;
  }
  // Only a unit that is nothing but the quotation speaks by itself.
  for (std::uint32_t i = 0; i < unit.size(); ++i) {
    if (i != quoted && unit[i].kind != ChunkKind::kStop && unit[i].kind != ChunkKind::kOther) return;
  }
  const bool own_paragraph = unit.opens_paragraph;
  if (region.single && own_paragraph) return;  // a subheading
  // A paragraph that is one quotation goes on with the quote before it, unless that was a question.
  if (label.empty() && own_paragraph && last_.candidate != kNone && last_.paragraph + 1 == paragraph_ &&
      last_.unit + 1 == unit_count_ && !last_.source.empty() && !asks(last_)) {
    add_span(out_.items[last_.candidate], region.tokens);
    last_.unit = unit_count_;
    last_.paragraph = paragraph_;
    return;
  }
  Candidate& candidate = add(unit, Rule::kQuotedAlone, kQuoted);
  if (!label.empty()) {
    add_span(candidate, {label.end + 1, region.tokens.end});
    candidate.rule = Rule::kTranscript;
    candidate.source = label;
    candidate.source_kind = SourceKind::kNominal;
    candidate.cue = {label.end, label.end + 1};
  } else {
    add_span(candidate, region.tokens);
    if (!own_paragraph || previous_colon_ || (previous_spoke_ && last_.unit + 1 != unit_count_)) {
      // She shook her head. "No." But "A," said Lee. He shook his head. "B.": the name is the better source.
      const bool named = previous_subject_.kind == SourceKind::kPronoun && last_.candidate != kNone &&
                         last_.paragraph == paragraph_ && !last_.source.empty();
      candidate.source = named ? last_.source : previous_subject_.source;
      candidate.source_kind = named ? last_.kind : previous_subject_.kind;
    } else if (last_.candidate != kNone && last_.paragraph + 1 == paragraph_) {
      const bool answer = asks(last_) && before_last_.candidate != kNone && !before_last_.source.empty();
      candidate.source = answer ? before_last_.source : last_.source;
      candidate.source_kind = answer ? before_last_.kind : last_.kind;
    }
  }
  before_last_ = last_;
  last_ = {candidate.source, candidate.source_kind, paragraph_, static_cast<std::uint32_t>(out_.items.size() - 1),
           unit_count_};
}

void Finder::remember_subject(const Unit& unit) {
  previous_colon_ = unit.size() > 0 && unit.is(unit.size() - 1, ChunkKind::kColon);
  previous_cue_ = {};
  for (std::uint32_t i = unit.size() - 1; previous_colon_ && i > 0 && i + kColonReach > unit.size(); --i) {
    const Chunk& verb = unit[i - 1];
    if (verb.kind != ChunkKind::kVerb || !verb.has(kFinite)) continue;
    const Cue& cue = lexicon_.cue(verb.cue);
    if (cue.speech && (cue.frames & kQuoted) != 0) previous_cue_ = tokens_of(unit, {i - 1, i});
    break;
  }
  previous_subject_ = {};
  previous_spoke_ = false;
  if (previous_colon_) {
    // And from Ann Lee:
    const std::uint32_t from = unit.is(0, ChunkKind::kConjunction) ? 1 : 0;
    const ChunkRange noun = noun_phrase_at(unit, from + 1);
    if (unit[from].word_class == WordClass::kFrom && noun.found() && noun.end + 1 == unit.size()) {
      Candidate candidate;
      set_source(unit, candidate, {noun, {}});
      previous_subject_.source = candidate.source;
      previous_subject_.kind = candidate.source_kind;
      return;
    }
  }
  for (auto report = reported_.rbegin(); report != reported_.rend(); ++report) {
    if (!report->speech || !report->source.mention.found()) continue;
    if (unit[report->source.mention.begin].kind != ChunkKind::kNoun) continue;
    Candidate candidate;
    set_source(unit, candidate, report->source);
    previous_subject_.source = candidate.source;
    previous_subject_.kind = candidate.source_kind;
    previous_spoke_ = true;
    return;
  }
  // … “the old road,” said Ann Lee, who lives there: the last verb of speech outside quotations.
  const std::uint32_t first = unit.size() > kSubjectReach ? unit.size() - kSubjectReach : 0;
  for (std::uint32_t i = unit.size(); i > first; --i) {
    const Chunk& verb = unit[i - 1];
    if (verb.kind != ChunkKind::kVerb || !verb.has(kFinite) || verb.region != kNone) continue;
    if (!lexicon_.cue(verb.cue).speech || (lexicon_.cue(verb.cue).frames & kParenthetical) == 0) continue;
    Source source;
    const bool after_quotation = i >= 2 && (unit.is(i - 2, ChunkKind::kComma) || unit[i - 2].region != kNone);
    if (after_quotation && unit.is(i, ChunkKind::kNoun))
      source.mention = noun_phrase_at(unit, i);
    else
      source = subject_of(unit, lexicon_, i - 1);
    if (!source.mention.found() || unit[source.mention.begin].kind != ChunkKind::kNoun) continue;
    Candidate candidate;
    set_source(unit, candidate, source);
    previous_subject_.source = candidate.source;
    previous_subject_.kind = candidate.source_kind;
    previous_spoke_ = true;
    return;
  }
  const std::uint32_t limit = std::min(unit.size(), kSubjectReach);
  for (std::uint32_t i = 0; i < limit; ++i) {
    if (unit[i].kind != ChunkKind::kVerb || !unit[i].has(kFinite)) continue;
    const Source source = subject_of(unit, lexicon_, i);
    if (!source.mention.found() || unit[source.mention.begin].kind != ChunkKind::kNoun) continue;
    if (source.mention.begin > 0) {
      const WordClass before = unit[source.mention.begin - 1].word_class;
      if (before == WordClass::kSubordinator || before == WordClass::kWhAdverb || before == WordClass::kAs ||
          before == WordClass::kWhile || before == WordClass::kIf) {
        continue;
      }
    }
    Candidate candidate;
    set_source(unit, candidate, source);
    previous_subject_.source = candidate.source;
    previous_subject_.kind = candidate.source_kind;
    if (!previous_colon_) return;
  }
}

}  // namespace copydesk::quotes
