// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "pipeline/commands/command.h"
#include "pipeline/settings/settings.h"

/// What the command lines of several commands have in common.
namespace copydesk::commands {

/// Options of one command that stand for settings: a file, and single keys laid over it.
class SettingsOptions {
 public:
  void add_file(CLI::App& app);
  void add(CLI::App& app, const std::string& option, const std::string& key, const std::string& help,
           const std::string& type);
  void add_flag(CLI::App& app, const std::string& option, const std::string& key, const std::string& help);

  /// What the file says, or the defaults, without the options.
  [[nodiscard]] settings::Settings without_options() const;
  /// Fills the settings and sets up the log. False, with every error printed, where anything is wrong.
  [[nodiscard]] bool load(settings::Settings& settings) const { return load(settings, false); }
  /// The same, and looks at what a worker needs beside the text (pipeline/commands/start_checks.h).
  [[nodiscard]] bool load_for_start(settings::Settings& settings) const { return load(settings, true); }
  [[nodiscard]] bool has_file() const { return !file_.empty(); }

 private:
  struct Entry {
    std::string key;
    std::string option;
    std::string value;
    CLI::Option* given;
  };
  [[nodiscard]] bool load(settings::Settings& settings, bool for_start) const;

  std::string file_;
  std::deque<Entry> entries_;  // CLI11 keeps references to the values
};

/// "2026-03-02T09:15:00.250Z", or a duration, which counts back from now, as Unix time in milliseconds.
[[nodiscard]] std::optional<std::int64_t> unix_time_of(const std::string& text);
[[nodiscard]] CLI::Validator time_validator();
/// "20s", "5m": see parse_duration.
[[nodiscard]] CLI::Validator duration_validator();

}  // namespace copydesk::commands
