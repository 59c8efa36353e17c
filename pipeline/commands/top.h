// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <iosfwd>
#include <vector>

#include "pipeline/commands/command.h"
#include "pipeline/terminal/scraper.h"
#include "pipeline/terminal/worker_address.h"

namespace copydesk::commands {

struct TopOptions {
  std::vector<terminal::WorkerAddress> workers;  ///< at least one
  terminal::Scraper::Options scraper;
  std::chrono::milliseconds interval{1'000};  ///< between two looks
  bool once = false;                          ///< one plain table, and end
  bool colours = false;
};

/// `copydesk top`: what workers do now, second by second, from their /metrics. `once`: two looks, then one table on
/// `out`; kExitFailure, with the reasons on `err`, where any worker did not answer. Else on the terminal until q,
/// Ctrl-C or `stop`; kExitFailure where no worker answers at first. Throws std::runtime_error where the terminal cannot
/// be used.
int top(const TopOptions& options, const std::atomic<bool>& stop, std::ostream& out, std::ostream& err);

/// The command's options, help and work.
Command add_top(CLI::App& app);

}  // namespace copydesk::commands
