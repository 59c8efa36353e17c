// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kafka/log_reason.h"

#include <cstddef>

namespace copydesk::kafka {

std::string log_reason(std::string_view facility, std::string_view message) {
  constexpr std::size_t kMostBytes = 300;
  if (message.starts_with("[thrd:")) {
    const std::size_t end = message.find("]: ");
    message.remove_prefix(end == std::string_view::npos ? 0 : end + 3);
  }
  // "copydesk#producer-4: "
  const std::size_t colon = message.find(": ");
  if (colon != std::string_view::npos && message.substr(0, colon).find('#') != std::string_view::npos) {
    message.remove_prefix(colon + 2);
  }
  // "(after 0ms in state CONNECT, 30 identical error(s) suppressed)"
  message = message.substr(0, message.rfind(" (after "));
  std::string reason(facility == "FAIL" || facility == "ERROR" ? "" : facility);
  for (const char c : message.substr(0, kMostBytes)) {
    if (c < '0' || c > '9') reason.push_back(c);
  }
  return reason;
}

bool log_may_pass(std::string_view facility, std::string_view message) {
  return facility == "GETPID" && message.ends_with("retrying");
}

}  // namespace copydesk::kafka
