// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/headings.h"

#include <algorithm>
#include <array>

#include "stages/tokenize/hash.h"

namespace copydesk::syntax {
namespace {

constexpr std::uint32_t kLongest = 24;

template <class... Words>
constexpr auto sorted_hashes(Words... words) {
  std::array<std::uint64_t, sizeof...(Words)> hashes{tokenize::hash_lower(words)...};
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

constexpr auto kKickers = sorted_hashes(
    "exclusive", "breaking", "breaking news", "update", "updated", "watch", "video", "live", "photo", "photos",
    "pictures", "in pictures", "gallery", "analysis", "opinion", "comment", "editorial", "report", "poll", "note",
    "correction", "corrections", "corrected", "clarification", "advisory", "urgent", "alert", "factbox", "timeline",
    "explainer", "explained", "full text", "read more", "see also", "related", "listen", "podcast", "review", "preview",
    "recap", "results", "result", "scores", "standings", "wrapup", "roundup", "summary", "graphic", "interview",
    "profile", "obituary", "feature", "insight", "spotlight", "focus", "column", "letter", "letters", "q&a", "faq",
    "quiz", "markets", "stocks", "business", "economy", "politics", "world", "sport", "sports", "weather", "travel",
    "science", "technology", "tech", "health", "culture", "entertainment", "lifestyle", "fashion", "soccer", "football",
    "rugby", "cricket", "tennis", "golf", "cycling", "athletics", "swimming", "basketball", "baseball", "hockey",
    "ice hockey", "boxing", "formula one", "motor racing", "racing", "skiing", "rowing", "sailing", "olympics",
    "reporting by", "editing by", "contact", "source", "sources", "credit", "caption", "subject", "date", "place",
    "advertisement", "sponsored", "more", "also", "ps");

bool is_dash(std::string_view word) {
  return word == "-" || word == "--" || word == "\xE2\x80\x93" || word == "\xE2\x80\x94" || word == "\xE2\x80\x95";
}

/// May stand in a dateline without a capital: "Rio de Janeiro".
bool joins_place(std::string_view word) {
  return word == "de" || word == "of" || word == "la" || word == "and" || word == "upon";
}

}  // namespace

bool is_kicker(std::string_view label) {
  return std::binary_search(kKickers.begin(), kKickers.end(), tokenize::hash_lower(label));
}

std::uint32_t past_heading(const tokenize::Tokens& tokens, std::string_view text, TokenRange sentence) {
  const std::uint32_t begin = sentence.begin;
  if (!tokens.has(begin, tokenize::kParagraphStart) || !tokens.has(begin, tokenize::kInitialUpper)) return begin;
  const std::uint32_t limit = std::min(sentence.end, begin + kLongest);
  bool agency = false;  // in brackets
  bool in_brackets = false;
  for (std::uint32_t at = begin; at + 1 < limit; ++at) {
    const std::string_view word = tokens.text(text, at);
    if (word == ":" && at > begin && !agency) {
      return is_kicker(tokens.span_of({begin, at}).of(text)) ? at + 1 : begin;
    }
    if (in_brackets) {
      in_brackets = word != ")";
      continue;
    }
    if (word == "(") {
      in_brackets = agency = true;
    } else if (is_dash(word)) {
      const bool apart = tokens.has(at, tokenize::kSpaceBefore) && tokens.has(at + 1, tokenize::kSpaceBefore);
      const bool stated = agency || tokens.has(begin, tokenize::kAllUpper);
      const bool starts = tokens.has(at + 1, tokenize::kInitialUpper) || tokens.has(at + 1, tokenize::kHasDigit) ||
                          tokens.has(at + 1, tokenize::kOpenQuote);
      return at > begin && apart && stated && starts && tokens.spans[begin].size() > 1 ? at + 1 : begin;
    } else if (!tokens.has(at, tokenize::kInitialUpper) && !tokens.has(at, tokenize::kHasDigit) && word != "," &&
               word != "." && word != "/" && !joins_place(word)) {
      return begin;
    }
  }
  return begin;
}

}  // namespace copydesk::syntax
