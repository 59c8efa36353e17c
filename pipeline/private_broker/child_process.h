// SPDX-License-Identifier: Apache-2.0
#pragma once

// A child process that never outlives this one: for the private broker, the demo's parts and tests.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace copydesk::private_broker {

struct ChildCommand {
  /// The program, found in PATH unless it has a slash, and its arguments.
  std::vector<std::string> argv{};
  /// Variables added to this process's environment, or replaced in it.
  std::map<std::string, std::string> environment{};
  /// Standard output and standard error are appended to these; the same file may be named twice. Empty: inherited.
  std::filesystem::path out{};
  std::filesystem::path err{};
};

/// How a process ended.
struct ExitStatus {
  int code = 0;    ///< its exit code; -1 where a signal ended it
  int signal = 0;  ///< the signal that ended it; 0 where it exited
  [[nodiscard]] bool clean() const noexcept { return code == 0 && signal == 0; }
  /// "exited with code 1", "was ended by signal 9 (Killed)".
  [[nodiscard]] std::string words() const;
};

/// One process in a process group of its own, so that a terminal's Ctrl-C does not reach it. The kernel kills it when
/// the thread that started it ends; the destructor kills it (SIGKILL, its whole group) where it still runs.
class ChildProcess {
 public:
  /// Throws std::system_error where it cannot be started, a missing program included.
  explicit ChildProcess(const ChildCommand& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Sends `signal` to it, if it still runs.
  void signal(int signal) noexcept;
  /// How it ended; nothing while it runs.
  [[nodiscard]] const std::optional<ExitStatus>& poll() noexcept;
  /// Waits for its end for at most `limit`; nothing where it still runs then.
  const std::optional<ExitStatus>& wait(std::chrono::milliseconds limit) noexcept;
  /// Asks it to end (SIGTERM) and after `grace` kills it. Also wakes it where it was frozen by SIGSTOP.
  ExitStatus stop(std::chrono::milliseconds grace) noexcept;

 private:
  pid_t pid_ = -1;
  std::optional<ExitStatus> ended_;
};

}  // namespace copydesk::private_broker
