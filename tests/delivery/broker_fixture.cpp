// SPDX-License-Identifier: Apache-2.0
// broker_fixture start|stop: the Kafka that all tests with the ctest fixture `broker` share. The process that `start`
// leaves behind ends on `stop`, and also when ctest itself ends, however that happens.

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

#include "pipeline/private_broker/private_broker.h"
#include "tests/delivery/shared_broker.h"

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

// Until asked to end (SIGTERM) or until `ctest` has ended.
void await_end(pid_t ctest) {
  sigset_t terminate;
  sigemptyset(&terminate);
  sigaddset(&terminate, SIGTERM);
  sigprocmask(SIG_BLOCK, &terminate, nullptr);
  const int parent = static_cast<int>(syscall(SYS_pidfd_open, ctest, 0));
  std::array<pollfd, 2> events{pollfd{signalfd(-1, &terminate, SFD_CLOEXEC), POLLIN, 0}, pollfd{parent, POLLIN, 0}};
  if (parent >= 0) poll(events.data(), events.size(), -1);
}

int serve(pid_t ctest, int report) {
  const auto tell = [&](const std::string& words) {
    return write(report, words.data(), words.size()) == std::ssize(words);
  };
  try {
    const private_broker::PrivateBroker broker(shared_broker_settings());
    const std::string file = kSharedBrokerFile;
    std::ofstream(file + ".new") << getpid() << ' ' << broker.bootstrap_servers() << '\n';
    std::filesystem::rename(file + ".new", file);
    if (!tell("ok")) return 1;
    close(report);
    await_end(ctest);
    std::filesystem::remove(file);
    return 0;
  } catch (const std::exception& error) {
    tell(error.what());
    return 1;
  }
}

int start() {
  const pid_t ctest = getppid();
  std::array<int, 2> report{};
  if (pipe2(report.data(), O_CLOEXEC) != 0) return 1;
  const pid_t child = fork();
  if (child < 0) return 1;
  if (child == 0) {
    setsid();
    const int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0) _exit(1);
    for (const int descriptor : {0, 1, 2}) dup2(nothing, descriptor);  // else ctest waits for them to be closed
    close(report[0]);
    _exit(serve(ctest, report[1]));
  }
  close(report[1]);
  std::string words;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = read(report[0], part.data(), part.size())) > 0;) {
    words.append(part.data(), static_cast<std::size_t>(got));
  }
  if (words == "ok") return 0;
  std::fprintf(stderr, "%s\n", words.empty() ? "the broker's process died" : words.c_str());
  return 1;
}

int stop() {
  std::ifstream file(kSharedBrokerFile);
  pid_t pid = 0;
  if (!(file >> pid)) return 0;
  ::kill(pid, SIGTERM);
  for (int i = 0; i < 300 && ::kill(pid, 0) == 0; ++i) std::this_thread::sleep_for(100ms);
  return ::kill(pid, 0) == 0 ? 1 : 0;
}

}  // namespace
}  // namespace copydesk::delivery

int main(int argc, char** argv) {
  const std::string_view command = argc == 2 ? argv[1] : "";
  if (command == "start") return copydesk::delivery::start();
  if (command == "stop") return copydesk::delivery::stop();
  std::fputs("usage: broker_fixture start|stop\n", stderr);
  return 64;
}
