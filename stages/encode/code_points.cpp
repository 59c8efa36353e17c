// SPDX-License-Identifier: Apache-2.0
#include "stages/encode/code_points.h"

#include <algorithm>

namespace copydesk::encode {
namespace {

/// A code point has exactly one byte that is no continuation byte (10xxxxxx). Written so that compilers vectorise it.
[[nodiscard]] std::uint32_t count(const char* bytes, std::uint32_t size) noexcept {
  std::uint32_t leads = 0;
  for (std::uint32_t i = 0; i < size; ++i) leads += static_cast<signed char>(bytes[i]) >= -0x40 ? 1U : 0U;
  return leads;
}

}  // namespace

void CodePoints::index(std::string_view text) {
  text_ = text;
  const auto size = static_cast<std::uint32_t>(text.size());
  blocks_.resize(size / kBlock + 1);
  std::uint32_t total = 0;
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    blocks_[block] = total;
    const auto begin = static_cast<std::uint32_t>(block) * kBlock;
    total += count(text.data() + begin, std::min(kBlock, size - begin));
  }
  ascii_ = total == size;
}

std::uint32_t CodePoints::before(std::uint32_t offset) const noexcept {
  if (ascii_) return offset;
  const std::uint32_t block = offset / kBlock;
  return blocks_[block] + count(text_.data() + std::size_t{block} * kBlock, offset % kBlock);
}

}  // namespace copydesk::encode
