// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <mutex>
#include <vector>

#include "pipeline/engine/executor.h"

namespace copydesk::engine {

/// Collects stage runs and writes them in Chrome's trace event format (open in Perfetto or chrome://tracing): one row
/// per thread, so that stages of one article that ran at the same time stand above each other.
/// Keeps the first `max_runs` runs.
class Trace final : public Executor::Observer {
 public:
  explicit Trace(std::size_t max_runs = 1'000'000) : max_runs_(max_runs) {}

  void stage_ran(const StageRun& run) noexcept override;
  /// Throws std::runtime_error where the file cannot be written.
  void write(const std::filesystem::path& file) const;

 private:
  std::size_t max_runs_;
  mutable std::mutex mutex_;
  std::vector<StageRun> runs_;
};

}  // namespace copydesk::engine
