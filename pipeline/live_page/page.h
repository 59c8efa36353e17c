// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

namespace copydesk::live_page {

/// A file of the live page, which the build turned into a constant of the binary (cmake/embed.cmake).
struct PageFile {
  std::string_view name;  ///< "page.css"
  std::string_view bytes;
};

/// Every file of pipeline/live_page/page/.
[[nodiscard]] std::span<const PageFile> page_files() noexcept;

/// The media type for a file's name, by its extension.
[[nodiscard]] std::string_view media_type(std::string_view name) noexcept;

}  // namespace copydesk::live_page
