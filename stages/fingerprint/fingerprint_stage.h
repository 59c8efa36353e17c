// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/fingerprint/fingerprint.h"
#include "stages/stage.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::fingerprint {

/// Makes the fingerprint by which near-duplicates are found (docs/wire-semantics.md). Linear in the tokens; reads
/// nothing but them, so that it can be made again from an input record at little cost.
class FingerprintStage {
 public:
  static constexpr std::string_view kName = "fingerprint";
  using Input = Reads<tokenize::Tokens>;
  using Output = Fingerprint;
  struct Scratch {
    std::vector<std::uint64_t> words;  ///< hashes of the tokens that are no punctuation
  };

  [[nodiscard]] Result<Fingerprint> run(const Input& input, Scratch& scratch, const StageContext& context) const;
};

static_assert(Stage<FingerprintStage>);

}  // namespace copydesk::fingerprint
