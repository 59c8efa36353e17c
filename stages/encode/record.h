// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "stages/encode/digest.h"

namespace copydesk::encode {

/// The layer made by `encode`: what is published, and what the process itself has to know of it.
struct Record {
  std::string json;          ///< one JSON object without line breaks: the only copy of the record until it is sent
  std::size_t marks_at = 0;  ///< where StoryMarks belong in `json`, in bytes; 0 = the format has no place for them
  Digest digest;

  /// The article's id; used where the input had no key.
  [[nodiscard]] std::string_view key() const noexcept { return digest.story.id; }
};

}  // namespace copydesk::encode
