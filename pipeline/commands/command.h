// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

namespace CLI {
class App;
}

namespace copydesk::commands {

/// What a command does once its line is parsed. Returns the exit code.
using Command = std::function<int()>;

}  // namespace copydesk::commands
