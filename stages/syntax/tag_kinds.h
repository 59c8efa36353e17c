// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/tag/tags.h"

namespace copydesk::syntax {

[[nodiscard]] constexpr bool is_verb_tag(Tag tag) {
  return tag >= Tag::kVB && tag <= Tag::kVBZ;
}
[[nodiscard]] constexpr bool is_finite_tag(Tag tag) {
  return tag == Tag::kVBD || tag == Tag::kVBP || tag == Tag::kVBZ;
}
[[nodiscard]] constexpr bool is_noun_tag(Tag tag) {
  return tag >= Tag::kNN && tag <= Tag::kNNPS;
}
[[nodiscard]] constexpr bool is_adjective_tag(Tag tag) {
  return tag == Tag::kJJ || tag == Tag::kJJR || tag == Tag::kJJS;
}
[[nodiscard]] constexpr bool is_adverb_tag(Tag tag) {
  return tag == Tag::kRB || tag == Tag::kRBR || tag == Tag::kRBS;
}

}  // namespace copydesk::syntax
