// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/stage.h"
#include "stages/tokenize/scanner.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::tokenize {

/// Cuts an article's text into words and sentences, by the rules of docs/tokenize.md: the words of Universal
/// Dependencies' English corpora. One pass, linear in the text's length whatever the text; all bytes that are not
/// white space are in exactly one token.
class TokenizeStage {
 public:
  static constexpr std::string_view kName = "tokenize";
  using Input = Reads<parse::Article>;
  using Output = Tokens;
  struct Scratch {
    std::vector<tokenize::Boundary> boundaries;
    std::vector<TokenRange> sentences;
  };

  [[nodiscard]] Result<Tokens> run(const Input& input, Scratch& scratch, const StageContext& context) const;
};

}  // namespace copydesk::tokenize
