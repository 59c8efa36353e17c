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
    const Article article = marked.article();
    const Tokens tokens = marked.token_layer();
    const Tags tags = marked.tag_layer();
    const Names names = marked.name_layer();
    const Values values;
    const Quotes quotes = marked.quote_layer();
    ResolveStage::Scratch scratch;
    const ResolveStage::Input input{{article, tokens, tags, names, values, quotes}};
    auto result = stage().run(input, scratch, StageContext(arena_, StageContext::Clock::time_point::max()));
    if (!result) throw std::runtime_error(result.error().message);
    resolution_ = *result;
  }
  [[nodiscard]] const Resolution& resolution() const noexcept { return resolution_; }

  static const ResolveStage& stage() {
    static const ResolveStage one(ResolveFiles::in(COPYDESK_SOURCE_DIR "/models"));
    return one;
  }

 private:
  ChunkPool pool_;
  Arena arena_;
  Resolution resolution_;
};

}  // namespace copydesk::test
