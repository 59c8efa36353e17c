// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "config/environment.h"
#include "pipeline/commands/command.h"
#include "pipeline/settings/settings.h"

/// `copydesk config check|show|reference`. Each returns the exit code of the process.
namespace copydesk::commands {

/// What the settings of a worker are read from. `overrides` come from the command line.
struct SettingsSource {
  struct Override {
    std::string path;    ///< "kafka.group"
    std::string value;   ///< "copydesk"
    std::string origin;  ///< "--group"
  };

  std::filesystem::path file;  ///< empty: only the defaults
  std::vector<Override> overrides = {};
  config::Environment environment = config::process_environment();
  settings::PropertyCheck property_check = {};  ///< without one, properties of librdkafka are not looked at
  /// What a worker needs beside the text (pipeline/commands/start_checks.h); without them only the text is looked at.
  using StartCheck = std::function<void(const settings::Settings&, config::Loader&)>;
  StartCheck file_check = {};
  StartCheck client_check = {};  ///< asked where nothing else is wrong
};

/// Reads settings (from the defaults they hold), with every error at once.
[[nodiscard]] config::ConfigErrors load_settings(const SettingsSource& source, settings::Settings& settings);

/// Writes each error on a line of its own, and how many there are.
void print_errors(const config::ConfigErrors& errors, std::ostream& err);

/// Says on `out` that all is well, or every error on `err`.
[[nodiscard]] int config_check(const SettingsSource& source, std::ostream& out, std::ostream& err);

/// The values in effect as YAML, secrets as `***`.
[[nodiscard]] int config_show(const SettingsSource& source, std::ostream& out, std::ostream& err);

/// The reference page (docs/reference.md), or the file a new user starts from (config/copydesk.yaml).
enum class ReferenceForm { kMarkdown, kYaml };
[[nodiscard]] int config_reference(ReferenceForm form, std::ostream& out);

/// The command's options, help and work.
Command add_config(CLI::App& app);

}  // namespace copydesk::commands
