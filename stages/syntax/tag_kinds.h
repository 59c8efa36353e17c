// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stages/tag/tags.h"

namespace copydesk::syntax {

[[nodiscard]] constexpr bool is_verb_tag(tag::Tag tag) {
  return tag >= tag::Tag::kVB && tag <= tag::Tag::kVBZ;
}
[[nodiscard]] constexpr bool is_finite_tag(tag::Tag tag) {
  return tag == tag::Tag::kVBD || tag == tag::Tag::kVBP || tag == tag::Tag::kVBZ;
}
[[nodiscard]] constexpr bool is_noun_tag(tag::Tag tag) {
  return tag >= tag::Tag::kNN && tag <= tag::Tag::kNNPS;
}
[[nodiscard]] constexpr bool is_adjective_tag(tag::Tag tag) {
  return tag == tag::Tag::kJJ || tag == tag::Tag::kJJR || tag == tag::Tag::kJJS;
}
[[nodiscard]] constexpr bool is_adverb_tag(tag::Tag tag) {
  return tag == tag::Tag::kRB || tag == tag::Tag::kRBR || tag == tag::Tag::kRBS;
}

}  // namespace copydesk::syntax
