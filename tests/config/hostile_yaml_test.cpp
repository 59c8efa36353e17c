// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "config/loader.h"
#include "tests/config/sample_settings.h"

namespace copydesk {
namespace {

config::ConfigErrors parsing_errors(std::string_view yaml) {
  sample::Settings settings;
  return config::load_text(yaml, settings, [](const std::string&) { return std::nullopt; });
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST(HostileYaml, IsOneErrorWithItsLine) {
  struct Case {
    const char* yaml;
    int line;
  };
  for (const auto& [yaml, line] :
       {Case{"title: x\ninner: {threads: 1\n", 3}, Case{"a:\n\t- b\n", 2}, Case{"title: \"open\nnote: x\n", 1},
        Case{"title: é\nnote: 'it''s open\nhosts: []\n", 2}, Case{"\xEF\xBB\xBFtitle: \"a\\\"", 1},
        Case{"title: x\n  other: y\n", 2}, Case{"title: 'a' b\n", 1}, Case{"title: x\n---\ntitle: y\n", 2},
        Case{"x: *nowhere\n", 1}, Case{"title: x\n{a: b}: c\n", 2}, Case{"? [a]\n: b\n", 1}, Case{": x\n", 1},
        Case{"a: &a [*a]\n*a : b\n", 2}, Case{"%YAML 9.9\n---\na: b\n", 1}, Case{"title: @x\n", 1}}) {
    const config::ConfigErrors errors = parsing_errors(yaml);
    ASSERT_EQ(errors.size(), 1U) << yaml;
    EXPECT_EQ(errors[0].line, line) << yaml << config::to_string(errors[0]);
    EXPECT_FALSE(errors[0].message.empty());
  }
}

TEST(HostileYaml, ClosedQuotationIsFine) {
  EXPECT_EQ(parsing_errors("note: é\r\ntitle: 'it''s'"), config::ConfigErrors{});
  EXPECT_EQ(parsing_errors("note: é\r\ntitle: &a \"\\\"\" # it's"), config::ConfigErrors{});
  EXPECT_EQ(parsing_errors("title: ''"), config::ConfigErrors{});
}

TEST(HostileYaml, MustBeText) {
  using std::string_literals::operator""s;
  EXPECT_EQ(parsing_errors("title: a\nnote: \0b\n"s).at(0).line, 2);
  EXPECT_EQ(parsing_errors("title: \x04\n").at(0).line, 1);
  EXPECT_EQ(parsing_errors("title: a\n# caf\xE9\n").at(0).line, 2);
  EXPECT_EQ(parsing_errors("\xFF\xFEt\0"s).at(0).line, 1);
  EXPECT_EQ(parsing_errors("title: \xED\xA0\x80\n").at(0).line, 1);
}

// Quadratic work on any of these would not end within the test's time-out.
TEST(HostileYaml, IsBounded) {
  for (const std::string& yaml :
       {repeated("[", 500'000), repeated("{", 500'000), repeated("- ", 500'000), repeated("? ", 500'000),
        repeated("{a: ", 200'000), repeated("[a, ", 200'000), "a: " + repeated("x", 1'000'000),
        repeated("&a ", 300'000), repeated("!", 900'000), repeated("'", 900'001), repeated("a: b: ", 100'000),
        repeated("\n", 1'000'000), repeated(" ", 1'000'000) + "a: b", "a: |\n" + repeated(" x\n", 300'000),
        repeated("x\n", 400'000), repeated("#\n", 400'000), "a: [" + repeated("b, ", 300'000) + "]",
        repeated("a", 2'000'000)}) {
    EXPECT_LE(parsing_errors(yaml).size(), 1U) << yaml.substr(0, 20);
  }
}

TEST(HostileYaml, HasNoEndlessKeys) {
  EXPECT_EQ(parsing_errors("properties: {" + repeated("k", 200) + ": v}"), config::ConfigErrors{});
  EXPECT_EQ(parsing_errors("properties: {" + repeated("k", 201) + ": v}").at(0).message,
            "this key is longer than 200 bytes");
}

TEST(HostileYaml, CannotMultiplyThroughAliases) {
  std::string bomb = "a0: &a0 [x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last + ", " + last + "]\n";
  }
  EXPECT_EQ(parsing_errors(bomb + "hosts: *a29\n").size(), 33U);  // 30 unknown keys, 3 items that are lists
  EXPECT_EQ(parsing_errors("hosts: &h [*h]\n").size(), 1U);       // inside itself
  EXPECT_EQ(parsing_errors("title: &t x\nhosts: [" + repeated("*t, ", 1'500) + "]\n").at(0).message,
            "too many aliases (more than 1000)");
}

TEST(HostileYaml, ManyErrorsAreCounted) {
  std::string yaml;
  for (int i = 0; i < 50'000; ++i) yaml += "unknown_" + std::to_string(i) + ": 1\n";
  const config::ConfigErrors errors = parsing_errors(yaml);
  ASSERT_EQ(errors.size(), 1'001U);
  EXPECT_EQ(errors.back().message, "and 49000 more errors");
}

TEST(HostileYaml, NoMixOfItsMarksEscapes) {
  // Pieces of grammar in random order find more in a YAML parser than random bytes do.
  constexpr std::string_view kPieces[] = {
      "title", "inner", "hosts", ":",     ": ",       "- ",           "\n",         "\n  ",   "\n    ", "[",
      "]",     "{",     "}",     ",",     "&a ",      "*a",           "!t ",        "!!str ", "|\n",    ">-\n",
      "\"",    "'",     "? ",    "---\n", "...\n",    "%YAML 1.2\n",  "%TAG ! a\n", "#",      "\\x",    "\t",
      "${",    "<<: ",  "~",     "\r",    "\xC2\x85", "\xE2\x80\xA8", "properties", "x"};
  std::mt19937 random(20'261'123);
  for (int round = 0; round < 20'000; ++round) {
    std::string yaml;
    const auto pieces = 1 + random() % 24;
    for (std::size_t i = 0; i < pieces; ++i) yaml += kPieces[random() % std::size(kPieces)];
    for (const config::ConfigError& error : parsing_errors(yaml)) {
      ASSERT_FALSE(error.message.empty());
      ASSERT_GE(error.line, 0);
    }
  }
}

}  // namespace
}  // namespace copydesk
