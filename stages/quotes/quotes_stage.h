// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/quotes/candidate.h"
#include "stages/quotes/overlaps.h"
#include "stages/quotes/quotes.h"
#include "stages/stage.h"
#include "stages/syntax/syntax.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::quotes {

/// Finds direct, mixed and indirect quotes and the mention of who said them; see docs/quotes.md. English only: an
/// article of another language, or one that is not analysed in full, gets no quotes. Time is linear in the text.
class QuotesStage {
 public:
  static constexpr std::string_view kName = "quotes";
  using Input = Reads<parse::Article, tokenize::Tokens, syntax::Syntax>;
  using Output = Quotes;

  struct Scratch {
    quotes::Candidates candidates;
    quotes::OverlapResolver overlaps;
    std::vector<std::uint32_t> chosen;
  };

  [[nodiscard]] Result<Quotes> run(const Input& input, Scratch& scratch, const StageContext& context) const;
};

}  // namespace copydesk::quotes
