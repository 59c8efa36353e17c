#include "pipeline/commands/enrich.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <fstream>
#include <istream>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>

#include "pipeline/commands/article_files.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/explain.h"
#include "pipeline/executor.h"
#include "pipeline/json_text.h"
#include "pipeline/story/story_window.h"
#include "pipeline/trace.h"
#include "pipeline/unix_time.h"

namespace copydesk {

namespace {

class Job;

/// The articles between the reader and the writer, in input order.
struct Line {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::unique_ptr<Job>> jobs;
  std::size_t bytes = 0;
  bool complete = false;  ///< the reader has put in the last one
};

class Job final : public ArticleJob {
 public:
  Job(FileArticle article, std::int64_t received_ms, bool explain, Line& line)
      : article_(std::move(article)), received_ms_(received_ms), explain_(explain), line_(line) {}

  [[nodiscard]] Payload payload() const noexcept override {
    return {.bytes = article_.bytes.view(),
            .name = article_.name,
            .plain_text = article_.plain_text,
            .received_ms = received_ms_};
  }
  void done(const Outcome& outcome) noexcept override {
    if (outcome.error) {
      error_ = outcome.error;
      stage_ = outcome.failed_stage;
    } else if (explain_) {
      record_ = explanation_of(outcome.slot);
    } else {
      record_.assign(outcome.record().value);
      marks_at_ = outcome.record().marks_at;
      facts_ = facts_of(outcome.slot);
    }
    const std::lock_guard lock(line_.mutex);
    finished_ = true;
    line_.changed.notify_all();
  }

  [[nodiscard]] bool finished() const noexcept { return finished_; }  // under Line::mutex
  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  [[nodiscard]] std::string_view stage() const noexcept { return stage_; }
  [[nodiscard]] const std::string& record() const noexcept { return record_; }
  [[nodiscard]] std::size_t marks_at() const noexcept { return marks_at_; }
  [[nodiscard]] const ArticleFacts& facts() const noexcept { return facts_; }  // without error
  [[nodiscard]] const FileArticle& article() const noexcept { return article_; }

 private:
  FileArticle article_;
  std::int64_t received_ms_;
  bool explain_;
  Line& line_;
  bool finished_ = false;
  std::string record_;
  std::size_t marks_at_ = 0;
  ArticleFacts facts_;
  std::optional<Error> error_;
  std::string_view stage_;
};

std::string dead_letter_line(const Job& job) {
  std::string line = R"({"reason":)";
  append_json_string(line, reason(job.error()->code));
  line += R"(,"message":)";
  append_json_string(line, job.error()->message);
  line += R"(,"stage":)";
  append_json_string(line, job.stage());
  line += R"(,"source":)";
  append_json_string(line, job.article().source);
  line += R"(,"value":)";
  append_json_string(line, job.article().bytes.view());
  line += "}\n";
  return line;
}

}  // namespace

int enrich(const EnrichOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  const Settings& settings = options.settings;
  ArticleFiles files(options.inputs, in);
  std::ofstream dead_letters;
  if (options.dead_letters) {
    dead_letters.open(*options.dead_letters, std::ios::app | std::ios::binary);
    if (!dead_letters) {
      throw std::runtime_error(fmt::format("cannot write the dead letters to '{}': check the folder and the space",
                                           options.dead_letters->string()));
    }
  }

  Line line;  // outlives the executor's work
  bool failed = false;
  std::optional<Trace> trace;
  if (options.trace) trace.emplace();
  Executor executor(build_stages(settings, read_desk_names(settings.names)), executor_options(settings),
                    trace ? &*trace : nullptr);

  // Files have no partitions and no times of arrival: every article is compared with those in front of it.
  std::optional<StoryWindow> stories;
  if (settings.story.marks && !options.explain) stories.emplace(window_options(settings.story));
  const auto write = [&](const Job& job) {
    if (!job.error()) {
      const StoryMarks marks = stories ? stories->see(job.facts(), {}) : StoryMarks();
      if (marks.any()) {
        out << with_marks(job.record(), job.marks_at(), marks) << '\n';
      } else {
        out << job.record() << '\n';
      }
      return;
    }
    failed = true;
    err << fmt::format("{}: {}: {}\n", job.article().source, reason(job.error()->code), job.error()->message);
    if (options.dead_letters) dead_letters << dead_letter_line(job);
  };
  // A thread of its own, so that records leave at once where the input is a pipe that pauses.
  std::jthread writer([&] {
    std::unique_lock lock(line.mutex);
    while (true) {
      line.changed.wait(lock, [&] { return line.jobs.empty() ? line.complete : line.jobs.front()->finished(); });
      if (line.jobs.empty()) return;
      const std::unique_ptr<Job> job = std::move(line.jobs.front());
      line.jobs.pop_front();
      line.bytes -= job->article().bytes.view().size();
      const bool last_ready = line.jobs.empty() || !line.jobs.front()->finished();
      lock.unlock();
      line.changed.notify_all();
      write(*job);
      if (last_ready) out.flush();
      lock.lock();
    }
  });
  const auto finish = [&] {
    {
      const std::lock_guard lock(line.mutex);
      line.complete = true;
    }
    line.changed.notify_all();
    writer.join();
  };

  try {
    while (auto article = files.next()) {
      const std::size_t size = article->bytes.view().size();
      std::unique_lock lock(line.mutex);
      line.changed.wait(lock, [&] {
        return line.jobs.empty() || (line.jobs.size() < settings.limits.inflight_records &&
                                     line.bytes + size <= settings.limits.inflight_bytes.count);
      });
      line.bytes += size;
      line.jobs.push_back(std::make_unique<Job>(
          std::move(*article), settings.output.timestamps ? unix_milliseconds() : 0, options.explain, line));
      Job& job = *line.jobs.back();
      lock.unlock();
      executor.submit(job);
    }
  } catch (...) {
    finish();
    throw;
  }
  finish();
  executor.wait_idle();
  if (trace) trace->write(*options.trace);
  out.flush();
  if (!out) throw std::runtime_error("cannot write the records: is the disk full or the reader gone?");
  return failed ? kExitFailure : kExitOk;
}

}  // namespace copydesk
