// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stages/entities/desk_names.h"
#include "stages/entities/name_tagger.h"
#include "stages/entities/names.h"
#include "stages/parse/article.h"
#include "stages/stage.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::entities {

/// Finds names: persons, organisations, places and eight more types. The model is a linear-chain conditional random
/// field over sparse features and a small convolutional network; see docs/entities.md and models/names.md.
/// Empty output where `Article::analysis` is not full.
class EntitiesStage {
 public:
  static constexpr std::string_view kName = "entities";
  using Input = Reads<parse::Article, tokenize::Tokens>;
  using Output = Names;
  struct Scratch {
    entities::NameTagger tagger;
    std::vector<TokenRange> sentences;
    std::vector<Name> names;
  };

  /// Loads the model. Throws std::runtime_error where the file is missing or damaged. The names that the newsroom
  /// taught, if any, are laid over what the model finds; each article takes those that are current when it comes.
  explicit EntitiesStage(const std::filesystem::path& model, std::shared_ptr<const DeskNamesFile> desk = nullptr);

  /// Which weights find the names, for the record's provenance: "names-1f2e3d4c".
  [[nodiscard]] std::string model_name() const { return "names-" + model_->fingerprint(); }

  [[nodiscard]] Result<Names> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  std::shared_ptr<const entities::NameModel> model_;
  std::shared_ptr<const DeskNamesFile> desk_;
};

static_assert(Stage<EntitiesStage>);

}  // namespace copydesk::entities
