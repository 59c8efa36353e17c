// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/enrich.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <iostream>
#include <istream>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>

#include "pipeline/commands/article_files.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/explain.h"
#include "pipeline/engine/executor.h"
#include "pipeline/engine/trace.h"
#include "pipeline/story/story_window.h"
#include "pipeline/system/unix_time.h"
#include "stages/encode/json_text.h"

namespace copydesk::commands {

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

class Job final : public engine::ArticleJob {
 public:
  Job(FileArticle article, std::int64_t received_ms, bool explain, Line& line)
      : article_(std::move(article)), received_ms_(received_ms), explain_(explain), line_(line) {}

  [[nodiscard]] parse::Payload payload() const noexcept override {
    return {.bytes = article_.bytes.view(),
            .name = article_.name,
            .plain_text = article_.plain_text,
            .received_ms = received_ms_};
  }
  void done(const engine::Outcome& outcome) noexcept override {
    if (outcome.error) {
      error_ = outcome.error;
      stage_ = outcome.failed_stage;
    } else if (explain_) {
      record_.json = explanation_of(outcome.slot);
    } else {
      record_ = outcome.take_record();
    }
    const std::lock_guard lock(line_.mutex);
    finished_ = true;
    line_.changed.notify_all();
  }

  [[nodiscard]] bool finished() const noexcept { return finished_; }  // under Line::mutex
  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  [[nodiscard]] std::string_view stage() const noexcept { return stage_; }
  [[nodiscard]] encode::Record& record() noexcept { return record_; }  // without error
  [[nodiscard]] const FileArticle& article() const noexcept { return article_; }

 private:
  FileArticle article_;
  std::int64_t received_ms_;
  bool explain_;
  Line& line_;
  bool finished_ = false;
  encode::Record record_;
  std::optional<Error> error_;
  std::string_view stage_;
};

std::string dead_letter_line(const Job& job) {
  std::string line = R"({"reason":)";
  encode::append_json_string(line, reason(job.error()->code));
  line += R"(,"message":)";
  encode::append_json_string(line, job.error()->message);
  line += R"(,"stage":)";
  encode::append_json_string(line, job.stage());
  line += R"(,"source":)";
  encode::append_json_string(line, job.article().source);
  line += R"(,"value":)";
  encode::append_json_string(line, job.article().bytes.view());
  line += "}\n";
  return line;
}

}  // namespace

int enrich(const EnrichOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  const settings::Settings& settings = options.settings;
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
  std::optional<engine::Trace> trace;
  if (options.trace) trace.emplace();
  engine::Executor executor(engine::build_stages(settings, engine::read_desk_names(settings.names)),
                            engine::executor_options(settings), trace ? &*trace : nullptr);

  // Files have no partitions and no times of arrival: every article is compared with those in front of it.
  std::optional<story::StoryWindow> stories;
  if (settings.story.marks && !options.explain) stories.emplace(story::window_options(settings.story));
  const auto write = [&](Job& job) {
    if (!job.error()) {
      encode::Record& record = job.record();
      if (stories) encode::insert_marks(record.json, record.marks_at, stories->see(record.digest.story, {}));
      out << record.json << '\n';
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
          std::move(*article), settings.output.timestamps ? system::unix_milliseconds() : 0, options.explain, line));
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

Command add_enrich(CLI::App& app) {
  auto* command = app.add_subcommand("enrich", "Enrich articles from files or standard input, without Kafka");
  command->footer(
      "Reads ninjs or plain JSON ({\"id\",\"headline\",\"text\"}), one article a line, and .txt files; writes one "
      "record\n"
      "a line, in input order. Bad input is a line on standard error; the rest goes on, and the exit code is 1.\n\n"
      "Example:\n  copydesk enrich article.txt | jq '.quotes[] | {name: .speaker.name, text}'\n"
      "  cat wire.jsonl | copydesk enrich --threads 4 --dead-letters bad.jsonl > enriched.jsonl");
  struct Arguments {
    SettingsOptions source;
    EnrichOptions options;
    std::string dead_letters;
    std::string trace;
    bool timestamps = false;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->options.inputs, "Files or folders; none, or -, is standard input");
  arguments->source.add_file(*command);
  arguments->source.add(*command, "--threads", "pipeline.threads", "Threads that run the stages (default: all cores)",
                        "N");
  arguments->source.add(*command, "--format", "output.format", "record, or ninjs: the input object enriched in place",
                        "FORMAT");
  arguments->source.add_flag(*command, "--tokens", "output.tokens", "Include tokens and sentences");
  arguments->source.add(*command, "--models", "pipeline.models", "Folder of the models (default: those installed)",
                        "DIR");
  command->add_flag("--timestamps", arguments->timestamps, "Include the times received and enriched");
  command->add_flag("--explain", arguments->options.explain,
                    "In place of records: phrases, clauses, and why each quote has its speaker");
  command->add_option("--dead-letters", arguments->dead_letters, "Append bad input to this file, with its reason")
      ->type_name("FILE");
  command->add_option("--trace", arguments->trace, "Write when each stage ran, in Chrome's trace format")
      ->type_name("FILE");
  return [arguments]() -> int {
    EnrichOptions& options = arguments->options;
    if (!arguments->source.load(options.settings)) return kExitBadConfiguration;
    options.settings.output.timestamps = arguments->timestamps;
    if (!arguments->dead_letters.empty()) options.dead_letters = arguments->dead_letters;
    if (!arguments->trace.empty()) options.trace = arguments->trace;
    std::ios::sync_with_stdio(false);
    return enrich(options, std::cin, std::cout, std::cerr);
  };
}

}  // namespace copydesk::commands
