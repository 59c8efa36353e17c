// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stages/result.h"

namespace copydesk::terminal {

/// One line of Prometheus' text format: a series and its value.
struct MetricSample {
  std::string name;
  std::map<std::string, std::string, std::less<>> labels;
  double value = 0;

  /// Empty where it has no such label.
  [[nodiscard]] std::string_view label(std::string_view key) const;
};

/// Reads Prometheus' text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). Comments and time stamps are
/// passed over. An error names the first line that is something else.
[[nodiscard]] Result<std::vector<MetricSample>> read_exposition(std::string_view text);

}  // namespace copydesk::terminal
