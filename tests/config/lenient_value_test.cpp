// SPDX-License-Identifier: Apache-2.0
// What is said of values that are not written as values are: what it was, and what to write.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "config/loader.h"
#include "tests/config/sample_settings.h"

namespace copydesk {
namespace {

std::string said_of(const std::string& yaml) {
  sample::Settings settings;
  std::string text;
  for (const config::ConfigError& error : config::load_text(yaml, settings)) text += error.message + "\n";
  return text;
}

using Cases = std::vector<std::pair<std::string, std::string>>;

void expect_said(const std::string& key, const Cases& cases) {
  const std::size_t dot = key.find('.');
  for (const auto& [value, said] : cases) {
    const std::string yaml = dot == std::string::npos
                                 ? key + ": \"" + value + "\"\n"
                                 : key.substr(0, dot) + ":\n  " + key.substr(dot + 1) + ": \"" + value + "\"\n";
    const std::string expected = said.empty() ? "" : "“" + value + "” " + said + "\n";
    EXPECT_EQ(said_of(yaml), expected) << yaml;
  }
}

TEST(WrongValues, TruthIsWordedAsInYaml12) {
  const std::string is_not = "is not a truth value: YAML 1.2 has true and false alone; write ";
  const std::string allowed = "; allowed: true or false";
  expect_said("inner.eager", {{"yes", is_not + "true" + allowed},
                              {"Yes", is_not + "true" + allowed},
                              {"on", is_not + "true" + allowed},
                              {"1", is_not + "true" + allowed},
                              {"no", is_not + "false" + allowed},
                              {"OFF", is_not + "false" + allowed},
                              {"n", is_not + "false" + allowed},
                              {"maybe", "is not a truth value" + allowed},
                              {"", "is not a truth value" + allowed},
                              {"True", ""}});
}

TEST(WrongValues, WholeNumbers) {
  const std::string is_not = "is not a whole number from 0 up";
  const std::string allowed = "; allowed: 1 to 64";
  expect_said("inner.threads", {{"1_0", is_not + allowed},
                                {"2,000", is_not + "; write 2000" + allowed},
                                {"2'000'000", is_not + "; write 2000000" + allowed},
                                {"2_000", is_not + "; write 2000" + allowed},
                                {"2 000", is_not + "; write 2000" + allowed},
                                {"+5", is_not + "; write 5" + allowed},
                                {"0x10", is_not + "; write 16" + allowed},
                                {"1e1", is_not + "; write 10" + allowed},
                                {"5.0", is_not + "; write 5" + allowed},
                                {"2k", is_not + "; write 2000" + allowed},
                                {"10 threads", is_not + "; write 10" + allowed},
                                {"50%", is_not + "; write 50" + allowed},
                                {"1.5", is_not + allowed},
                                {"0x", is_not + allowed},
                                {"-5", "is too small" + allowed},
                                {"99999999999999999999", "is too large" + allowed}});
  expect_said("inner.shift", {{"-99999999999999999999", "is too small; allowed: at least -10"},
                              {"one", "is not a whole number; allowed: at least -10"}});
}

TEST(WrongValues, Numbers) {
  const std::string allowed = "; allowed: 0 to 0.5";
  expect_said("inner.share", {{"0,25", "is not a number; write 0.25" + allowed},
                              {"25%", "is not a number; write 0.25" + allowed},
                              {"1,000,000", "is not a number; write 1000000" + allowed},
                              {"half", "is not a number" + allowed}});
}

TEST(WrongValues, DurationsSayTheirUnit) {
  const std::string is_not = "is not written as a duration is; write ";
  const std::string allowed = "; allowed: 100ms to 1h";
  expect_said("patience", {{"30", "has no unit; write 30s for seconds or 30ms for milliseconds" + allowed},
                           {"1.5s", is_not + "1s500ms" + allowed},
                           {"30 s", is_not + "30s" + allowed},
                           {"30S", is_not + "30s" + allowed},
                           {"5min", is_not + "5m" + allowed},
                           {"10 seconds", is_not + "10s" + allowed},
                           {"250 millis", is_not + "250ms" + allowed},
                           {"30s1m", is_not + "1m30s" + allowed},
                           {"PT5M", is_not + "5m" + allowed},
                           {"1 week", is_not + "7d" + allowed},
                           {"-5s", "is too small" + allowed},
                           {"99999999999999999999s", "is too large" + allowed},
                           {"soon", "is not a duration with its unit, such as 500ms, 30s, 2m or 1h" + allowed},
                           {"1h30", "is not a duration with its unit, such as 500ms, 30s, 2m or 1h" + allowed},
                           {"1500us", "is not a duration with its unit, such as 500ms, 30s, 2m or 1h" + allowed}});
}

TEST(WrongValues, SizesSayTheirUnit) {
  const std::string is_not = "is not written as a size is; write ";
  const std::string allowed = "; allowed: at least 1KiB";
  expect_said("room", {{"64M", is_not + "64MiB (powers of 1024) or 64MB (powers of 1000)" + allowed},
                       {"64m", is_not + "64MiB (powers of 1024) or 64MB (powers of 1000)" + allowed},
                       {"64Mi", is_not + "64MiB" + allowed},
                       {"1.5GiB", is_not + "1536MiB" + allowed},
                       {"10 megabytes", is_not + "10MB" + allowed},
                       {"4 mebibytes", is_not + "4MiB" + allowed},
                       {"1_000_000", is_not + "1000000" + allowed},
                       {"-1MiB", "is too small" + allowed},
                       {"99999999999999999999", "is too large" + allowed},
                       {"16777216TiB", "is too large" + allowed},
                       {"big", "is not a size, such as 512KiB, 64MiB or 1GB" + allowed}});
}

TEST(WrongValues, WordsNearAKnownOneAreGuessed) {
  const std::string allowed = "; allowed: red, green or dark-blue";
  expect_said("inner.colour", {{"Green", "is not one of the known words; did you mean “green”?" + allowed},
                               {"dark_blue", "is not one of the known words; did you mean “dark-blue”?" + allowed},
                               {"purple", "is not one of the known words" + allowed}});
}

struct Named {
  bool tokens = false;
  std::uint32_t password_length = 8;
  config::Secret password;

  static void describe(config::Section& section, Named& self) {
    section.field("tokens", self.tokens, {.doc = "Whether tokens."});
    section.field("password_length", self.password_length, {.doc = "How long.", .min = 1});
    section.field("password", self.password, {.doc = "It.", .form = "digits", .accepts = [](std::string_view text) {
                                                return text.find_first_not_of("0123456789") == std::string_view::npos;
                                              }});
  }
};

// A key is secret by its type, not by a word in its name.
TEST(WrongValues, OnlySecretsStayHidden) {
  Named named;
  std::string text;
  for (const config::ConfigError& error :
       config::load_text("tokens: yes\npassword_length: long\npassword: hunter2\n", named)) {
    text += error.path + ": " + error.message + "\n";
  }
  EXPECT_EQ(text,
            "tokens: “yes” is not a truth value: YAML 1.2 has true and false alone; write true; allowed: true or "
            "false\n"
            "password_length: “long” is not a whole number from 0 up; allowed: at least 1\n"
            "password: the secret has not the right form; allowed: digits\n");
}

}  // namespace
}  // namespace copydesk
