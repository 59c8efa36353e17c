// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string_view>

namespace copydesk::engine {

/// Where a folder of data ("models", "wire") is that came with this program: beside an installed binary in
/// `../share/copydesk/`, or in the source tree that a build folder belongs to. Throws std::runtime_error naming the
/// places it looked at.
[[nodiscard]] std::filesystem::path installed_folder(std::string_view name, std::string_view source_tree_name);

}  // namespace copydesk::engine
