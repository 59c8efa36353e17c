// SPDX-License-Identifier: Apache-2.0
#include "stages/tokenize/tokenize_stage.h"

#include "stages/tokenize/sentences.h"
#include "stages/tokenize/token_columns.h"

namespace copydesk::tokenize {

static_assert(Stage<TokenizeStage>);

Result<Tokens> TokenizeStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const std::string_view text = input.get<parse::Article>().text;
  tokenize::TokenColumns columns(context.arena(), text.size());
  scratch.boundaries.clear();
  scratch.sentences.clear();
  tokenize::Scanner scanner(text, columns, scratch.boundaries);
  constexpr std::uint32_t kPollBytes = 1U << 20U;
  for (std::uint32_t until = kPollBytes; scanner.run(until); until += kPollBytes) {
    if (context.expired()) return Error{ErrorCode::kDeadline, "cutting the text into words took too long"};
  }
  tokenize::split_sentences(text, scratch.boundaries, columns, scratch.sentences);
  return Tokens{columns.spans(), columns.all_flags(), columns.hashes(), context.arena().copy(scratch.sentences)};
}

}  // namespace copydesk::tokenize
