// SPDX-License-Identifier: Apache-2.0
// Which quotations read as sentences of their own, and which as parts of the one around them or as titles.
#include "stages/syntax/sentential.h"

#include <algorithm>

namespace copydesk::syntax {
namespace {

/// "…," he told the host, "and …": a cue stands between this quotation and the one before it.
bool follows_cue(const ArticleView& article, const Lexicon& lexicon, const Region& region) {
  if (&region == article.regions.data()) return false;
  const Region& before = *(&region - 1);
  constexpr std::uint32_t kGap = 14;
  if (before.tokens.end + kGap < region.tokens.begin) return false;
  bool cue = false;
  for (std::uint32_t token = before.tokens.end; token < region.tokens.begin; ++token) {
    if (article.tokens.has(token, tokenize::kSentenceStart) || article.tokens.has(token, tokenize::kParagraphStart))
      return false;
    cue = cue || (lexicon.cue(lexicon.find(article.tokens.lower_hashes[token]).cue).frames & kParenthetical) != 0;
  }
  return cue && article.text[article.tokens.spans[before.tokens.end - 2].begin] == ',';
}

/// She told the mayors who came, "we stay and we pay.": a verb of speech and whom it addresses stand before a quotation
/// of some length.
bool follows_address(const ArticleView& article, const Lexicon& lexicon, const Region& region) {
  constexpr std::uint32_t kAddress = 14;
  constexpr std::uint32_t kQuotation = 8;
  if (region.tokens.size() < kQuotation) return false;
  const tokenize::Tokens& tokens = article.tokens;
  const std::uint32_t floor = region.tokens.begin > kAddress ? region.tokens.begin - kAddress : 0;
  for (std::uint32_t token = region.tokens.begin - 1; token-- > floor;) {
    const Lexicon::Entry& entry = lexicon.find(tokens.lower_hashes[token]);
    if (tokens.has(token, tokenize::kPunctuation) || entry.word_class == WordClass::kThat) return false;
    if (lexicon.cue(entry.cue).speech && (lexicon.cue(entry.cue).frames & kToldClause) != 0) return true;
    if (tokens.has(token, tokenize::kSentenceStart)) return false;
  }
  return false;
}

/// "It holds" Ann Lee said. — "It holds" said Ann Lee: a verb of speech and a name, and no comma where one should
/// stand.
bool precedes_cue(const ArticleView& article, const Lexicon& lexicon, std::uint32_t token) {
  constexpr std::uint32_t kName = 4;
  const tokenize::Tokens& tokens = article.tokens;
  const auto says = [&](std::uint32_t at) {
    const Cue& cue = lexicon.cue(lexicon.find(tokens.lower_hashes[at]).cue);
    return cue.speech && (cue.frames & kParenthetical) != 0;
  };
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(tokens.size(), token + kName));
  std::uint32_t at = token;
  while (at < end && article.tags[at] == tag::Tag::kNNP && !says(at)) ++at;
  if (at >= end || !says(at)) return false;
  return at > token || (at + 1 < tokens.size() && article.tags[at + 1] == tag::Tag::kNNP);
}

}  // namespace

bool is_title(const tokenize::Tokens& tokens, const Region& region) {
  const std::uint32_t first = region.tokens.begin + 1;
  const std::uint32_t last = region.closed ? region.tokens.end - 1 : region.tokens.end;
  if (last < first + 2 || last - first > 10) return false;
  std::uint32_t long_words = 0;
  for (std::uint32_t token = first; token < last; ++token) {
    if (tokens.has(token, tokenize::kPunctuation) || tokens.spans[token].size() < 4) continue;
    if (!tokens.has(token, tokenize::kInitialUpper) && !tokens.has(token, tokenize::kHasDigit)) return false;
    ++long_words;
  }
  return long_words > 0 && last - first > 1;
}

bool is_sentential(const ArticleView& article, const Lexicon& lexicon, const Region& region) {
  const tokenize::Tokens& tokens = article.tokens;
  const std::uint32_t first = region.tokens.begin + 1;
  const std::uint32_t last = region.closed ? region.tokens.end - 1 : region.tokens.end;  // past the content
  if (first >= last) return false;
  // "(Crosstalk)" in a transcript is said by nobody.
  if (article.text[tokens.spans[first].begin] == '(' && article.text[tokens.spans[last - 1].begin] == ')') return false;
  // A sentence ends inside it, and another begins.
  for (std::uint32_t token = first + 1; token < last; ++token) {
    if (tokens.has(token, tokenize::kSentenceStart) && !tokens.has(token, tokenize::kPunctuation)) return true;
  }
  const auto byte_at = [&](std::uint32_t token) { return article.text[tokens.spans[token].begin]; };
  std::uint32_t end_token = last - 1;  // over inner marks: 'no,' "
  while (end_token > first && (tokens.flags[end_token] & (tokenize::kOpenQuote | tokenize::kCloseQuote)) != 0)
    --end_token;
  const char end = byte_at(end_token);
  if (is_title(tokens, region) && region.tokens.begin > 0 &&
      !tokens.has(region.tokens.begin, tokenize::kSentenceStart) && end != '.' && end != '!' && end != '?') {
    return lexicon.cue(lexicon.find(tokens.lower_hashes[region.tokens.begin - 1]).cue).speech;
  }
  const bool ends_like_speech = end == ',' || end == '.' || end == '?' || end == '!' || !region.closed;
  const bool comma_after = region.tokens.end < tokens.size() && byte_at(region.tokens.end) == ',';
  const bool stop_after = region.tokens.end >= tokens.size() ||
                          tokens.has(region.tokens.end, tokenize::kSentenceStart) || byte_at(region.tokens.end) == '.';
  const bool upper =
      tokens.has(first, tokenize::kInitialUpper) || tokens.has(first, tokenize::kHasDigit) || byte_at(first) == '[';
  const std::uint32_t begin = region.tokens.begin;
  if (begin == 0 || tokens.has(begin, tokenize::kSentenceStart) || tokens.has(begin, tokenize::kParagraphStart)) {
    return ends_like_speech || comma_after || region.tokens.end >= tokens.size() ||
           tokens.has(region.tokens.end, tokenize::kSentenceStart) ||
           (upper && last - first >= 3 && precedes_cue(article, lexicon, region.tokens.end));
  }
  const char before = byte_at(begin - 1);
  if (before == ':') return true;
  if (before == ',') {
    if (upper) return ends_like_speech || comma_after || stop_after;
    // "…," she said, "and that is all."
    if (begin >= 2 && lexicon.find(tokens.lower_hashes[begin - 2]).cue != 0) return ends_like_speech;
    return ends_like_speech && (follows_cue(article, lexicon, region) || follows_address(article, lexicon, region));
  }
  if (upper && (end == '.' || end == '?' || end == '!' || end == ',') && last - first >= 4) {
    return lexicon.find(tokens.lower_hashes[begin - 1]).cue != 0 || end == ',';
  }
  return false;
}

}  // namespace copydesk::syntax
