#include "stages/fingerprint/fingerprint_stage.h"

namespace copydesk {

Result<Fingerprint> FingerprintStage::run(const Input& input, Scratch& scratch, const StageContext&) const {
  const Tokens& tokens = input.get<Tokens>();
  scratch.words.clear();
  for (std::size_t token = 0; token < tokens.size(); ++token) {
    if (!tokens.has(token, kPunctuation)) scratch.words.push_back(tokens.lower_hashes[token]);
  }
  return fingerprint_of(scratch.words);
}

}  // namespace copydesk
