// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/encode_stage.h"

#include <utility>

#include "stages/encode/ninjs_json.h"
#include "stages/encode/record_json.h"

namespace copydesk::encode {

EncodeStage::EncodeStage(EncodeSettings settings) : settings_(std::move(settings)) {}

Result<Record> EncodeStage::run(const Input& input, Scratch& scratch, const StageContext& /*context*/) const {
  const parse::Article& article = input.get<parse::Article>();
  if (settings_.format == OutputFormat::kNinjs) {
    write_ninjs(input, settings_, scratch);
  } else if (auto error = write_record(input, settings_, scratch)) {
    return *std::move(error);
  }
  Record record;
  record.json = scratch.json.str();
  record.digest = digest_of(article, input.get<fingerprint::Fingerprint>(), input.get<quotes::Quotes>(),
                            input.get<resolve::Resolution>());
  if (settings_.format == OutputFormat::kRecord) record.marks_at = scratch.marks_at;
  record.digest.counts.words = input.get<tokenize::Tokens>().size();
  return record;
}

}  // namespace copydesk::encode
