// SPDX-License-Identifier: Apache-2.0
#include "pipeline/logging/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "stages/encode/json_text.h"

namespace copydesk::logging {

namespace {

/// The message as a JSON string, so that nothing in it can end the string or the line.
class JsonMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    std::string text;
    encode::append_json_string(text, {message.payload.data(), message.payload.size()});
    out.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<JsonMessage>();
  }
};

}  // namespace

void set_up_log(const settings::LogSettings& settings) {
  auto logger = spdlog::stderr_color_mt("copydesk");
  static constexpr std::array kLevels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                                      spdlog::level::warn,  spdlog::level::err,   spdlog::level::off};
  logger->set_level(kLevels.at(static_cast<std::size_t>(settings.level)));
  if (settings.format == settings::LogFormat::kJson) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    formatter->add_flag<JsonMessage>('*').set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","message":%*})");
    logger->set_formatter(std::move(formatter));
  } else {
    logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  }
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace copydesk::logging
