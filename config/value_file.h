// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk::config {

/// The content of a file that holds one value, as container platforms mount secrets.
struct ValueFile {
  std::string text;
  std::string problem;  ///< empty where all went well; names the file, never what is in it
};

/// Largest such file: a private key with its chain takes about 8 KiB.
inline constexpr std::size_t kMostValueFileBytes = std::size_t{64} << 10U;

/// Reads the file at an absolute path. Line ends at its end do not count. A zero byte in it, or more than
/// kMostValueFileBytes, is a problem.
[[nodiscard]] ValueFile read_value_file(std::string_view path);

}  // namespace copydesk::config
