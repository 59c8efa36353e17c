// SPDX-License-Identifier: Apache-2.0
#include "pipeline/private_broker/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

namespace copydesk::private_broker {
namespace {

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string variable = *entry;
    if (!changes.contains(variable.substr(0, variable.find('=')))) merged.push_back(variable);
  }
  for (const auto& [name, value] : changes) merged.push_back(name + "=" + value);
  return merged;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (std::string& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

// Everything below fork() may only make async-signal-safe calls: other threads' locks are never released there.
int redirect(const char* file, int descriptor) noexcept {
  const int opened = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  return opened < 0 ? -1 : dup2(opened, descriptor);
}

[[noreturn]] void run_child(char* const* argv, char* const* environment, const char* out, const char* err, pid_t parent,
                            int failure_pipe) noexcept {
  const auto fail = [&] {
    const int reason = errno;
    if (write(failure_pipe, &reason, sizeof reason) < 0) _exit(126);
    _exit(127);
  };
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(125);  // the parent died before the line above could count
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT}) ::signal(number, SIG_DFL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0) fail();
  if (*out != '\0' && redirect(out, STDOUT_FILENO) < 0) fail();
  if (*err != '\0' && redirect(err, STDERR_FILENO) < 0) fail();
  execvpe(argv[0], argv, environment);
  fail();
  _exit(127);
}

ExitStatus exit_status(int status) {
  if (WIFSIGNALED(status)) return {-1, WTERMSIG(status)};
  return {WEXITSTATUS(status), 0};
}

}  // namespace

std::string ExitStatus::words() const {
  if (signal == 0) return "exited with code " + std::to_string(code);
  return "was ended by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
}

ChildProcess::ChildProcess(const ChildCommand& command) {
  std::vector<std::string> arguments = command.argv;
  std::vector<std::string> environment = merged_environment(command.environment);
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> envp = pointers(environment);

  // Closed by a successful exec; otherwise it tells why exec failed.
  std::array<int, 2> failure{};
  if (pipe2(failure.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ == 0) {
    run_child(argv.data(), envp.data(), command.out.c_str(), command.err.c_str(), parent, failure[1]);
  }
  const int fork_error = errno;
  close(failure[1]);
  int reason = 0;
  ssize_t got = 0;
  if (pid_ > 0) {
    do got = read(failure[0], &reason, sizeof reason);
    while (got < 0 && errno == EINTR);
  }
  close(failure[0]);
  if (pid_ < 0) throw std::system_error(fork_error, std::generic_category(), "cannot start " + arguments[0]);
  if (got == sizeof reason) {
    waitpid(pid_, nullptr, 0);
    throw std::system_error(reason, std::generic_category(), "cannot start " + arguments[0]);
  }
}

ChildProcess::~ChildProcess() {
  if (poll()) return;
  ::kill(-pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void ChildProcess::signal(int number) noexcept {
  if (!poll()) ::kill(pid_, number);
}

const std::optional<ExitStatus>& ChildProcess::poll() noexcept {
  int status = 0;
  if (!ended_ && waitpid(pid_, &status, WNOHANG) == pid_) ended_ = exit_status(status);
  return ended_;
}

const std::optional<ExitStatus>& ChildProcess::wait(std::chrono::milliseconds limit) noexcept {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  auto pause = std::chrono::milliseconds(1);
  while (!poll() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(50));
  }
  return ended_;
}

ExitStatus ChildProcess::stop(std::chrono::milliseconds grace) noexcept {
  signal(SIGTERM);
  signal(SIGCONT);
  if (!wait(grace)) {
    ::kill(-pid_, SIGKILL);
    wait(std::chrono::minutes(1));
  }
  return ended_.value_or(ExitStatus{-1, SIGKILL});
}

}  // namespace copydesk::private_broker
