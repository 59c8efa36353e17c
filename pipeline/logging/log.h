// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pipeline/settings/settings.h"

namespace copydesk::logging {

/// Makes the process's log (spdlog's default logger) what the settings say: to standard error, as lines for people or
/// as one JSON object a line, whatever the message holds. Call it once, before anything is logged.
void set_up_log(const settings::LogSettings& settings);

}  // namespace copydesk::logging
