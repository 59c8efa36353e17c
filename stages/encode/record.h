#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk::encode {

/// The layer made by `encode`: what is published. Views into the stage's arena.
struct Record {
  std::string_view key;    ///< the article's id; used where the input had no key
  std::string_view value;  ///< one JSON object without line breaks
  std::uint32_t words = 0;
  std::size_t marks_at = 0;  ///< where StoryMarks belong in `value`, in bytes; 0 = the format has no place for them
};

}  // namespace copydesk::encode
