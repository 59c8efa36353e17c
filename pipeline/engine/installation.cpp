// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/installation.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace copydesk::engine {

std::filesystem::path installed_folder(std::string_view name, std::string_view source_tree_name) {
  const std::filesystem::path binary_folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const std::array candidates{
      binary_folder.parent_path() / "share" / "copydesk" / name,     // installed
      binary_folder.parent_path().parent_path() / source_tree_name,  // build/PRESET/copydesk
      binary_folder.parent_path().parent_path().parent_path().parent_path() /
          source_tree_name,  // build/PRESET/tests/X/
  };
  for (const auto& candidate : candidates) {
    if (std::filesystem::is_directory(candidate)) return candidate;
  }
  throw std::runtime_error(
      fmt::format("cannot find the folder '{}' that belongs to this program; looked in {}, {} and {}: "
                  "install it with `cmake --install`, or run it from its build folder",
                  name, candidates[0].string(), candidates[1].string(), candidates[2].string()));
}

}  // namespace copydesk::engine
