// SPDX-License-Identifier: Apache-2.0
#include "pipeline/logging/log.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <string>

namespace copydesk {
namespace {

TEST(Log, IsOneJsonObjectALineWhateverTheMessageHolds) {
  testing::internal::CaptureStderr();
  logging::set_up_log({.level = settings::LogLevel::kInfo, .format = settings::LogFormat::kJson});
  spdlog::info("{}", "a \"quotation\", a \\ and\nanother line: \"level\":\"error\" \xFF");
  spdlog::debug("too much detail");
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(text.starts_with("{\"time\":\"20")) << text;
  EXPECT_TRUE(
      text.ends_with(R"("level":"info","message":"a \"quotation\", a \\ and\nanother line: \"level\":\"error\" )"
                     "\xEF\xBF\xBD\"}\n"))
      << text;
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

}  // namespace
}  // namespace copydesk
