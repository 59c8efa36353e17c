// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/encode/encode_stage.h"

namespace copydesk::encode {

/// Writes the input object with people, organisations, places and the enricher added into `scratch.json`: byte for byte
/// but for the additions and for line breaks between tokens. What the desk has listed stays as it is and where it is.
/// Plain JSON and text files become a ninjs 3.1 object. Withheld and canceled articles are not touched.
void write_ninjs(const EncodeStage::Input& input, const EncodeSettings& settings, EncodeStage::Scratch& scratch);

}  // namespace copydesk::encode
