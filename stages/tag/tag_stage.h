// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "stages/parse/article.h"
#include "stages/stage.h"
#include "stages/tag/tagger_features.h"
#include "stages/tag/tagger_model.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::tag {

/// Gives every token its part of speech: greedily from left to right, by a linear model over the words around and the
/// two tags before (averaged perceptron: M. Collins, "Discriminative Training Methods for Hidden Markov Models",
/// 2002). Words that the lexicon knows with one tag only, and punctuation, cost no more than a look-up.
class TagStage {
 public:
  static constexpr std::string_view kName = "tag";
  using Input = Reads<parse::Article, tokenize::Tokens>;
  using Output = Tags;
  struct Scratch {
    static constexpr std::uint32_t kPiece = 256;
    /// A sentence or a piece of it, with the words around.
    std::array<tag::WordView, kPiece + 2 * tag::kContext> words{};
  };

  /// `model`: the file models/tagger.model. Throws std::runtime_error, with the file's name and what to do.
  explicit TagStage(const std::filesystem::path& model) : model_(std::make_shared<const tag::Model>(model)) {}

  [[nodiscard]] Result<Tags> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  std::shared_ptr<const tag::Model> model_;
};

}  // namespace copydesk::tag
