// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/encode/code_points.h"
#include "stages/encode/json_writer.h"
#include "stages/encode/record.h"
#include "stages/parse/article.h"
#include "stages/quotes/quotes.h"
#include "stages/resolve/resolution.h"
#include "stages/stage.h"
#include "stages/tokenize/tokens.h"
#include "stages/values/values.h"

namespace copydesk::encode {

enum class OutputFormat : std::uint8_t {
  kRecord,  ///< config/enriched-article.schema.json
  kNinjs,   ///< the input object with people, organisations and places added
};

struct EncodeSettings {
  OutputFormat format = OutputFormat::kRecord;
  bool tokens = false;     ///< write tokens and sentences too
  std::string pipeline{};  ///< for the provenance: "copydesk 0.1.0"
  std::string model{};     ///< name of the model that finds names: "en-2026.11"; empty: not stated
};

/// Writes the published JSON object (docs/record.md). Turns byte offsets into code points and checks every span.
class EncodeStage {
 public:
  static constexpr std::string_view kName = "encode";
  using Input = Reads<parse::Payload, parse::Article, tokenize::Tokens, fingerprint::Fingerprint, values::Values,
                      quotes::Quotes, resolve::Resolution>;
  using Output = Record;
  struct Scratch {
    JsonWriter json;
    CodePoints code_points;
    std::size_t marks_at = 0;           ///< of the record being written: see Record
    std::vector<std::uint64_t> listed;  ///< hashes of the names that a ninjs object has already
  };

  explicit EncodeStage(EncodeSettings settings);

  /// Linear in text and layers. Errors: kInternal where a layer's span is outside the text or splits a character, or
  /// where an index points nowhere.
  [[nodiscard]] Result<Record> run(const Input& input, Scratch& scratch, const StageContext& context) const;

 private:
  EncodeSettings settings_;
};

}  // namespace copydesk::encode
