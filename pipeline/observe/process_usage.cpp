// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/process_usage.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <memory>

namespace copydesk::observe {

ProcessUsage process_usage() noexcept {
  ProcessUsage usage;
  timespec cpu{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) == 0) {
    usage.cpu_seconds = static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) * 1e-9;
  }
  // "SIZE RESIDENT …" in pages, proc(5).
  const std::unique_ptr<FILE, int (*)(FILE*)> statm(std::fopen("/proc/self/statm", "re"), std::fclose);
  long resident = 0;
  if (statm && std::fscanf(statm.get(), "%*s %ld", &resident) == 1) {
    usage.resident_bytes = static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  return usage;
}

}  // namespace copydesk::observe
