// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/executor.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace copydesk::engine {

namespace {

constexpr auto kFollowers = ArticleGraph::followers();
constexpr auto kPredecessors = ArticleGraph::predecessor_counts();

}  // namespace

class Executor::Impl {
 public:
  Impl(std::shared_ptr<const ArticleGraph::Stages> stages, const Options& options, Observer* observer)
      : stages_(std::move(stages)),
        options_(options),
        observer_(observer),
        threads_(options.threads != 0 ? options.threads
                                      : static_cast<unsigned>(oneapi::tbb::info::default_concurrency())),
        parallelism_(oneapi::tbb::global_control::max_allowed_parallelism, threads_ + 1),
        arena_(static_cast<int>(threads_), 0),
        scratch_(std::max(threads_, 2U)) {
    for (auto& scratch : scratch_) scratch = std::make_unique<ArticleGraph::Scratch>();
    for (unsigned i = 0; i < 2 * threads_; ++i) {
      slots_.push_back(std::make_unique<Active>(pool_, options.memory_per_stage));
      free_.push_back(slots_.back().get());
    }
    arena_.initialize();
  }

  ~Impl() { wait_idle(); }

  void submit(ArticleJob& job) {
    Active* active = nullptr;
    {
      const std::lock_guard lock(mutex_);
      ++unfinished_;
      if (free_.empty()) {
        waiting_.push_back(&job);
        return;
      }
      active = free_.back();
      free_.pop_back();
      begin(*active, job);
    }
    schedule_roots(*active);
  }

  void wait_idle() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return unfinished_ == 0; });
  }

  [[nodiscard]] unsigned threads() const noexcept { return threads_; }
  [[nodiscard]] double busy_seconds() const noexcept {
    return std::chrono::duration<double>(std::chrono::nanoseconds(busy_ns_.load(std::memory_order_relaxed))).count();
  }

 private:
  /// One article between its first stage and its last.
  struct Active {
    Active(ChunkPool& pool, std::size_t limit) : slot(pool, limit) {}
    ArticleGraph::Slot slot;
    ArticleJob* job = nullptr;
    std::uint64_t number = 0;
    std::array<std::atomic<std::uint32_t>, ArticleGraph::kSize> waiting_for{};
    std::atomic<std::uint32_t> stages_left{0};
    std::atomic<bool> failed{false};
    std::optional<Error> error;  // written by the stage that set `failed`, read after the last stage
    std::size_t failed_stage = 0;
  };

  void begin(Active& active, ArticleJob& job) {
    active.job = &job;
    active.number = next_number_++;
    active.slot.external = job.payload();
    active.slot.deadline = StageContext::Clock::now() + options_.deadline;
    for (std::size_t i = 0; i < ArticleGraph::kSize; ++i) {
      active.waiting_for[i].store(kPredecessors[i], std::memory_order_relaxed);
    }
    active.stages_left.store(static_cast<std::uint32_t>(ArticleGraph::kSize), std::memory_order_relaxed);
    active.failed.store(false, std::memory_order_relaxed);
    active.error.reset();
  }

  void schedule_roots(Active& active) {
    for (std::size_t i = 0; i < ArticleGraph::kSize; ++i) {
      if (kPredecessors[i] == 0) schedule(active, i);
    }
  }

  void schedule(Active& active, std::size_t stage) {
    arena_.enqueue([this, &active, stage] { run_from(active, stage); });
  }

  /// Runs a stage, then goes on with one of the stages that it made ready; the others become tasks of their own.
  void run_from(Active& active, std::size_t stage) {
    while (true) {
      run_stage(active, stage);
      std::optional<std::size_t> next;
      for (std::size_t follower = 0; follower < ArticleGraph::kSize; ++follower) {
        if ((kFollowers[stage] >> follower & 1U) == 0) continue;
        if (active.waiting_for[follower].fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
        if (next) {
          schedule(active, follower);
        } else {
          next = follower;
        }
      }
      if (active.stages_left.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        finish(active);
        return;
      }
      if (!next) return;
      stage = *next;
    }
  }

  void run_stage(Active& active, std::size_t stage) {
    if (active.failed.load(std::memory_order_acquire)) return;
    const int thread = oneapi::tbb::this_task_arena::current_thread_index();
    StageRun run{
        .stage = stage, .article = active.number, .thread = thread, .begin = StageContext::Clock::now(), .end = {}};
    auto error = ArticleGraph::run(stage, *stages_, active.slot, *scratch_[static_cast<std::size_t>(thread)]);
    run.end = StageContext::Clock::now();
    busy_ns_.fetch_add(std::chrono::duration_cast<std::chrono::nanoseconds>(run.end - run.begin).count(),
                       std::memory_order_relaxed);
    if (observer_ != nullptr) observer_->stage_ran(run);
    if (error && !active.failed.exchange(true, std::memory_order_acq_rel)) {
      active.error = std::move(error);
      active.failed_stage = stage;
    }
  }

  void finish(Active& active) {
    const bool failed = active.failed.load(std::memory_order_acquire);
    active.job->done(Outcome{.slot = active.slot,
                             .error = failed ? std::move(active.error) : std::nullopt,
                             .failed_stage = failed ? ArticleGraph::kNames[active.failed_stage] : std::string_view{}});
    active.slot.reset();
    bool again = false;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) {
        free_.push_back(&active);
      } else {
        ArticleJob* job = waiting_.front();
        waiting_.pop_front();
        begin(active, *job);
        again = true;
      }
      if (--unfinished_ == 0) idle_.notify_all();
    }
    if (again) schedule_roots(active);
  }

  std::shared_ptr<const ArticleGraph::Stages> stages_;
  const Options options_;
  Observer* const observer_;
  const unsigned threads_;
  ChunkPool pool_;
  std::vector<std::unique_ptr<Active>> slots_;

  std::mutex mutex_;
  std::condition_variable idle_;
  std::vector<Active*> free_;
  std::deque<ArticleJob*> waiting_;
  std::size_t unfinished_ = 0;
  std::uint64_t next_number_ = 0;

  std::atomic<std::int64_t> busy_ns_{0};
  // oneTBB counts the calling thread as one of its own; here it only submits.
  oneapi::tbb::global_control parallelism_;
  oneapi::tbb::task_arena arena_;
  std::vector<std::unique_ptr<ArticleGraph::Scratch>>
      scratch_;  // by thread index of the arena, which has at least two slots
};

Executor::Executor(std::shared_ptr<const ArticleGraph::Stages> stages, const Options& options, Observer* observer)
    : impl_(std::make_unique<Impl>(std::move(stages), options, observer)) {}
Executor::~Executor() = default;
void Executor::submit(ArticleJob& job) {
  impl_->submit(job);
}
void Executor::wait_idle() {
  impl_->wait_idle();
}
unsigned Executor::threads() const noexcept {
  return impl_->threads();
}
double Executor::busy_seconds() const noexcept {
  return impl_->busy_seconds();
}

Executor::Options executor_options(const settings::Settings& settings) {
  return {.threads = settings.pipeline.threads,
          .memory_per_stage = settings.limits.max_article_memory.count,
          .deadline = settings.limits.article_deadline};
}

}  // namespace copydesk::engine
