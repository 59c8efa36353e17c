// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/syntax/unit.h"

namespace copydesk::syntax {

[[nodiscard]] inline bool ends_sentence(ChunkKind kind) {
  return kind == ChunkKind::kStop || kind == ChunkKind::kSemicolon;
}

[[nodiscard]] inline bool is_finite_verb(const Chunk& chunk) {
  return chunk.kind == ChunkKind::kVerb && chunk.has(kFinite);
}

}  // namespace copydesk::syntax
