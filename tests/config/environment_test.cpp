#include "config/environment.h"

#include <gtest/gtest.h>

#include <string>

namespace copydesk {
namespace {

std::optional<std::string> some_variables(const std::string& name) {
  if (name == "USER_1") return "ada";
  if (name == "EMPTY") return "";
  if (name == "NESTED") return "${USER_1}";
  return std::nullopt;
}

std::string expand(std::string_view text) {
  const Interpolated result = interpolate(text, some_variables);
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
    EXPECT_EQ(expand(escape_interpolation(text)), text);
  }
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
