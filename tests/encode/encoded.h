// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "stages/encode/encode_stage.h"

namespace copydesk {

/// The layers of one article, to be filled by a test and encoded.
struct Layers {
  parse::Payload payload;
  parse::Article article;
  tokenize::Tokens tokens;
  fingerprint::Fingerprint fingerprint;
  values::Values values;
  quotes::Quotes quotes;
  resolve::Resolution resolution;

  /// The record's JSON, or the error's word.
  [[nodiscard]] std::string encode(encode::EncodeSettings settings = {.pipeline = "copydesk test"}) const {
    ChunkPool pool;
    Arena arena(pool);
    const encode::EncodeStage stage(std::move(settings));
    encode::EncodeStage::Scratch scratch;
    const StageContext context(arena, StageContext::Clock::time_point::max());
    const encode::EncodeStage::Input input{
        std::tuple<const parse::Payload&, const parse::Article&, const tokenize::Tokens&,
                   const fingerprint::Fingerprint&, const values::Values&, const quotes::Quotes&,
                   const resolve::Resolution&>(payload, article, tokens, fingerprint, values, quotes, resolution)};
    const auto record = stage.run(input, scratch, context);
    return record ? record->json : std::string(reason(record.error().code));
  }
};

}  // namespace copydesk
