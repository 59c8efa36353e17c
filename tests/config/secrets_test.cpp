// SPDX-License-Identifier: Apache-2.0
// No secret shows in what is said of settings, however wrong they are written.
#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "config/render.h"
#include "pipeline/commands/config.h"

namespace copydesk {
namespace {

constexpr std::string_view kSecret = "hunter2s3cr3t";

std::optional<std::string> variables(const std::string& name) {
  if (name == "PASSWORD") return std::string(kSecret);
  if (name == "BAD_BROKER") return "not a broker " + std::string(kSecret);
  return std::nullopt;
}

/// All that is said and shown of these settings.
std::string said_of(const std::string& yaml) {
  settings::Settings settings;
  config::Loader loader(settings);
  loader.text(yaml, "copydesk.yaml", variables);
  const settings::PropertyCheck refuse_mechanism = [](settings::PropertyMap, const std::string& name,
                                                      const std::string&) -> std::optional<std::string> {
    if (name == "sasl.mechanism") return "has a value that is refused";
    return std::nullopt;
  };
  settings::check_properties(settings.kafka, refuse_mechanism, loader);
  std::ostringstream text;
  const config::ConfigErrors errors = loader.finish();
  commands::print_errors(errors, text);
  return errors.empty() ? text.str() + config::render_effective(settings) : text.str();
}

TEST(Secrets, ShowInNoMessageHoweverWronglyTheyAreWritten) {
  const std::string secret(kSecret);
  const std::string before = "kafka:\n  common:\n    sasl.password: ";
  std::vector<std::string> files;
  for (const std::string& value : std::vector<std::string>{secret,
                                                           "'" + secret + "'",
                                                           "\"" + secret + "\"",
                                                           "\"" + secret,
                                                           "'" + secret,
                                                           "*" + secret,
                                                           "&" + secret,
                                                           "&" + secret + " x",
                                                           "@" + secret,
                                                           "%" + secret,
                                                           "`" + secret,
                                                           "!" + secret + " x",
                                                           "! " + secret,
                                                           secret + ": x",
                                                           secret + ":x: y",
                                                           "[" + secret + "]",
                                                           "[" + secret,
                                                           "{" + secret + ": x}",
                                                           "{" + secret,
                                                           "{" + secret + "}",
                                                           "| " + secret,
                                                           ">" + secret,
                                                           "? " + secret,
                                                           "- " + secret,
                                                           secret + "\n  " + secret,
                                                           secret + "\n\t" + secret,
                                                           "\"\\x" + secret + "\"",
                                                           "\"\\" + secret + "\"",
                                                           "${" + secret,
                                                           "\"${PASSWORD}\"",
                                                           "\"${PASSWORD}${\"",
                                                           "\"${NOBODY:-" + secret + "}\"",
                                                           "\"${NOBODY:-" + secret + "\"",
                                                           secret + "\x01",
                                                           secret + "\xFF",
                                                           "[[[" + secret,
                                                           "<<: *" + secret}) {
    files.push_back(before + value + "\n");
    files.push_back(before + value + "\nlog: {level: loud}\n");
    files.push_back("http:\n  username: desk\n  password: " + value + "\n");
    files.push_back("kafka:\n  sasl.password: " + value + "\n");
    files.push_back("kafka:\n  common: " + value + "\n");
    files.push_back("kafka:\n  brokers: [\"${BAD_BROKER}\"]\n  common: {sasl.mechanism: \"${PASSWORD}\"}\n");
  }
  files.push_back(before + secret + "\n    sasl.password: " + secret + "\n");
  files.push_back("http: {password: \"${PASSWORD}\"}\n");
  for (const std::string& yaml : files) {
    // Where it stands in the place of a key it is a name, and messages must tell which name is wrong.
    const bool is_key = yaml.find("common: " + secret + ":") != std::string::npos ||
                        yaml.find("common: {" + secret) != std::string::npos ||
                        yaml.find("\n  " + secret + "\n") != std::string::npos;
    if (is_key) continue;
    EXPECT_EQ(said_of(yaml).find(secret), std::string::npos) << yaml << "\n" << said_of(yaml);
  }
}

TEST(Secrets, OfEveryKindAreHiddenInWhatIsShown) {
  const std::string shown = said_of(
      "kafka:\n  common:\n    sasl.password: ${PASSWORD}\n    ssl.key.password: ${PASSWORD}\n    ssl.key.pem: "
      "${PASSWORD}\n    ssl.keystore.password: ${PASSWORD}\n    sasl.oauthbearer.client.secret: ${PASSWORD}\n"
      "    sasl.oauthbearer.config: ${PASSWORD}\n    sasl.username: desk\nhttp:\n  username: desk\n  password: "
      "${PASSWORD}\n");
  EXPECT_EQ(shown.find(kSecret), std::string::npos) << shown;
  EXPECT_NE(shown.find("sasl.username: desk"), std::string::npos);
  EXPECT_NE(shown.find("  password: \"***\""), std::string::npos);
}

}  // namespace
}  // namespace copydesk
