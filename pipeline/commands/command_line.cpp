// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/command_line.h"

#include <chrono>
#include <iostream>
#include <string_view>

#include "config/value.h"
#include "pipeline/commands/config.h"
#include "pipeline/commands/start_checks.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/logging/log.h"
#include "stages/parse/timestamp.h"

namespace copydesk::commands {

namespace {

/// The fraction of a second in a timestamp; what is beyond milliseconds is dropped.
std::int64_t fraction_ms(std::string_view timestamp) {
  const auto point = timestamp.find_first_of(".,");
  if (point == std::string_view::npos) return 0;
  std::int64_t ms = 0;
  std::int64_t unit = 100;
  for (const char c : timestamp.substr(point + 1)) {
    if (c < '0' || c > '9') break;
    ms += (c - '0') * unit;
    unit /= 10;
  }
  return ms;
}

}  // namespace

void SettingsOptions::add_file(CLI::App& app) {
  app.add_option("--config,-c", file_, "Settings file; the options below win over it")->type_name("FILE");
}

void SettingsOptions::add(CLI::App& app, const std::string& option, const std::string& key, const std::string& help,
                          const std::string& type) {
  Entry& entry = entries_.emplace_back(Entry{key, option, {}, nullptr});
  entry.given = app.add_option(option, entry.value, help)->type_name(type);
}

void SettingsOptions::add_flag(CLI::App& app, const std::string& option, const std::string& key,
                               const std::string& help) {
  Entry& entry = entries_.emplace_back(Entry{key, option, "true", nullptr});
  entry.given = app.add_flag(option, help);
}

settings::Settings SettingsOptions::without_options() const {
  settings::Settings settings;
  static_cast<void>(load_settings({.file = file_, .property_check = kafka::property_problem}, settings));
  return settings;
}

bool SettingsOptions::load(settings::Settings& settings, bool for_start) const {
  SettingsSource source{.file = file_, .property_check = kafka::property_problem};
  if (for_start) {
    source.file_check = check_files;
    source.client_check = check_clients;
  }
  for (const Entry& entry : entries_) {
    if (entry.given->count() > 0) source.overrides.push_back({entry.key, entry.value, entry.option});
  }
  const config::ConfigErrors errors = load_settings(source, settings);
  if (!errors.empty()) print_errors(errors, std::cerr);
  if (errors.empty()) logging::set_up_log(settings.log);
  return errors.empty();
}

std::optional<std::int64_t> unix_time_of(const std::string& text) {
  if (const auto time = parse::parse_timestamp(text)) return time->seconds * 1000 + fraction_ms(text);
  const auto ago = config::parse_duration(text);
  if (!ago) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch() -
                                                               *ago)
      .count();
}

CLI::Validator time_validator() {
  return {[](const std::string& text) {
            return unix_time_of(text) ? "" : "write it like 2026-03-02T09:15:00Z, or like 2h for two hours ago";
          },
          "", ""};
}

CLI::Validator duration_validator() {
  return {[](const std::string& text) { return config::parse_duration(text) ? "" : "write it like 20s or 5m"; }, "",
          ""};
}

}  // namespace copydesk::commands
