// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/terminal/paint.h"
#include "pipeline/terminal/worker_figures.h"

namespace copydesk::terminal {

/// What `copydesk top` shows of one worker.
struct TopWorker {
  std::string name;                    ///< its address
  std::optional<WorkerRates> rates{};  ///< nothing where it does not answer; then
  std::string error{};                 ///< why
};

/// What of it is to be shown.
struct TopView {
  std::size_t rows = 1000;     ///< of the screen; at least 1. What does not fit is left out, and said to be
  std::size_t selected = 0;    ///< whose stages: 0 is all workers together, 1 the first worker …
  bool keys = false;           ///< say which keys there are
  std::size_t partitions = 8;  ///< the most that are listed, those with the longest lag first
};

/// The table as lines: all workers and each, the stages, the partitions where articles wait.
[[nodiscard]] std::vector<PaintedLine> top_table(const std::vector<TopWorker>& workers, const TopView& view);

/// "950", "12.3k", "4.5M": at most five characters for what is below 10^12.
[[nodiscard]] std::string short_number(double value);

/// "0.42 ms", "18 ms", "2.5 s", "3.1 min".
[[nodiscard]] std::string short_duration(double seconds);

}  // namespace copydesk::terminal
