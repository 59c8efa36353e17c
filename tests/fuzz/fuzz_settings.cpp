// SPDX-License-Identifier: Apache-2.0
// Any bytes as a settings file. Whatever is accepted is written out, read again and must then say the same; no error
// message may hold the value of a secret.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/loader.h"
#include "config/render.h"
#include "pipeline/settings/settings.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace copydesk;
  constexpr std::string_view kSecret = "s3cr3t-of-the-environment";
  const config::Environment environment = [&](const std::string& name) -> std::optional<std::string> {
    if (name == "A") return std::string(kSecret);
    return std::nullopt;
  };
  const std::string_view yaml(reinterpret_cast<const char*>(data), size);
  settings::Settings settings;
  const config::ConfigErrors errors = config::load_text(yaml, settings, environment);
  const bool guessed = yaml.find(kSecret) != std::string_view::npos;  // libFuzzer learns it from the comparisons below
  for (const config::ConfigError& error : errors) {
    fuzz::require(!error.message.empty() && error.line >= 0, "an error says where and what");
    fuzz::require(guessed || config::to_string(error).find(kSecret) == std::string::npos,
                  "an error shows no variable's value");
  }
  if (!errors.empty()) return 0;
  const std::string shown = config::render_effective(config::Section::of(settings));
  if (shown.find(config::kRedacted) != std::string::npos) return 0;  // what is hidden cannot be read again
  settings::Settings again;
  fuzz::require(config::load_text(shown, again, environment).empty(), "what is shown can be read again");
  fuzz::require(config::render_effective(config::Section::of(again)) == shown,
                "what is shown says the same when read again");
  return 0;
}
