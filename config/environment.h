// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::config {

/// Looks up a variable of the environment; tests give their own.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The variables of this process.
[[nodiscard]] Environment process_environment();

/// A text with its `${NAME}` replaced, or what is wrong with it.
struct Interpolated {
  std::string text;
  std::string problem;  ///< empty where all went well; never holds the value of a variable or file
};

/// Replaces `${NAME}` by the variable and `${NAME:-default}` by the variable or, where that is unset or empty, the
/// default (as in a POSIX shell), and `${file:/path}` by what that file holds (config/value_file.h). `$${` stands for
/// `${` itself; any other `$` is plain text. What is put in is not looked at again. Linear in the sizes of text and
/// values.
[[nodiscard]] Interpolated interpolate(std::string_view text, const Environment& environment);

/// Writes `text` so that `interpolate` gives it back unchanged.
[[nodiscard]] std::string escape_interpolation(std::string_view text);

}  // namespace copydesk::config
