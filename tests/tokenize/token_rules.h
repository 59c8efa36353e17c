// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "stages/tokenize/code_points.h"
#include "stages/tokenize/hash.h"
#include "tests/tokenize/tokenized.h"

namespace copydesk {

/// What must hold for any text, and does not: which rule, and where. Empty where all is well.
[[nodiscard]] inline std::string broken_rule(const Tokenized& made) {
  const std::string_view text = made.text();
  if (!made.result()) return made.result().error().message;
  const tokenize::Tokens& tokens = made.tokens();
  if (tokens.flags.size() != tokens.size() || tokens.lower_hashes.size() != tokens.size())
    return "columns differ in size";
  // Tokens hold every character that is not white space, and nothing else.
  std::uint32_t token = 0;
  bool space = true;
  for (std::size_t i = 0; i < text.size();) {
    const tokenize::CodePoint c = tokenize::code_point_at(text, i);
    const bool blank = tokenize::kind_of(c.value) == tokenize::CodePointKind::kSpace;
    while (token < tokens.size() && tokens.spans[token].end <= i) ++token;
    const bool inside = token < tokens.size() && tokens.spans[token].begin <= i;
    if (inside == blank)
      return "byte " + std::to_string(i) + (blank ? " is white space inside a token" : " is in no token");
    if (inside && tokens.spans[token].begin == i && tokens.has(token, tokenize::kSpaceBefore) != space) {
      return "the token at byte " + std::to_string(i) + " is wrong about the space before it";
    }
    space = blank;
    i += c.size;
  }
  std::uint32_t next = 0;
  for (const TokenRange sentence : tokens.sentences) {
    if (sentence.begin != next || sentence.empty()) return "sentences leave token " + std::to_string(next) + " out";
    for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
      if (tokens.has(i, tokenize::kSentenceStart) != (i == sentence.begin))
        return "kSentenceStart at token " + std::to_string(i);
      if (tokens.has(i, tokenize::kParagraphStart) && i != sentence.begin) return "a paragraph inside a sentence";
    }
    next = sentence.end;
  }
  if (next != tokens.size()) return "the last sentence ends early";
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (tokens.spans[i].empty()) return "token " + std::to_string(i) + " is empty";
    if (i != 0 && tokens.spans[i].begin < tokens.spans[i - 1].end) return "tokens overlap at " + std::to_string(i);
    if (tokens.lower_hashes[i] != tokenize::hash_lower(tokens.text(text, i)))
      return "hash of token " + std::to_string(i);
  }
  return "";
}

}  // namespace copydesk
