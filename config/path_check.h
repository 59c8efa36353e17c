// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

namespace copydesk::config {

/// What keeps this process from reading a file or folder that somebody named, and what to do, in the words that every
/// message uses: "does not exist; check the path". Nothing is opened: it may be a pipe.
[[nodiscard]] std::optional<std::string_view> file_problem(const std::filesystem::path& path);
[[nodiscard]] std::optional<std::string_view> folder_problem(const std::filesystem::path& path);

}  // namespace copydesk::config
