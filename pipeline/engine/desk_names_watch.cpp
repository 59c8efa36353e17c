// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine/desk_names_watch.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <utility>

namespace copydesk::engine {

DeskNamesWatch::DeskNamesWatch(std::shared_ptr<entities::DeskNamesFile> names, const settings::NameSettings& settings)
    : names_(std::move(names)), interval_(settings.check_interval) {
  for (const auto* list : {&settings.add, &settings.block}) files_.insert(files_.end(), list->begin(), list->end());
  seen_ = changed_times();
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

DeskNamesWatch::Times DeskNamesWatch::changed_times() const {
  Times times;
  for (const auto& file : files_) {
    std::error_code missing;  // a file that is being replaced may be away for a moment
    times.push_back(std::filesystem::last_write_time(file, missing));
  }
  return times;
}

void DeskNamesWatch::watch(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!wake.wait_for(lock, stop, interval_, [&stop] { return stop.stop_requested(); })) {
    Times now = changed_times();
    if (now == seen_) continue;
    seen_ = std::move(now);
    if (const auto count = names_->reload()) {
      spdlog::info("the desk's names were read again: {} names", *count);
    } else {
      spdlog::error("the desk's names have changed and cannot be used, so the old ones stay: {}",
                    count.error().message);
    }
  }
}

}  // namespace copydesk::engine
