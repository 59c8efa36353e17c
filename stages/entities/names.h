// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "stages/entity_type.h"
#include "stages/span.h"

namespace copydesk::entities {

/// One name in the text: who or what it is called, not yet which entity it is.
struct Name {
  TokenRange tokens;
  EntityType type = EntityType::kPerson;  ///< one of the 11 name types
  float confidence = 1.0F;                ///< 0 to 1
};

/// The layer made by `entities`: names in text order, not overlapping.
struct Names {
  std::span<const Name> items;
};

}  // namespace copydesk::entities
