// SPDX-License-Identifier: Apache-2.0
#pragma once

// A disk of one's own for a broker, in memory and of a known size, so that it can be filled without harm to others.

#include <cstddef>
#include <filesystem>
#include <string>

namespace copydesk::chaos {

/// Lets this process and its children mount without anybody else seeing it; what is mounted goes with the last of them.
/// To be called while there is only one thread. Empty, or why it cannot be done here.
std::string enter_own_mounts();

/// Mounted from construction to destruction; only after enter_own_mounts().
class Disk {
 public:
  /// Throws std::system_error where it cannot be mounted.
  Disk(std::filesystem::path directory, std::size_t mebibytes);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }
  /// Writes a file until nothing more fits.
  void fill() const;
  /// Deletes that file.
  void relieve() const;

 private:
  const std::filesystem::path directory_;
};

}  // namespace copydesk::chaos
