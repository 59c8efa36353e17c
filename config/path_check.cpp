// SPDX-License-Identifier: Apache-2.0
#include "config/path_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace copydesk::config {
namespace {

/// By the rights that opening it would need, which are the effective user's.
std::optional<std::string_view> access_problem(const std::filesystem::path& path, int rights) {
  if (faccessat(AT_FDCWD, path.c_str(), rights, AT_EACCESS) == 0) return std::nullopt;
  if (errno == ENOENT || errno == ENOTDIR) return "does not exist; check the path";
  return "cannot be opened; may this user read it?";
}

}  // namespace

std::optional<std::string_view> file_problem(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return "is a folder; name the file in it";
  return access_problem(path, R_OK);
}

std::optional<std::string_view> folder_problem(const std::filesystem::path& path) {
  if (auto problem = access_problem(path, R_OK)) return problem;
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return "is a file; name the folder that holds it";
  return access_problem(path, R_OK | X_OK);
}

}  // namespace copydesk::config
