// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::fuzz {

/// Code points of a text, found the slowest and plainest way: what the encoder's offsets are compared with.
class NaiveText {
 public:
  explicit NaiveText(std::string_view utf8) {
    for (const char c : utf8) {
      const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
      if (!continues || code_points_.empty()) code_points_.emplace_back();
      code_points_.back() += c;
    }
  }
  [[nodiscard]] std::size_t size() const noexcept { return code_points_.size(); }
  /// text[start:end] as Python counts, or nothing where that is no slice of it.
  [[nodiscard]] std::optional<std::string> slice(std::size_t start, std::size_t end) const {
    if (start > end || end > code_points_.size()) return std::nullopt;
    std::string text;
    for (std::size_t i = start; i < end; ++i) text += code_points_[i];
    return text;
  }

 private:
  std::vector<std::string> code_points_;
};

}  // namespace copydesk::fuzz
