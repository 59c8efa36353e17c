// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "stages/entities/desk_names.h"
#include "stages/entities/names.h"
#include "stages/parse/article.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/resolution.h"
#include "stages/stage.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"
#include "stages/values/values.h"

namespace copydesk::resolve {

/// The files that the stage reads when it is built, once.
struct ResolveFiles {
  std::filesystem::path lexicon;  ///< models/resolve-lexicon.model
  std::filesystem::path links;    ///< models/resolve-links.model

  std::filesystem::path places;  ///< models/places.model

  /// Under the names that they are shipped with.
  [[nodiscard]] static ResolveFiles in(const std::filesystem::path& models) {
    return {models / "resolve-lexicon.model", models / "resolve-links.model", models / "places.model"};
  }
};

/// Who is who and who said what: puts the mentions of one person, organisation or place into one entity, and gives
/// each quote its speaker. See docs/who-is-who.md.
class ResolveStage {
 public:
  static constexpr std::string_view kName = "resolve";
  using Input = Reads<parse::Article, tokenize::Tokens, tag::Tags, entities::Names, values::Values, quotes::Quotes>;
  using Output = Resolution;

  /// Buffers of one thread.
  class Scratch {
   public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;

   private:
    friend class ResolveStage;
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
  };

  /// Throws std::runtime_error where a file is missing or damaged. `desk`: the newsroom's own names, or nullptr.
  explicit ResolveStage(const ResolveFiles& files, std::shared_ptr<const entities::DeskNamesFile> desk = nullptr);

  [[nodiscard]] Result<Resolution> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  struct Models;
  std::shared_ptr<const Models> models_;
  std::shared_ptr<const entities::DeskNamesFile> desk_;
};

static_assert(Stage<ResolveStage>);

}  // namespace copydesk::resolve
