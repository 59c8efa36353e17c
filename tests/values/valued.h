// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "stages/encode/encode_stage.h"
#include "stages/parse/timestamp.h"
#include "stages/tokenize/tokenize_stage.h"
#include "stages/values/values_stage.h"

namespace copydesk {

/// The values of one text and the record that the encoder writes of them, with the arena they live in.
class Valued {
 public:
  /// `published` as in an article: RFC 3339, or empty.
  Valued(std::string text, std::string_view published, parse::Analysis analysis = parse::Analysis::kFull)
      : text_(std::move(text)) {
    article_.text = text_;
    article_.id = "case";
    article_.published_time = parse::parse_timestamp(published);
    article_.analysis = analysis;
    constexpr auto kNever = StageContext::Clock::time_point::max();
    tokenize::TokenizeStage::Scratch tokenize_scratch;
    tokens_ = *tokenize::TokenizeStage().run({{article_}}, tokenize_scratch, StageContext(tokens_arena_, kNever));
    values::ValuesStage::Scratch scratch;
    values_ = *values::ValuesStage().run({{article_, tokens_}}, scratch, StageContext(arena_, kNever));
  }

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const tokenize::Tokens& tokens() const { return tokens_; }
  [[nodiscard]] const values::Values& values() const { return values_; }

  /// The published JSON; its `mentions` are the values. Empty where the encoder found a broken span.
  [[nodiscard]] std::string record() {
    const parse::Payload payload;
    const fingerprint::Fingerprint fingerprint;
    const quotes::Quotes quotes;
    const resolve::Resolution resolution;
    encode::EncodeStage::Scratch scratch;
    const auto result = encode::EncodeStage(encode::EncodeSettings{})
                            .run({{payload, article_, tokens_, fingerprint, values_, quotes, resolution}}, scratch,
                                 StageContext(arena_, StageContext::Clock::time_point::max()));
    return result ? (*result).json : std::string();
  }

 private:
  std::string text_;
  parse::Article article_;
  ChunkPool pool_;
  Arena tokens_arena_{pool_};
  Arena arena_{pool_};
  tokenize::Tokens tokens_;
  values::Values values_;
};

}  // namespace copydesk
