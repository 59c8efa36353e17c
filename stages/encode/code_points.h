// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/span.h"

namespace copydesk::encode {

/// Turns byte offsets of a UTF-8 text into code-point offsets: a running count per block of bytes, then at most one
/// block is counted per offset. Building is linear, an offset costs a few instructions, in any order. Keeps its memory.
class CodePoints {
 public:
  /// Indexes `text`, which is valid UTF-8 and outlives the use of this index.
  void index(std::string_view text);

  /// Whether `span` is ordered, inside the text, and begins and ends between two characters.
  [[nodiscard]] bool is_valid(Span span) const noexcept {
    return span.begin <= span.end && span.end <= text_.size() && is_boundary(span.begin) && is_boundary(span.end);
  }
  /// Number of code points before byte `offset`, which is at most the text's size.
  [[nodiscard]] std::uint32_t before(std::uint32_t offset) const noexcept;

 private:
  static constexpr std::uint32_t kBlock = 64;  // bytes: one cache line

  [[nodiscard]] bool is_boundary(std::uint32_t offset) const noexcept {
    return offset == text_.size() || (static_cast<unsigned char>(text_[offset]) & 0xC0U) != 0x80U;
  }

  std::string_view text_;
  bool ascii_ = true;                  // then both kinds of offset are the same
  std::vector<std::uint32_t> blocks_;  // code points before each block
};

}  // namespace copydesk::encode
