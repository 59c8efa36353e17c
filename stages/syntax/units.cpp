// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/units.h"

#include <algorithm>

#include "stages/syntax/headings.h"

namespace copydesk::syntax {
namespace {

/// May follow the verb of speech of a sentence that only says who asked.
bool follows_verb_of_speech(WordClass word_class) {
  switch (word_class) {
    case WordClass::kIn:
    case WordClass::kOn:
    case WordClass::kAt:
    case WordClass::kTime:
    case WordClass::kSubordinator:
    case WordClass::kRecipient: return true;
    default: return false;
  }
}

}  // namespace

/// "Why?" Lee asked. — the cue is a sentence of its own for the tokenizer: a few words, a verb of speech, and nothing
/// that it takes.
bool UnitSplitter::is_cue_sentence(TokenRange sentence) const {
  constexpr std::uint32_t kSubject = 8;
  const tokenize::Tokens& words = article_.tokens;
  if (words.has(sentence.begin, tokenize::kParagraphStart) || words.has(sentence.begin, tokenize::kPunctuation))
    return false;
  // "Not once." A spokesman declined to comment.: what ends in a full stop has no cue in the next sentence.
  if (sentence.begin >= 2 && words.text(article_.text, sentence.begin - 2) == "." &&
      words.has(sentence.begin, tokenize::kInitialUpper)) {
    return false;
  }
  const std::uint32_t limit = std::min(sentence.end, sentence.begin + kSubject);
  for (std::uint32_t token = sentence.begin; token < limit; ++token) {
    const Lexicon::Entry& entry = lexicon_.find(words.lower_hashes[token]);
    const std::string_view text = words.text(article_.text, token);
    if (words.has(token, tokenize::kPunctuation) && text != "." && text != "-") return false;
    const Cue& cue = lexicon_.cue(entry.cue);
    if (token == sentence.begin || !cue.speech || (cue.frames & kQuoted) == 0) continue;
    if (words.has(token, tokenize::kInitialUpper)) continue;
    const std::uint32_t next = token + 1;
    if (next >= sentence.end || words.has(next, tokenize::kPunctuation)) return true;
    return follows_verb_of_speech(lexicon_.find(words.lower_hashes[next]).word_class);
  }
  return false;
}

bool UnitSplitter::next() {
  const auto& sentences = article_.tokens.sentences;
  const auto& regions = article_.regions;
  if (sentence_ >= sentences.size()) return false;
  tokens = sentences[sentence_++];
  opens_paragraph = article_.tokens.has(tokens.begin, tokenize::kParagraphStart);
  tokens.begin = past_heading(article_.tokens, article_.text, tokens);
  while (first_region < regions.size() && regions[first_region].tokens.end <= tokens.begin) ++first_region;
  std::uint32_t last = first_region;
  while (sentence_ < sentences.size()) {
    while (last < regions.size() && regions[last].tokens.end <= tokens.end) ++last;
    const bool tied = last < regions.size() && regions[last].tokens.begin < tokens.end;
    const bool quoted_end = last > first_region && last <= regions.size() &&
                            regions[last - 1].tokens.end == tokens.end && regions[last - 1].closed;
    if (!tied && !(quoted_end && is_cue_sentence(sentences[sentence_]))) break;
    tokens.end = sentences[sentence_++].end;
  }
  return true;
}

}  // namespace copydesk::syntax
