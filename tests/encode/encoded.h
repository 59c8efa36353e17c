#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "stages/encode/encode_stage.h"

namespace copydesk {

/// The layers of one article, to be filled by a test and encoded.
struct Layers {
  Payload payload;
  Article article;
  Tokens tokens;
  Values values;
  Quotes quotes;
  Resolution resolution;

  /// The record's JSON, or the error's word.
  [[nodiscard]] std::string encode(EncodeSettings settings = {.pipeline = "copydesk test"}) const {
    ChunkPool pool;
    Arena arena(pool);
    const EncodeStage stage(std::move(settings));
    EncodeStage::Scratch scratch;
    const StageContext context(arena, StageContext::Clock::time_point::max());
    const EncodeStage::Input input{
        std::tuple<const Payload&, const Article&, const Tokens&, const Values&, const Quotes&, const Resolution&>(
            payload, article, tokens, values, quotes, resolution)};
    const auto record = stage.run(input, scratch, context);
    return record ? std::string(record->value) : std::string(reason(record.error().code));
  }
};

}  // namespace copydesk
