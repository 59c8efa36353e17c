// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "config/environment.h"
#include "config/error.h"
#include "config/field.h"

namespace copydesk::config {

struct YamlNode;

/// Fills a settings object: what it holds at first are the defaults, then comes the file, then what the command line
/// overrides. Nothing throws, whatever the input; every error is kept until `finish()`.
///
///     Settings settings;
///     Loader loader(settings);
///     loader.file("copydesk.yaml");
///     loader.set("kafka.group", group, "--group");
///     const ConfigErrors errors = loader.finish();
///
/// `${NAME}`, `${NAME:-default}` and `${file:/path}` in values of the file are replaced (after YAML is parsed: what is
/// put in cannot add keys).
class Loader {
 public:
  /// `settings` must outlive the loader and stay in its place.
  template <class Settings>
  explicit Loader(Settings& settings) : root_(Section::of(settings)) {}

  /// Reads a YAML file of at most 1 MiB.
  void file(const std::filesystem::path& path, const Environment& environment = process_environment());

  /// Reads YAML from memory; `source` is what errors call it.
  void text(std::string_view yaml, const std::string& source, const Environment& environment = process_environment());

  /// Sets one key ("kafka.group", or "kafka.common.security.protocol" for a key of a map) to a text, taken as it is:
  /// no variables in it. A list is comma-separated. `origin` is what errors call it ("--group").
  void set(std::string_view path, std::string_view value, const std::string& origin);

  /// Adds an error that another check found with a key, on the line where the key was given.
  void blame(const std::string& path, std::string message);

  /// The text that was given for a key, in quotation marks, as it stands in the file (“${CA_FILE}”): what a variable
  /// holds may be secret. For an item of a list that was given as one text, that text where it has a variable. Empty
  /// where none was given. For messages.
  [[nodiscard]] std::string as_written(const std::string& path) const;

  /// Checks the rules that need several keys and returns all that is wrong, in the order of the lines. The settings
  /// are fit for use only where this is empty.
  [[nodiscard]] ConfigErrors finish();

 private:
  struct Place {
    std::string source;
    int line = 0;
    std::string text;  ///< as written; empty where it is not a single value
  };

  void load_section(const Section& section, const YamlNode& node, const std::string& path);
  void load_field(const Field& field, const YamlNode& node, int line, const std::string& path);
  void load_list(const Field& field, const YamlNode& node, const std::string& path);
  void load_map(std::map<std::string, std::string>& map, const YamlNode& node, const std::string& path);
  void unknown_key(const Section& section, const std::string& path, const std::string& key, int line);
  void run_checks(const Section& section, const std::string& path);
  std::optional<std::string> expand(const YamlNode& node, const std::string& path);
  void forget_items(const std::string& path);
  [[nodiscard]] const Place* place_of(const std::string& path) const;
  void refuse(int line, const std::string& path, std::string message);

  Section root_;
  Environment environment_;
  std::string source_;
  ConfigErrors errors_;
  std::map<std::string, Place> places_;  // where each key was given
  std::set<std::string> refused_;        // keys whose value is not the one that was meant
};

/// A file (or text) into settings in one step.
template <class Settings>
[[nodiscard]] ConfigErrors load_file(const std::filesystem::path& path, Settings& settings,
                                     const Environment& environment = process_environment()) {
  Loader loader(settings);
  loader.file(path, environment);
  return loader.finish();
}
template <class Settings>
[[nodiscard]] ConfigErrors load_text(std::string_view yaml, Settings& settings,
                                     const Environment& environment = process_environment()) {
  Loader loader(settings);
  loader.text(yaml, "text", environment);
  return loader.finish();
}

}  // namespace copydesk::config
