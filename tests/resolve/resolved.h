// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>

#include "stages/arena.h"
#include "stages/resolve/resolve_stage.h"
#include "tests/resolve/marked_text.h"

namespace copydesk::test {

/// A case run through the stage, with the memory that its result lives in.
class Resolved {
 public:
  explicit Resolved(const MarkedText& marked) : arena_(pool_) {
    const parse::Article article = marked.article();
    const tokenize::Tokens tokens = marked.token_layer();
    const tag::Tags tags = marked.tag_layer();
    const entities::Names names = marked.name_layer();
    const values::Values values;
    const quotes::Quotes quotes = marked.quote_layer();
    resolve::ResolveStage::Scratch scratch;
    const resolve::ResolveStage::Input input{{article, tokens, tags, names, values, quotes}};
    auto result = stage().run(input, scratch, StageContext(arena_, StageContext::Clock::time_point::max()));
    if (!result) throw std::runtime_error(result.error().message);
    resolution_ = *result;
  }
  [[nodiscard]] const resolve::Resolution& resolution() const noexcept { return resolution_; }

  static const resolve::ResolveStage& stage() {
    static const resolve::ResolveStage one(resolve::ResolveFiles::in(COPYDESK_SOURCE_DIR "/models"));
    return one;
  }

 private:
  ChunkPool pool_;
  Arena arena_;
  resolve::Resolution resolution_;
};

}  // namespace copydesk::test
