#pragma once
#include <cstdint>
#include <string_view>

namespace copydesk {

/// The layer made by `encode`: what is published. Views into the stage's arena.
struct Record {
  std::string_view key;    ///< the article's id; used where the input had no key
  std::string_view value;  ///< one JSON object without line breaks
  std::uint32_t words = 0;
};

}  // namespace copydesk
