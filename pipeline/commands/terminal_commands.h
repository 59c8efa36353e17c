#pragma once
#include "pipeline/commands/command_line.h"

namespace copydesk::commands {

/// The command lines of `copydesk top` and `copydesk tap`.
Command add_top(CLI::App& app);
Command add_tap(CLI::App& app);

}  // namespace copydesk::commands
