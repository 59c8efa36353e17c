// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "config/field.h"

namespace copydesk::config {

/// The values in effect as YAML, every key, secrets as `***`. Read back, it gives the same settings (but for secrets).
[[nodiscard]] std::string render_effective(const Section& root);

/// The same with each key's description as comments above it: the file a new user starts from.
[[nodiscard]] std::string render_commented(const Section& root);

/// Markdown: one heading and one table (key, type, default, allowed, meaning) per section.
[[nodiscard]] std::string render_reference(const Section& root);

/// `Settings` is a struct that describes itself; for the latter two a default-constructed one.
template <class Settings>
[[nodiscard]] std::string render_effective(const Settings& settings) {
  Settings copy = settings;
  return render_effective(Section::of(copy));
}
template <class Settings>
[[nodiscard]] std::string render_commented(const Settings& settings) {
  Settings copy = settings;
  return render_commented(Section::of(copy));
}
template <class Settings>
[[nodiscard]] std::string render_reference(const Settings& settings) {
  Settings copy = settings;
  return render_reference(Section::of(copy));
}

}  // namespace copydesk::config
