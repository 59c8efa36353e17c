// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/parse/article.h"
#include "stages/quotes/quotes_stage.h"
#include "stages/syntax/syntax_stage.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::testing {

/// An article cut at spaces and punctuation, without part of speech: enough to test the stage by itself.
/// A sentence ends at ".", "?" or "!" (and closing marks) before a space.
class PlainArticle {
 public:
  explicit PlainArticle(std::string text) : text_(std::move(text)) { tokenize(); }

  /// Runs the stages; the quotes' views live as long as this object.
  quotes::Quotes run(const syntax::SyntaxStage& syntax, const quotes::QuotesStage& stage) {
    parse::Article article;
    article.text = text_;
    tokenize::Tokens tokens;
    tokens.spans = spans_;
    tokens.flags = flags_;
    tokens.lower_hashes = hashes_;
    tokens.sentences = sentences_;
    const tag::Tags tags;
    const StageContext context(arena_, StageContext::Clock::time_point::max());
    const auto phrases = syntax.run(
        syntax::SyntaxStage::Input{
            std::tuple<const parse::Article&, const tokenize::Tokens&, const tag::Tags&>(article, tokens, tags)},
        syntax_scratch_, context);
    if (!phrases.ok()) return {};
    const auto result = stage.run(
        quotes::QuotesStage::Input{std::tuple<const parse::Article&, const tokenize::Tokens&, const syntax::Syntax&>(
            article, tokens, *phrases)},
        scratch_, context);
    return result.ok() ? *result : quotes::Quotes{};
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  static bool is_mark(std::string_view token) {
    return token == "\"" || token == "\xE2\x80\x9C" || token == "\xE2\x80\x9D" || token == "\xC2\xAB" ||
           token == "\xC2\xBB";
  }

  void push(std::size_t begin, std::size_t end, bool space, bool paragraph) {
    const std::string_view word = std::string_view(text_).substr(begin, end - begin);
    unsigned flags = 0;
    const char first = word.front();
    if (first >= 'A' && first <= 'Z') flags |= tokenize::kInitialUpper;
    const bool letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    const bool digit = first >= '0' && first <= '9';
    if (digit) flags |= tokenize::kHasDigit;
    if (!letter && !digit) flags |= tokenize::kPunctuation;
    if (space) flags |= tokenize::kSpaceBefore;
    if (paragraph) flags |= tokenize::kParagraphStart;
    spans_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    flags_.push_back(static_cast<std::uint16_t>(flags));
    hashes_.push_back(tokenize::hash_lower(word));
  }

  void tokenize() {
    const std::string_view text = text_;
    bool space = true;
    bool paragraph = true;
    for (std::size_t i = 0; i < text.size();) {
      const char c = text[i];
      if (c == ' ' || c == '\n') {
        space = true;
        paragraph = paragraph || c == '\n';
        ++i;
        continue;
      }
      const auto is_word = [](char b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      };
      std::size_t end = i + 1;
      if (is_word(c)) {
        while (end < text.size() && is_word(text[end])) ++end;
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      } else if ((c == '\'' || c == '`') && end < text.size() && text[end] == c) {
        ++end;
      }
      push(i, end, space, paragraph);
      space = paragraph = false;
      i = end;
    }
    std::uint32_t begin = 0;
    const auto count = static_cast<std::uint32_t>(spans_.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      const char c = text_[spans_[i].begin];
      const bool last = i + 1 == count || (flags_[i + 1] & tokenize::kParagraphStart) != 0;
      const bool stop = c == '.' || c == '?' || c == '!' ||
                        (i > 0 && is_mark(spans_[i].of(text_)) &&
                         std::string_view(".?!").find(text_[spans_[i - 1].begin]) != std::string_view::npos);
      if (last || (stop && (flags_[i + 1] & tokenize::kSpaceBefore) != 0 &&
                   (flags_[i + 1] & (tokenize::kInitialUpper | tokenize::kPunctuation)) != 0)) {
        sentences_.push_back({begin, i + 1});
        flags_[begin] = static_cast<std::uint16_t>(flags_[begin] | tokenize::kSentenceStart);
        begin = i + 1;
      }
    }
  }

  std::string text_;
  std::vector<Span> spans_;
  std::vector<std::uint16_t> flags_;
  std::vector<std::uint64_t> hashes_;
  std::vector<TokenRange> sentences_;
  ChunkPool pool_;
  Arena arena_{pool_};
  syntax::SyntaxStage::Scratch syntax_scratch_;
  quotes::QuotesStage::Scratch scratch_;
};

}  // namespace copydesk::testing
