// SPDX-License-Identifier: Apache-2.0
// A verb that reports what it takes, often enough or with enough words.
#include "stages/quotes/complement.h"
#include "stages/quotes/finder.h"
#include "stages/syntax/extents.h"

namespace copydesk::quotes {
namespace {

/// A cue that reports in a frame less often than this, in percent, must take some words to count as reporting; fewer
/// where a person is named (measured; see docs/quotes.md).
constexpr std::uint32_t kOften = 55;
constexpr std::uint32_t kOftenSpeech = 45;
constexpr std::uint32_t kLeast = 38;  // what reports less often than this is none
constexpr std::uint32_t kWords = 7;
constexpr std::uint32_t kWordsOfPerson = 4;

bool reports_often(const syntax::Cue& cue, std::uint32_t frame) {
  return cue.rate(frame) >= (cue.speech ? kOftenSpeech : kOften);
}

/// "calling him a liar | and accusing him", "by saying that it holds | and by leaving": before what is coordinated with
/// a cue that is a participle.
std::uint32_t before_parallel(const syntax::Unit& unit, std::uint32_t verb, std::uint32_t begin, std::uint32_t end) {
  if (!unit[verb].has(syntax::kGerundVerb)) return end;
  const syntax::WordClass prep =
      verb > 0 && unit.is(verb - 1, syntax::ChunkKind::kPrep) ? unit[verb - 1].word_class : syntax::WordClass::kNone;
  for (std::uint32_t i = begin + 1; i + 1 < end; ++i) {
    if (unit[i].kind != syntax::ChunkKind::kConjunction) continue;
    std::uint32_t next = i + 1;
    while (unit.is(next, syntax::ChunkKind::kAdverb)) ++next;
    if (prep != syntax::WordClass::kNone && unit.is(next, syntax::ChunkKind::kPrep) && unit[next].word_class == prep)
      ++next;
    const bool same = unit.is(next, syntax::ChunkKind::kVerb) && unit[next].has(syntax::kGerundVerb);
    if (same && unit[next].cue != 0 && !(i > begin && unit.is(i - 1, syntax::ChunkKind::kVerb))) return i;
  }
  return end;
}

}  // namespace

bool Finder::reports(const syntax::Unit& unit, const syntax::Cue& cue, std::uint32_t frame, std::uint32_t begin,
                     std::uint32_t end, const Source& source) const {
  if (reports_often(cue, frame)) return true;
  if (cue.rate(frame) < kLeast) return false;
  std::uint32_t words = 0;
  for (std::uint32_t i = begin; i < end; ++i) {
    if (unit.words[unit[i].begin].tag != tag::Tag::kPunct) words += unit[i].end - unit[i].begin;
  }
  bool person = false;  // by name, or he or she
  if (source.mention.found()) {
    const syntax::Chunk& first = unit[source.mention.begin];
    const syntax::Word& word = unit.words[first.begin];
    const std::string_view text = article_.tokens.text(article_.text, word.token);
    person = first.has(syntax::kPronoun) ? text == "he" || text == "He" || text == "she" || text == "She"
                                         : first.has(syntax::kName) && word.tag != tag::Tag::kDT;
  }
  return words >= (person ? kWordsOfPerson : kWords);
}

void Finder::complement(const syntax::Unit& unit, std::uint32_t verb, const Source& source) {
  const syntax::Cue& cue = lexicon_.cue(unit[verb].cue);
  if (inverted_[verb]) return;  // "…," said a person close to her: nothing is said of the person
  Complement taken(article_, lexicon_, unit, verb, source);
  if (taken.at >= unit.size()) return;
  const bool passive = taken.read_passive();
  const bool raising = !passive && taken.read_raising();
  if (!passive && !raising) taken.read_active();
  if (taken.frame == 0 || (cue.frames & taken.frame) == 0) return;
  // "expressed concern that it holds": the noun is what reports.
  if (taken.frame == syntax::kObject && (lexicon_.cue(unit[taken.at].nominal).frames & syntax::kThatClause) != 0 &&
      unit.is(taken.at + 1, syntax::ChunkKind::kThat)) {
    return;
  }
  if (taken.with_subject && (!source.mention.found() || unit[source.mention.begin].kind != syntax::ChunkKind::kNoun))
    return;
  if (passive) {
    if (!reports_often(cue, taken.frame)) return;
  } else if (raising) {
    if (!reports(unit, cue, taken.frame, source.mention.begin, taken.end, source)) return;
  } else {
    taken.end = before_parallel(unit, verb, taken.begin, taken.end);
    taken.end = syntax::over_quotation(unit, taken.begin, taken.end);
    if (!reports(unit, cue, taken.frame, taken.begin, taken.end, source)) return;
  }
  const TokenRange content = taken.end > taken.begin ? content_tokens(unit, taken.begin, taken.end) : TokenRange{};
  if (content.empty() && !taken.with_subject) return;
  Candidate& candidate = add(Rule::kComplement, taken.frame);
  if (taken.with_subject) add_span(candidate, content_tokens(unit, source.mention.begin, source.mention.end));
  if (!content.empty()) add_span(candidate, content);
  set_source(unit, candidate, passive ? taken.agent : raising ? Source{} : source);
  set_cue(unit, candidate, verb, verb + 1);
  candidate.cue_index = unit[verb].cue;
  if (!passive && !raising) reported_.push_back({verb, taken.end, cue.speech, source});
}

}  // namespace copydesk::quotes
