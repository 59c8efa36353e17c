// SPDX-License-Identifier: Apache-2.0
#include "stages/fingerprint/fingerprint_stage.h"

namespace copydesk::fingerprint {

Result<Fingerprint> FingerprintStage::run(const Input& input, Scratch& scratch, const StageContext&) const {
  const tokenize::Tokens& tokens = input.get<tokenize::Tokens>();
  scratch.words.clear();
  for (std::size_t token = 0; token < tokens.size(); ++token) {
    if (!tokens.has(token, tokenize::kPunctuation)) scratch.words.push_back(tokens.lower_hashes[token]);
  }
  return fingerprint_of(scratch.words);
}

}  // namespace copydesk::fingerprint
