// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace copydesk::commands {

/// What `copydesk` exits with. The last two are those of BSD's sysexits.h.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailure = 1,           ///< something failed, or some input was bad; stderr says what
  kExitUsage = 64,            ///< the command line was not understood
  kExitBadConfiguration = 78  ///< the settings are wrong
};

}  // namespace copydesk::commands
