// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "pipeline/settings/settings.h"
#include "stages/entities/desk_names.h"

namespace copydesk::engine {

/// Reads the newsroom's names again whenever one of their files has changed, while the worker runs. Where a changed
/// file cannot be used, the log says why and the old names stay in use.
class DeskNamesWatch {
 public:
  DeskNamesWatch(std::shared_ptr<entities::DeskNamesFile> names, const settings::NameSettings& settings);
  ~DeskNamesWatch() = default;  ///< ends the thread at once
  DeskNamesWatch(const DeskNamesWatch&) = delete;
  DeskNamesWatch& operator=(const DeskNamesWatch&) = delete;

 private:
  using Times = std::vector<std::filesystem::file_time_type>;
  void watch(const std::stop_token& stop);
  [[nodiscard]] Times changed_times() const;

  std::shared_ptr<entities::DeskNamesFile> names_;
  std::vector<std::filesystem::path> files_;
  std::chrono::milliseconds interval_;
  Times seen_;  // taken before the thread starts: a change right after the first reading is not missed
  std::jthread thread_;
};

}  // namespace copydesk::engine
