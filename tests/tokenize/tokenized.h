// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "stages/tokenize/tokenize_stage.h"

namespace copydesk {

/// The tokens of one text, with the arena they live in.
class Tokenized {
 public:
  explicit Tokenized(std::string text, std::size_t limit_bytes = std::size_t{1} << 30U)
      : text_(std::move(text)), arena_(pool_, limit_bytes), result_(run()) {}

  [[nodiscard]] const Result<tokenize::Tokens>& result() const { return result_; }
  [[nodiscard]] const tokenize::Tokens& tokens() const { return *result_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  /// Tokens with blanks between, sentences with " || " between.
  [[nodiscard]] std::string joined() const {
    std::string line;
    for (const TokenRange sentence : tokens().sentences) {
      if (!line.empty()) line += " ||";
      for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
        if (!line.empty()) line += ' ';
        line += tokens().text(text_, i);
      }
    }
    return line;
  }

 private:
  Result<tokenize::Tokens> run() {
    parse::Article article;
    article.text = text_;
    tokenize::TokenizeStage::Scratch scratch;
    return tokenize::TokenizeStage().run(Reads<parse::Article>{std::tuple<const parse::Article&>(article)}, scratch,
                                         StageContext(arena_, StageContext::Clock::time_point::max()));
  }

  std::string text_;
  ChunkPool pool_;
  Arena arena_;
  Result<tokenize::Tokens> result_;
};

}  // namespace copydesk
