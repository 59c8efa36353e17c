// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace copydesk::commands {

/// Tells systemd, where it started this process with `Type=notify`, that the service has started up: sd_notify(3).
/// Nothing happens where there is no such service manager.
void notify_started() noexcept;

}  // namespace copydesk::commands
