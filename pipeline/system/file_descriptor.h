// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

namespace copydesk::system {

/// Owns an open file or socket and closes it. -1 is none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number = -1) noexcept : number_(number) {}
  ~FileDescriptor() {
    if (number_ >= 0) ::close(number_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return number_; }

 private:
  int number_;
};

}  // namespace copydesk::system
