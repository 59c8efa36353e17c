// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/trace.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace copydesk::engine {

void Trace::stage_ran(const StageRun& run) noexcept {
  const std::lock_guard lock(mutex_);
  if (runs_.size() >= max_runs_) return;
  try {
    runs_.push_back(run);
  } catch (const std::bad_alloc&) {
    max_runs_ = runs_.size();
  }
}

void Trace::write(const std::filesystem::path& file) const {
  const std::lock_guard lock(mutex_);
  auto origin = StageContext::Clock::time_point::max();
  for (const StageRun& run : runs_) origin = std::min(origin, run.begin);
  const auto micros = [](auto duration) { return std::chrono::duration<double, std::micro>(duration).count(); };

  std::ofstream out(file);
  out << "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
  const char* separator = "\n";
  for (const StageRun& run : runs_) {
    out << separator
        << fmt::format(
               R"({{"name":"{}","cat":"stage","ph":"X","pid":1,"tid":{},"ts":{:.3f},"dur":{:.3f},"args":{{"article":{}}}}})",
               ArticleGraph::kNames[run.stage], run.thread, micros(run.begin - origin), micros(run.end - run.begin),
               run.article);
    separator = ",\n";
  }
  out << "\n]}\n";
  out.close();
  if (!out)
    throw std::runtime_error(
        fmt::format("cannot write the trace to '{}': check the folder and the space", file.string()));
}

}  // namespace copydesk::engine
