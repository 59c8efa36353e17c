// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "stages/encode/encode_stage.h"

namespace copydesk::encode {

/// Writes the enriched record into `scratch.json`. An error says which layer broke its contract; the buffer is then
/// worthless.
[[nodiscard]] std::optional<Error> write_record(const EncodeStage::Input& input, const EncodeSettings& settings,
                                                EncodeStage::Scratch& scratch);

}  // namespace copydesk::encode
