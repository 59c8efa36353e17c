// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/sentences.h"

#include <array>

#include "stages/tokenize/byte_classes.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/lexicon.h"

namespace copydesk::tokenize {
namespace {

// Words before a semicolon that can end a sentence: between 10 and 20 GUM's dev part scores the same; the most
// cautious of them.
constexpr std::uint32_t kLongSentence = 20;

class Splitter {
 public:
  Splitter(std::string_view text, TokenColumns& tokens, std::vector<TokenRange>& sentences)
      : text_(text), tokens_(tokens), sentences_(sentences) {}

  void run(const std::vector<Boundary>& boundaries) {
    for (const Boundary& boundary : boundaries) {
      if (boundary.kind == Boundary::Kind::kParagraph) {
        end_before(boundary.token);
      } else if (boundary.kind == Boundary::Kind::kSemicolon) {
        if (semicolon_ends(boundary.token)) end_before(boundary.token + 1);
      } else if (boundary.token >= begin_) {
        const std::uint32_t next = next_sentence(boundary);
        if (next != 0) end_before(next);
      }
    }
    end_before(tokens_.size());
  }

 private:
  void end_before(std::uint32_t token) {
    if (token <= begin_) return;
    tokens_.add_flag(begin_, kSentenceStart);
    sentences_.push_back({begin_, token});
    begin_ = token;
  }

  [[nodiscard]] bool has(std::uint32_t token, std::uint32_t flag) const { return (tokens_.flags(token) & flag) != 0; }
  [[nodiscard]] char first(std::uint32_t token) const { return text_[tokens_.span(token).begin]; }
  [[nodiscard]] char last(std::uint32_t token) const { return text_[tokens_.span(token).end - 1]; }
  [[nodiscard]] bool glued(std::uint32_t token) const {
    return token < tokens_.size() && !has(token, kSpaceBefore | kParagraphStart);
  }
  [[nodiscard]] bool opens(std::uint32_t token) const {
    const char c = first(token);
    return has(token, kOpenQuote) || c == '(' || c == '[' || c == '{';
  }

  /// A semicolon ends a sentence that is long already, outside brackets and quotations, where a clause follows.
  [[nodiscard]] bool semicolon_ends(std::uint32_t semicolon) {
    if (semicolon < begin_ + kLongSentence || semicolon + 1 >= tokens_.size()) return false;
    if (seen_ < begin_) {
      seen_ = begin_;
      depth_ = 0;
      quoted_ = false;
    }
    for (; seen_ < semicolon; ++seen_) {  // each token once, however many semicolons there are
      if (!has(seen_, kPunctuation)) continue;
      const char c = first(seen_);
      if (c == '(' || c == '[') ++depth_;
      if ((c == ')' || c == ']') && depth_ > 0) --depth_;
      if (c == '"' || c == '`' || (c == '\'' && tokens_.span(seen_).size() == 2)) {
        quoted_ = !quoted_;
      } else if (has(seen_, kNonAscii) && has(seen_, kOpenQuote | kCloseQuote) && !is_single_mark(seen_)) {
        quoted_ = has(seen_, kOpenQuote);
      }
    }
    if (depth_ != 0 || quoted_) return false;
    for (std::uint32_t i = semicolon + 1; i < tokens_.size() && i <= semicolon + 8; ++i) {
      static constexpr std::array<std::uint64_t, 2> kRelative{hash_lower("who"), hash_lower("which")};
      if (has(i, kParagraphStart) || first(i) == ';') return false;
      if (tokens_.hash(i) == kRelative[0] || tokens_.hash(i) == kRelative[1]) return false;
      if (is_finite_auxiliary(tokens_.hash(i))) return true;
    }
    return false;
  }
  /// ‘ or ’
  [[nodiscard]] bool is_single_mark(std::uint32_t token) const {
    const std::string_view mark = tokens_.span(token).of(text_);
    return mark == "\xE2\x80\x98" || mark == "\xE2\x80\x99";
  }

  /// The first token after the marks that belong to the sentence's end: closing quotes, brackets, "[17]".
  [[nodiscard]] std::uint32_t after_closers(std::uint32_t token, bool& quote) const {
    std::uint32_t i = token + 1;
    while (glued(i)) {
      const char c = first(i);
      if (has(i, kCloseQuote)) {
        quote = true;
      } else if (c != ')' && c != ']' && c != '}') {
        break;
      }
      ++i;
    }
    for (std::uint32_t end = after_note(i); end != i; end = after_note(i)) i = end;
    return i;
  }

  /// The token after a note in square brackets that starts at `i`: "[17]", "[citation needed]"; else `i`.
  [[nodiscard]] std::uint32_t after_note(std::uint32_t i) const {
    if (i + 2 >= tokens_.size() || first(i) != '[' || has(i, kParagraphStart) || has(i + 1, kInitialUpper)) return i;
    for (std::uint32_t end = i + 2; end < tokens_.size() && end < i + 5 && !has(end, kParagraphStart); ++end) {
      if (first(end) == ']') return end + 1;
    }
    return i;
  }

  /// "Figure 1." before its caption.
  [[nodiscard]] bool numbers_caption(std::uint32_t period) const {
    return period == begin_ + 2 && has(begin_, kParagraphStart) && has(begin_, kInitialUpper) &&
           has(begin_ + 1, kNumeric);
  }
  /// "eBay", "iPods": small letter first, then a capital.
  [[nodiscard]] bool is_camel_case(std::uint32_t token) const {
    const Span span = tokens_.span(token);
    return has(token, kHasLower) && is_lower(text_[span.begin]) && span.size() > 3 && (is_upper(text_[span.begin + 1]));
  }

  /// The token that the next sentence starts with, or 0 where none starts after `boundary`.
  [[nodiscard]] std::uint32_t next_sentence(const Boundary& boundary) const {
    bool quote = false;
    const std::uint32_t next = after_closers(boundary.token, quote);
    if (next >= tokens_.size() || has(next, kParagraphStart)) return 0;  // ends in any case
    // Marks that open stand before the first word.
    std::uint32_t word = next;
    while (word + 1 < tokens_.size() && word < next + 3 && opens(word) && !has(word + 1, kParagraphStart)) ++word;
    const bool opened = word != next;
    const bool capital = has(word, kInitialUpper);
    const bool starts = capital || is_camel_case(word) || (has(word, kHasDigit) && !has(word, kHasLower) && !opened) ||
                        (has(word, kNonAscii) && !has(word, kHasLower | kPunctuation));
    if (glued(next)) {  // "end.Next"
      return boundary.kind == Boundary::Kind::kTerminal && capital && !opened && next == boundary.token + 1 &&
                     boundary.token > begin_ && has(boundary.token - 1, kHasLower)
                 ? next
                 : 0;
    }
    switch (boundary.kind) {
      case Boundary::Kind::kParagraph: return 0;
      case Boundary::Kind::kSemicolon:
      case Boundary::Kind::kTitle: return 0;
      case Boundary::Kind::kInitial:  // Robert C. "Bob" Vole
        return capital && (quote || is_sentence_starter(tokens_.hash(word))) ? next : 0;
      case Boundary::Kind::kAbbreviation:
        if (next != boundary.token + 1 && quote && capital) return next;
        if (tokens_.hash(boundary.token) == hash_lower("etc.")) return capital ? next : 0;
        if (tokens_.hash(boundary.token) == hash_lower("e.g.") || tokens_.hash(boundary.token) == hash_lower("i.e."))
          return 0;
        return capital && ((opened && first(word - 1) != '(') || is_sentence_starter(tokens_.hash(word))) ? next : 0;
      case Boundary::Kind::kTerminal: break;
    }
    const char mark = last(boundary.token);
    if (!starts && small_letters_only(boundary.token) && has(word, kHasLower) && !opened && !quote) return next;
    if (!starts || numbers_caption(boundary.token)) return 0;
    if (has(boundary.token, kNonAscii) || tokens_.span(boundary.token).size() > 1) {
      if (mark == '.' && !quote && !is_sentence_starter(tokens_.hash(word))) return 0;
    }
    if (mark != '.' && quote && !opened && speech_follows(word)) return 0;
    return next;
  }

  /// Text without capitals: the sentence did not begin with one, so the next one need not.
  [[nodiscard]] bool small_letters_only(std::uint32_t mark) const {
    return mark > begin_ + 2 && tokens_.span(mark).size() == 1 && !has(mark - 1, kInitialUpper) &&
           has(begin_, kHasLower) && !has(begin_, kInitialUpper);
  }

  /// "Why?" Smith asked.
  [[nodiscard]] bool speech_follows(std::uint32_t word) const {
    static constexpr std::array<std::uint64_t, 10> kVerbs{
        hash_lower("said"),  hash_lower("says"),    hash_lower("asked"), hash_lower("asks"),  hash_lower("told"),
        hash_lower("wrote"), hash_lower("shouted"), hash_lower("cried"), hash_lower("added"), hash_lower("tweeted")};
    for (std::uint32_t i = word + 1; i < tokens_.size() && i <= word + 3 && !has(i, kPunctuation); ++i) {
      for (const std::uint64_t verb : kVerbs) {
        if (tokens_.hash(i) == verb) return true;
      }
    }
    return false;
  }

  std::string_view text_;
  TokenColumns& tokens_;
  std::vector<TokenRange>& sentences_;
  std::uint32_t begin_ = 0;
  // Brackets and quotations open at token `seen_` of the sentence.
  std::uint32_t seen_ = 0;
  int depth_ = 0;
  bool quoted_ = false;
};

}  // namespace

void split_sentences(std::string_view text, const std::vector<Boundary>& boundaries, TokenColumns& tokens,
                     std::vector<TokenRange>& sentences) {
  Splitter(text, tokens, sentences).run(boundaries);
}

}  // namespace copydesk::tokenize
