// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/stage.h"
#include "stages/tokenize/tokens.h"
#include "stages/values/values.h"

namespace copydesk::values {

/// Finds dates, times, percentages, money, quantities, ordinals and cardinals by rules, with what they mean: see
/// docs/values.md for the forms and conventions. Linear in the tokens, whatever the text: each rule looks at a bounded
/// number of them. Empty output where `Article::analysis` is not full.
class ValuesStage {
 public:
  static constexpr std::string_view kName = "values";
  using Input = Reads<parse::Article, tokenize::Tokens>;
  using Output = Values;
  struct Scratch {
    std::vector<std::uint16_t> words;  ///< of each token, in the lexicon
    std::vector<Value> values;
  };

  /// Errors: kDeadline.
  [[nodiscard]] Result<Values> run(const Input& input, Scratch& scratch, const StageContext& context) const;
};

static_assert(Stage<ValuesStage>);

}  // namespace copydesk::values
