// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/start_checks.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "config/path_check.h"
#include "pipeline/engine/stages.h"
#include "pipeline/kafka/properties.h"
#include "pipeline/observe/tls_front.h"

namespace copydesk::commands {
namespace {

/// "“tls.crt” does not exist; check the path". A relative path begins where the program was started, which is easily
/// another folder than that of the settings file.
std::string told(const std::string& written, const std::filesystem::path& path, std::string_view problem) {
  std::string message = (written.empty() ? "“" + path.string() + "”" : written) + " " + std::string(problem);
  std::error_code ignored;
  if (path.is_relative()) message += " (looked in " + std::filesystem::current_path(ignored).string() + ")";
  return message;
}

class FileCheck {
 public:
  FileCheck(const settings::Settings& settings, config::Loader& loader) : settings_(settings), loader_(loader) {}

  void models() {
    const std::filesystem::path& folder = settings_.pipeline.models;
    if (!folder.empty() && !usable("pipeline.models", folder, config::folder_problem(folder))) return;
    try {
      static_cast<void>(engine::build_stages(settings_));
    } catch (const std::runtime_error& error) {
      loader_.blame("pipeline.models", error.what());
    }
  }

  void names() {
    const bool fine =
        names_of("names.add", settings_.names.add, true) & names_of("names.block", settings_.names.block, false);
    if (!fine) return;
    try {
      static_cast<void>(engine::read_desk_names(settings_.names));  // all together: there is a limit on their number
    } catch (const std::runtime_error& error) {
      loader_.blame("names", error.what());
    }
  }

  void http_tls() {
    const settings::HttpTlsSettings& tls = settings_.http.tls;
    if (tls.certificate.empty() || tls.key.empty()) return;  // said by HttpTlsSettings::check, or none wanted
    const bool certificate = usable("http.tls.certificate", tls.certificate, config::file_problem(tls.certificate));
    const bool key = usable("http.tls.key", tls.key, config::file_problem(tls.key));
    if (!certificate || !key) return;
    if (const auto problem = observe::tls_problem(tls.certificate, tls.key)) {
      loader_.blame(problem->about_key ? "http.tls.key" : "http.tls.certificate", problem->message);
    }
  }

  /// A token file is none of them: a sidecar may write it later, and the client asks again until it is there.
  void properties(const std::string& map, const settings::KafkaProperties& properties) {
    for (const auto& [name, value] : properties) {
      const std::string path = "kafka." + map + "." + name;
      if (name == "ssl.ca.location" || name == "https.ca.location") {
        std::error_code ignored;
        const bool folder = std::filesystem::is_directory(value, ignored);
        // "probe" lets librdkafka look in the usual places.
        if (value != "probe" && !value.empty())
          usable(path, value, folder ? config::folder_problem(value) : config::file_problem(value));
      } else if (const std::string file = file_of(name, value); !file.empty()) {
        usable(path, file, config::file_problem(file));
      }
    }
  }

 private:
  /// The file that a property names, or empty: those of TLS end in ".location", those of OAUTHBEARER in ".file".
  static std::string file_of(std::string_view name, const std::string& value) {
    if (name == "sasl.kerberos.keytab") {
      // As MIT Kerberos writes it: TYPE:REST, of which FILE is the usual.
      constexpr std::string_view kFile = "FILE:";
      if (value.starts_with(kFile)) return value.substr(kFile.size());
      return value.starts_with('/') || value.find(':') == std::string::npos ? value : std::string();
    }
    const bool names_file = name.ends_with(".location") || name.ends_with(".file");
    return names_file ? value : std::string();
  }

  /// Blames the key where there is a problem.
  bool usable(const std::string& key, const std::filesystem::path& path, std::optional<std::string_view> problem) {
    if (problem) loader_.blame(key, told(loader_.as_written(key), path, *problem));
    return !problem;
  }

  bool names_of(const std::string& key, const std::vector<std::string>& files, bool add) {
    bool fine = true;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::string item = key + "[" + std::to_string(i) + "]";
      const std::filesystem::path file(files[i]);
      if (const auto problem = config::file_problem(file)) {
        loader_.blame(item, told(loader_.as_written(item), file, *problem));
        fine = false;
        continue;
      }
      const std::span<const std::filesystem::path> one(&file, 1);
      const std::span<const std::filesystem::path> none;
      const auto read = add ? entities::DeskNames::read(one, none) : entities::DeskNames::read(none, one);
      if (read) continue;
      loader_.blame(item, read.error().message);
      fine = false;
    }
    return fine;
  }

  const settings::Settings& settings_;
  config::Loader& loader_;
};

}  // namespace

void check_files(const settings::Settings& settings, config::Loader& loader) {
  FileCheck check(settings, loader);
  check.properties("common", settings.kafka.common);
  check.properties("consumer", settings.kafka.consumer);
  check.properties("producer", settings.kafka.producer);
  check.models();
  check.names();
  check.http_tls();
}

void check_clients(const settings::Settings& settings, config::Loader& loader) {
  const auto problem = kafka::client_problem(settings);
  if (!problem) return;
  std::string path = "kafka";
  std::size_t longest = 0;  // "ssl.ca.location", not a shorter name in it
  const auto look_in = [&](const std::string& map, const settings::KafkaProperties& properties) {
    for (const auto& [name, value] : properties) {
      if (name.size() <= longest || problem->find(name) == std::string::npos) continue;
      longest = name.size();
      path = "kafka." + map + "." + name;
    }
  };
  look_in("common", settings.kafka.common);
  look_in("consumer", settings.kafka.consumer);
  look_in("producer", settings.kafka.producer);
  // Ours begin with the setting: "`kafka.group_protocol: consumer` needs …".
  if (problem->starts_with("`kafka.")) path = problem->substr(1, problem->find_first_of(":`", 1) - 1);
  loader.blame(path, *problem);
}

}  // namespace copydesk::commands
