// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace copydesk::chaos {
namespace {

bool write_file(const char* path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  return file.good();
}

}  // namespace

std::string enter_own_mounts() {
  const auto reason = [](const char* what) { return std::string(what) + ": " + std::strerror(errno); };
  const std::string user = std::to_string(geteuid());
  const std::string group = std::to_string(getegid());
  if (unshare(CLONE_NEWNS) != 0) {
    // Whoever is not root may be it in a user namespace, where the kernel allows that.
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return reason("no mount namespace");
    if (!write_file("/proc/self/setgroups", "deny") || !write_file("/proc/self/uid_map", user + " " + user + " 1\n") ||
        !write_file("/proc/self/gid_map", group + " " + group + " 1\n")) {
      return "no user namespace";
    }
  }
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return reason("no private mounts");
  const fs::path probe = fs::temp_directory_path() / ("copydesk-mount-" + std::to_string(getpid()));
  std::error_code ignored;
  fs::create_directory(probe, ignored);
  const bool mounted = mount("tmpfs", probe.c_str(), "tmpfs", 0, "size=1m") == 0;
  const std::string problem = mounted ? "" : reason("no tmpfs");
  if (mounted) umount(probe.c_str());
  fs::remove(probe, ignored);
  return problem;
}

Disk::Disk(fs::path directory, std::size_t mebibytes) : directory_(std::move(directory)) {
  fs::create_directories(directory_);
  const std::string size = "size=" + std::to_string(mebibytes) + "m";
  if (mount("tmpfs", directory_.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    throw std::system_error(errno, std::generic_category(), "mounting " + directory_.string());
  }
}

Disk::~Disk() {
  umount2(directory_.c_str(), MNT_DETACH);
  std::error_code ignored;
  fs::remove(directory_, ignored);
}

void Disk::fill() const {
  const int file = open((directory_ / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return;
  for (std::size_t size : {std::size_t{1} << 20U, std::size_t{4096}}) {
    const std::vector<char> block(size, 'x');
    while (write(file, block.data(), block.size()) > 0) {
    }
  }
  close(file);
}

void Disk::relieve() const {
  std::error_code ignored;
  fs::remove(directory_ / "filler", ignored);
}

}  // namespace copydesk::chaos
