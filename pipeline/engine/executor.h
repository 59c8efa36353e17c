// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "pipeline/engine/stages.h"

namespace copydesk::engine {

/// When one stage ran on one article, on which thread. For metrics and `--trace`.
struct StageRun {
  std::size_t stage = 0;  ///< index into ArticleGraph::kNames
  std::uint64_t article = 0;
  int thread = 0;
  StageContext::Clock::time_point begin;
  StageContext::Clock::time_point end;
};

/// Result of one article. `slot` and all its layers are valid only during `ArticleJob::done`.
struct Outcome {
  ArticleGraph::Slot& slot;
  std::optional<Error> error;     ///< of the first stage that failed
  std::string_view failed_stage;  ///< its name; static storage

  /// Only without error.
  [[nodiscard]] const encode::Record& record() const noexcept { return slot.get<encode::Record>(); }
  /// Only without error, and once: the record leaves the slot.
  [[nodiscard]] encode::Record take_record() const noexcept { return slot.take<encode::Record>(); }
};

/// An article handed to the executor. Its owner keeps it, and the bytes of its payload, alive until `done` returns.
class ArticleJob {
 public:
  virtual ~ArticleJob() = default;
  [[nodiscard]] virtual parse::Payload payload() const noexcept = 0;
  /// Called once, on an executor thread.
  virtual void done(const Outcome& outcome) noexcept = 0;
};

/// Runs the stages of many articles on oneTBB's threads: independent stages of one article side by side, several
/// articles at once. At most `2 * threads` articles hold memory for layers; the rest wait in order of submission.
class Executor {
 public:
  struct Options {
    unsigned threads = 0;                                 ///< 0 = all cores that the process may use
    std::size_t memory_per_stage = std::size_t{1} << 30;  ///< bytes; past it the article fails with `memory_limit`
    std::chrono::milliseconds deadline{10'000};           ///< per article, from its first stage
  };
  /// Told of every stage run; called on executor threads, must be thread-safe.
  class Observer {
   public:
    virtual ~Observer() = default;
    virtual void stage_ran(const StageRun& run) noexcept = 0;
  };

  Executor(std::shared_ptr<const ArticleGraph::Stages> stages, const Options& options, Observer* observer = nullptr);
  ~Executor();  ///< waits for every article submitted
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void submit(ArticleJob& job);
  void wait_idle();
  [[nodiscard]] unsigned threads() const noexcept;
  /// Seconds that all threads together have spent in stages.
  [[nodiscard]] double busy_seconds() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// What the settings say of the executor.
[[nodiscard]] Executor::Options executor_options(const settings::Settings& settings);

}  // namespace copydesk::engine
