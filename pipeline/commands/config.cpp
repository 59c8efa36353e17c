// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/config.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string_view>

#include "config/render.h"
#include "pipeline/commands/command_line.h"
#include "pipeline/commands/exit_codes.h"
#include "pipeline/commands/start_checks.h"
#include "pipeline/kafka/properties.h"

namespace copydesk::commands {
namespace {

constexpr std::string_view kPageHead = R"(# Settings

The worker (`copydesk run --config FILE`) reads one YAML file. Every key has a default: a file need hold only what differs.
[`config/copydesk.yaml`](../config/copydesk.yaml) is a commented file of all defaults to start from.

- `copydesk config check FILE` lists every error with its line, all at once; an unknown key is an error.
- `copydesk config show FILE` prints the values in effect, secrets as `***`.
- `${NAME}` in a value is replaced by that environment variable, `${NAME:-default}` by the default where it is unset or
  empty, `${file:/run/secrets/kafka}` by what that file holds, without the line end at its end; `$${` stands for the
  characters `${`. Inside `[ ]` and `{ }` such a value needs quotation marks.
- A duration is written with its unit: `500ms`, `30s`, `2m`, `1h`, `1d`, also `1h30m`. A size: `4096`, `512KiB`, `64MiB`,
  `1GiB` (powers of 1024), `1MB` (powers of 1000).
- A list may also be one text with commas: `brokers: kafka-1:9092,kafka-2:9092`.
- A truth value is `true` or `false`: YAML 1.2 has no `yes`, `no`, `on` and `off`.
- The properties of librdkafka are in its
  [CONFIGURATION.md](https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md). Those that the delivery
  guarantee rests on (`enable.auto.commit`, `enable.idempotence`, `acks` and more, with their aliases) may be given, but with
  no other value; those that have a setting of their own (`group.id`, `message.max.bytes`) are written there; those of the
  consumer are refused under `kafka.producer`, and the reverse. Numbers have no units there: librdkafka takes `30s` for 30.
- `config check` and `run` also look whether the files that the settings name are there and fit for use: models, names,
  certificates, keys, keytabs.

This page is written by `copydesk config reference`; change `pipeline/settings/settings.cpp` and write it anew.

)";

constexpr std::string_view kFileHead =
    R"(# The settings of a Copydesk worker with their defaults; keep only the lines you change.
# docs/reference.md has them as tables. Check a file with: copydesk config check FILE
# ${NAME} and ${NAME:-default} in a value take it from the environment, ${file:/path} from a file.
# Written by: copydesk config reference --yaml
)";

}  // namespace

config::ConfigErrors load_settings(const SettingsSource& source, settings::Settings& settings) {
  config::Loader loader(settings);
  if (!source.file.empty()) loader.file(source.file, source.environment);
  for (const auto& [path, value, origin] : source.overrides) loader.set(path, value, origin);
  settings::check_properties(settings.kafka, source.property_check, loader);
  if (source.file_check) source.file_check(settings, loader);
  config::ConfigErrors errors = loader.finish();
  if (!errors.empty() || !source.client_check) return errors;
  source.client_check(settings, loader);
  return loader.finish();
}

void print_errors(const config::ConfigErrors& errors, std::ostream& err) {
  for (const config::ConfigError& error : errors) err << config::to_string(error) << '\n';
  err << errors.size() << (errors.size() == 1 ? " error" : " errors")
      << " in the settings; docs/reference.md tells what is allowed.\n";
}

int config_check(const SettingsSource& source, std::ostream& out, std::ostream& err) {
  settings::Settings settings;
  if (const config::ConfigErrors errors = load_settings(source, settings); !errors.empty()) {
    print_errors(errors, err);
    return kExitBadConfiguration;
  }
  out << source.file.string() << ": no errors\n";
  return kExitOk;
}

int config_show(const SettingsSource& source, std::ostream& out, std::ostream& err) {
  settings::Settings settings;
  if (const config::ConfigErrors errors = load_settings(source, settings); !errors.empty()) {
    print_errors(errors, err);
    return kExitBadConfiguration;
  }
  out << config::render_effective(settings);
  return kExitOk;
}

int config_reference(ReferenceForm form, std::ostream& out) {
  if (form == ReferenceForm::kYaml) {
    out << kFileHead << '\n' << config::render_commented(settings::Settings{});
  } else {
    out << kPageHead << config::render_reference(settings::Settings{});
  }
  out.flush();
  return out.good() ? kExitOk : kExitFailure;
}

namespace {

SettingsSource settings_file(const std::string& path) {
  return {.file = path, .property_check = kafka::property_problem};
}

}  // namespace

Command add_config(CLI::App& app) {
  auto* command = app.add_subcommand("config", "Check, show and explain settings");
  command->require_subcommand(1);
  auto chosen = std::make_shared<Command>();
  auto path = std::make_shared<std::string>();

  auto* check = command->add_subcommand("check", "Say everything that is wrong with a settings file (exit code 78)");
  check->add_option("FILE", *path, "Settings file")->required();
  check->footer("Example:\n  copydesk config check /etc/copydesk/copydesk.yaml");
  check->callback([chosen, path] {
    *chosen = [path] {
      SettingsSource source = settings_file(*path);
      source.file_check = check_files;
      source.client_check = check_clients;
      return config_check(source, std::cout, std::cerr);
    };
  });

  auto* show = command->add_subcommand("show", "Print the effective settings: defaults under a file, secrets hidden");
  show->add_option("FILE", *path, "Settings file (default: the defaults alone)");
  show->footer("Example:\n  copydesk config show copydesk.yaml");
  show->callback(
      [chosen, path] { *chosen = [path] { return config_show(settings_file(*path), std::cout, std::cerr); }; });

  auto* reference = command->add_subcommand("reference", "Print every setting with its default, bounds and meaning");
  auto yaml = std::make_shared<bool>(false);
  reference->add_flag("--yaml", *yaml, "As a commented settings file to start from");
  reference->footer("Example:\n  copydesk config reference --yaml > copydesk.yaml");
  reference->callback([chosen, yaml] {
    *chosen = [yaml] { return config_reference(*yaml ? ReferenceForm::kYaml : ReferenceForm::kMarkdown, std::cout); };
  });
  return [chosen] { return (*chosen)(); };
}

}  // namespace copydesk::commands
