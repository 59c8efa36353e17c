// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/systemd_notify.h"

#include <systemd/sd-daemon.h>

namespace copydesk::commands {

void notify_started() noexcept {
  // A service manager that cannot be told ends the service by its own time-out.
  static_cast<void>(sd_notify(0, "READY=1\nSTATUS=Enriching articles"));
}

}  // namespace copydesk::commands
