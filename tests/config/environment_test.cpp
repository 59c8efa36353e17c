// SPDX-License-Identifier: Apache-2.0
#include "config/environment.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "config/value_file.h"

namespace copydesk {
namespace {

std::optional<std::string> some_variables(const std::string& name) {
  if (name == "USER_1") return "ada";
  if (name == "EMPTY") return "";
  if (name == "NESTED") return "${USER_1}";
  return std::nullopt;
}

std::string expand(std::string_view text) {
  const config::Interpolated result = config::interpolate(text, some_variables);
  return result.problem.empty() ? result.text : "problem: " + result.problem;
}

TEST(Interpolation, PutsVariablesIn) {
  EXPECT_EQ(expand("plain $5 {x} $"), "plain $5 {x} $");
  EXPECT_EQ(expand("${USER_1}"), "ada");
  EXPECT_EQ(expand("a-${USER_1}${USER_1}-b"), "a-adaada-b");
  EXPECT_EQ(expand("[${EMPTY}]"), "[]");
}

TEST(Interpolation, TakesTheDefaultWhereUnsetOrEmpty) {
  EXPECT_EQ(expand("${NOBODY:-eve}"), "eve");
  EXPECT_EQ(expand("${EMPTY:-eve}"), "eve");
  EXPECT_EQ(expand("${USER_1:-eve}"), "ada");
  EXPECT_EQ(expand("${NOBODY:-}"), "");
  EXPECT_EQ(expand("${NOBODY:-a:-b}"), "a:-b");
}

TEST(Interpolation, DoesNotLookAgainAtWhatWasPutIn) {
  EXPECT_EQ(expand("${NESTED}"), "${USER_1}");
}

TEST(Interpolation, KeepsTheEscapedForm) {
  EXPECT_EQ(expand("$${USER_1} ${USER_1}"), "${USER_1} ada");
  for (const char* text : {"", "$", "${", "$${", "$$${A}", "a$b{c}", "${A:-b}"}) {
    EXPECT_EQ(expand(config::escape_interpolation(text)), text);
  }
}

/// A file that is gone after the test.
class InterpolationOfFiles : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove(path_); }
  void TearDown() override { std::filesystem::remove(path_); }
  void write(std::string_view content) const { std::ofstream(path_, std::ios::binary) << content; }

  std::string path_ =
      (std::filesystem::path(testing::TempDir()) / ("copydesk-value-file-" + std::to_string(getpid()))).string();
};

TEST_F(InterpolationOfFiles, PutsInWhatAFileHoldsWithoutItsLastLineEnd) {
  for (const char* end : {"", "\n", "\r\n"}) {
    write(std::string("two words\nand ${USER_1}") + end);
    EXPECT_EQ(expand("<${file:" + path_ + "}>"), "<two words\nand ${USER_1}>");
  }
  write("");
  EXPECT_EQ(expand("${file:" + path_ + "}${USER_1}"), "ada");
}

TEST_F(InterpolationOfFiles, SaysWhatIsWrongWithoutShowingIt) {
  EXPECT_NE(expand("${file:" + path_ + "}").find(path_ + ", which does not exist"), std::string::npos);
  EXPECT_NE(expand("${file:secret}").find("no absolute path"), std::string::npos);
  EXPECT_NE(expand("${file:}").find("no absolute path"), std::string::npos);
  EXPECT_NE(expand("${file:/}").find("is a folder"), std::string::npos);
  EXPECT_NE(expand("${file:/dev/zero}").find("larger than 64 KiB"), std::string::npos);
  write(std::string(config::kMostValueFileBytes, 'x'));
  EXPECT_EQ(expand("${file:" + path_ + "}").size(), config::kMostValueFileBytes);
  write(std::string(config::kMostValueFileBytes + 1, 'x'));
  EXPECT_NE(expand("${file:" + path_ + "}").find("larger than 64 KiB"), std::string::npos);
  write(std::string("hunter2\0", 8));
  EXPECT_NE(expand("${file:" + path_ + "}").find("zero byte"), std::string::npos);
  EXPECT_EQ(expand("${file:" + path_ + "}").find("hunter2"), std::string::npos);
}

TEST(Interpolation, SaysWhatIsWrong) {
  EXPECT_NE(expand("${NOBODY}").find("NOBODY, which is not set"), std::string::npos);
  EXPECT_NE(expand("a ${USER_1").find("without its }"), std::string::npos);
  EXPECT_NE(expand("${}").find("names no variable"), std::string::npos);
  EXPECT_NE(expand("${1X}").find("names no variable"), std::string::npos);
  EXPECT_NE(expand("${A B}").find("names no variable"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
