// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/words.h"

#include <algorithm>

#include "stages/syntax/sentential.h"
#include "stages/syntax/tag_kinds.h"

namespace copydesk::syntax {
namespace {

/// What "Oss-based", "look-alike", "18-year-old" are, from the parts of speech of their parts.
tag::Tag compound_tag(tag::Tag first, tag::Tag last) {
  if (last == tag::Tag::kNNP || last == tag::Tag::kNNPS || last == tag::Tag::kNNS) return last;
  if (first == tag::Tag::kNNP && last == tag::Tag::kNN) return tag::Tag::kNN;
  if (last == tag::Tag::kNN) return first == tag::Tag::kCD || is_adjective_tag(first) ? tag::Tag::kJJ : tag::Tag::kNN;
  if (first == tag::Tag::kRB && last == tag::Tag::kVB) return tag::Tag::kVB;
  if (is_verb_tag(first) && (last == tag::Tag::kRP || last == tag::Tag::kIN)) return tag::Tag::kNN;
  return tag::Tag::kJJ;
}

/// The hyphen of "anti-war", which is a token of its own: words of the rules do without it.
bool is_hyphen(const ArticleView& article, std::uint32_t token, std::uint32_t end) {
  const tokenize::Tokens& tokens = article.tokens;
  return article.text[tokens.spans[token].begin] == '-' && tokens.spans[token].size() == 1 && token + 1 < end &&
         !tokens.has(token, tokenize::kSpaceBefore) && !tokens.has(token + 1, tokenize::kSpaceBefore);
}

/// The apostrophe of "the workers' pay", which is a token of its own.
bool is_possessive_mark(const ArticleView& article, std::uint32_t token, std::uint32_t end) {
  const tokenize::Tokens& tokens = article.tokens;
  const std::string_view mark = tokens.text(article.text, token);
  if ((mark != "'" && mark != "\xE2\x80\x99") || token == 0 || token + 1 >= end) return false;
  if (tokens.has(token, tokenize::kSpaceBefore) || !tokens.has(token + 1, tokenize::kSpaceBefore)) return false;
  return !tokens.has(token + 1, tokenize::kPunctuation) && tokens.text(article.text, token - 1).ends_with("s");
}

/// Whether the word may be a verb that no lexicon knows: "grumbled".
bool ends_like_past(const ArticleView& article, const Word& word) {
  const std::string_view text = article.tokens.text(article.text, word.token);
  return text.size() > 4 && text.ends_with("ed") && text[0] >= 'a' && text[0] <= 'z';
}

/// "…," sighed Ann Lee.: the tagger takes some verbs before a name for adjectives or nouns.
void mend_first_verb(const ArticleView& article, std::vector<Word>& words, std::uint32_t quoted) {
  if (quoted + 2 >= words.size()) return;
  Word& verb = words[quoted + 1];
  const tag::Tag tag = verb.tag;
  const tag::Tag next = words[quoted + 2].tag;
  if (!is_noun_tag(tag) && !is_adjective_tag(tag) && tag != tag::Tag::kVBN) return;
  if ((next == tag::Tag::kNNP || next == tag::Tag::kPRP || tag == tag::Tag::kNNP) && ends_like_past(article, verb))
    verb.tag = tag::Tag::kVBD;
}

/// "…," the letter read. — "…," Ann Lee answers.: the tagger takes some verbs at the end for nouns.
void mend_last_verb(const ArticleView& article, const Lexicon& lexicon, std::vector<Word>& words,
                    std::uint32_t quoted) {
  constexpr std::uint32_t kSubject = 6;
  std::uint32_t end = quoted + 1;
  while (end < words.size() && end < quoted + kSubject &&
         (is_noun_tag(words[end].tag) || is_adjective_tag(words[end].tag) || words[end].tag == tag::Tag::kDT ||
          words[end].tag == tag::Tag::kPRPS)) {
    ++end;
  }
  if (end < quoted + 3 || (end < words.size() && words[end].tag != tag::Tag::kPunct)) return;
  Word& last = words[end - 1];
  const bool after_name = words[end - 2].tag == tag::Tag::kNNP && ends_like_past(article, last);
  if (after_name || (lexicon.cue(last.cue).frames & kQuoted) != 0) last.tag = tag::Tag::kVBD;
}

}  // namespace

namespace {

/// A token of its own, not a part of the compound before it.
Word word_of(const ArticleView& article, const Lexicon& lexicon, std::uint32_t token, std::uint32_t region) {
  const Lexicon::Entry& entry = lexicon.find(article.tokens.lower_hashes[token]);
  Word word;
  word.token = word.last = token;
  word.region = region;
  word.tag = article.tags[token] == tag::Tag::kLS ? tag::Tag::kCD : article.tags[token];
  word.word_class = entry.word_class;
  word.cue = entry.cue;
  word.nominal = entry.nominal;
  return word;
}

/// "Said Ann Lee, …": a verb of speech that opens a sentence before a name, and that the tagger took for a name.
bool opens_with_verb(const ArticleView& article, const Lexicon& lexicon, const Word& word, std::uint32_t end) {
  const Cue& cue = lexicon.cue(word.cue);
  return word.tag == tag::Tag::kNNP && word.token + 1 < end && article.tags[word.token + 1] == tag::Tag::kNNP &&
         (cue.frames & kParenthetical) != 0 && cue.speech &&
         article.tokens.text(article.text, word.token).ends_with('d');
}

}  // namespace

void read_words(const ArticleView& article, const Lexicon& lexicon, TokenRange tokens, std::uint32_t first_region,
                std::vector<Word>& words) {
  words.clear();
  std::uint32_t region = first_region;
  for (std::uint32_t token = tokens.begin; token < tokens.end; ++token) {
    while (region < article.regions.size() && article.regions[region].tokens.end <= token) ++region;
    const bool inside = region < article.regions.size() && article.regions[region].tokens.begin <= token;
    if (inside) {
      const Region& r = article.regions[region];
      if (token == r.tokens.begin) {
        if (is_sentential(article, lexicon, r)) {
          Word word;
          word.token = word.last = token;
          word.region = region;
          word.tag = tag::Tag::kLS;  // stands for the whole quotation
          words.push_back(word);
          token = std::min(r.tokens.end, tokens.end) - 1;
        }
        continue;
      }
      if (r.closed && token + 1 == r.tokens.end) continue;
    }
    if (is_hyphen(article, token, tokens.end) && !words.empty() && words.back().last + 1 == token) {
      Word& compound = words.back();
      compound.last = ++token;
      compound.tag = compound_tag(compound.tag, article.tags[token]);
      compound.cue = compound.nominal = 0;
      compound.word_class = WordClass::kNone;
      continue;
    }
    Word word = word_of(article, lexicon, token, inside ? region : kNoIndex);
    if (words.empty() && opens_with_verb(article, lexicon, word, tokens.end)) word.tag = tag::Tag::kVBD;
    if (word.tag == tag::Tag::kPunct && is_possessive_mark(article, token, tokens.end)) word.tag = tag::Tag::kPOS;
    words.push_back(word);
  }
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (words[i].tag != tag::Tag::kLS) continue;
    mend_first_verb(article, words, i);
    mend_last_verb(article, lexicon, words, i);
  }
}

}  // namespace copydesk::syntax
