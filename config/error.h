// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace copydesk::config {

/// One thing wrong with the settings, for a person to mend.
struct ConfigError {
  std::string source;   ///< the file as it was named, or what else gave the value ("--brokers")
  int line = 0;         ///< in that file, from 1; 0 where no line is to blame
  std::string path;     ///< the key ("kafka.brokers[1]"); empty where the file as a whole is to blame
  std::string message;  ///< what is wrong and what is allowed; never holds a secret

  friend bool operator==(const ConfigError&, const ConfigError&) = default;
};

using ConfigErrors = std::vector<ConfigError>;

/// "copydesk.yaml:12: kafka.group: …", the form that editors and CI systems can jump to.
[[nodiscard]] std::string to_string(const ConfigError& error);

}  // namespace copydesk::config
