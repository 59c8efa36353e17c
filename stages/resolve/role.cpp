// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/entity_list.h"
#include "stages/resolve/word_set.h"

namespace copydesk::resolve {
namespace {

/// Says how to address someone, not who they are.
constexpr auto kAddresses = word_set("mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "sir", "dr.", "dr", "lord",
                                     "lady", "dame", "herr", "frau", "monsieur", "madame", "the", "a", "an", "then",
                                     "then-", "his", "her", "their", "its", "our", "my", "your");

std::string_view text_of(const View& view, TokenRange range) {
  while (!range.empty() && kAddresses.contains(view.tokens.lower_hashes[range.begin])) ++range.begin;
  while (!range.empty() && (kAddresses.contains(view.tokens.lower_hashes[range.end - 1]) ||
                            view.tokens.has(range.end - 1, tokenize::kPunctuation))) {
    --range.end;
  }
  return range.empty() ? std::string_view{} : view.tokens.span_of(range).of(view.text);
}

/// "Una Dell, the Irish foreign minister": the noun phrase after the comma, with one "of …".
std::string_view apposition(const View& view, const Candidate& candidate) {
  const std::uint32_t comma = candidate.tokens.end;
  const std::uint32_t limit = view.tokens.sentences[candidate.sentence].end;
  if (!view.tagged() || comma + 2 >= limit || view.word(comma) != ",") return {};
  const auto& tag = view.tags.of;
  std::uint32_t at = comma + 1;
  const bool article = tag[at] == tag::Tag::kDT || tag[at] == tag::Tag::kPRPS;
  if (article) ++at;
  std::uint32_t end = at;
  for (; at < limit; ++at) {
    const bool inside = tag::is_noun(tag[at]) || tag[at] == tag::Tag::kJJ || tag[at] == tag::Tag::kVBN ||
                        tag[at] == tag::Tag::kPOS || (tag[at] == tag::Tag::kPunct && view.word(at) == "-");
    if (!inside) break;
    if (tag::is_noun(tag[at])) end = at + 1;
  }
  if (end == comma + 1 || end == comma + 2 - (article ? 0U : 1U)) return {};
  // Without an article only a common noun is a role; "Paris, France" is not.
  if (tag[end - 1] != tag::Tag::kNN || (!article && tag[comma + 1] == tag::Tag::kNNP)) return {};
  return text_of(view, {comma + 1, end});
}

}  // namespace

std::string_view role_of(const View& view, const Candidate& candidate) {
  if (candidate.phrase.begin < candidate.tokens.begin) {
    const std::string_view before = text_of(view, {candidate.phrase.begin, candidate.tokens.begin});
    if (!before.empty()) return before;
  }
  return apposition(view, candidate);
}

}  // namespace copydesk::resolve
