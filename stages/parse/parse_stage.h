// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/parse/article.h"
#include "stages/parse/json_object.h"
#include "stages/parse/markup_text.h"
#include "stages/stage.h"

namespace copydesk::parse {

struct ParseSettings {
  std::string default_language = "en";                         ///< BCP 47; of articles that state none
  std::uint64_t max_article_bytes = std::uint64_t{64} << 20U;  ///< larger inputs are ErrorCode::kTooLarge; < 2 GiB
};

/// Reads one article in any input format (docs/input-formats.md) and makes the text that the other stages work on.
/// The only stage that knows JSON or HTML libraries.
class ParseStage {
 public:
  static constexpr std::string_view kName = "parse";
  using Input = Reads<Payload>;
  using Output = Article;
  struct Scratch {
    JsonReader reader;
    std::vector<RawField> fields;
    std::vector<ListedName> listed;
    MarkupText headline;
    MarkupText body;

    /// Gives memory back where the article before was a giant.
    void trim();
  };

  explicit ParseStage(ParseSettings settings);

  /// Linear in the payload. Errors: kEmpty, kMalformedJson, kInvalidUtf8, kMissingField, kWrongType, kTooLarge,
  /// kTooDeep, kMemoryLimit, kDeadline.
  [[nodiscard]] Result<Article> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  ParseSettings settings_;
};

}  // namespace copydesk::parse
