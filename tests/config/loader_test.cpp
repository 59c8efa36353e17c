// SPDX-License-Identifier: Apache-2.0
#include "config/loader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/config/sample_settings.h"

namespace copydesk {
namespace {

using sample::Settings;

/// What is wrong with a text, one line per error.
std::string errors_of(std::string_view yaml, Settings& settings) {
  std::string lines;
  for (const config::ConfigError& error :
       config::load_text(yaml, settings, [](const std::string& name) -> std::optional<std::string> {
         if (name == "PORT") return "9092";
         if (name == "PASSWORD") return "hunter2";
         return std::nullopt;
       })) {
    lines += config::to_string(error) + "\n";
  }
  return lines;
}

std::string errors_of(std::string_view yaml) {
  Settings settings;
  return errors_of(yaml, settings);
}

TEST(Loader, FillsEveryType) {
  Settings settings;
  EXPECT_EQ(errors_of(R"(
title: "a # title"
note: said
key: ${PASSWORD}
folder: /opt/models
patience: 1m
room: 1MB
hosts: ["one:${PORT}", two:2]
properties:
  security.protocol: SASL_SSL
  enable.flag: true
  retries: 5
inner:
  threads: 8
  shift: -10
  seed: 18446744073709551615
  share: 0.5
  eager: true
  colour: dark-blue
)",
                      settings),
            "");
  EXPECT_EQ(settings.title, "a # title");
  EXPECT_EQ(settings.note, "said");
  EXPECT_EQ(settings.key.reveal(), "hunter2");
  EXPECT_EQ(settings.folder, "/opt/models");
  EXPECT_EQ(settings.patience, std::chrono::minutes(1));
  EXPECT_EQ(settings.room, config::Bytes{1'000'000});
  EXPECT_EQ(settings.hosts, (std::vector<std::string>{"one:9092", "two:2"}));
  EXPECT_EQ(settings.properties, (std::map<std::string, std::string>{
                                     {"security.protocol", "SASL_SSL"}, {"enable.flag", "true"}, {"retries", "5"}}));
  EXPECT_EQ(settings.inner.threads, 8U);
  EXPECT_EQ(settings.inner.shift, -10);
  EXPECT_EQ(settings.inner.seed, ~0ULL);
  EXPECT_EQ(settings.inner.share, 0.5);
  EXPECT_TRUE(settings.inner.eager);
  EXPECT_EQ(settings.inner.colour, sample::Colour::kDarkBlue);
}

TEST(Loader, KeepsDefaultsWhereNothingIsSaid) {
  for (const char* yaml : {"", "\n# only a comment\n", "---\n", "~", "inner:\n", "properties:\n", "note:\n",
                           "\xEF\xBB\xBFtitle: plain\n"}) {
    Settings settings;
    EXPECT_EQ(errors_of(yaml, settings), "") << yaml;
    EXPECT_EQ(settings.title, "plain");
    EXPECT_EQ(settings.inner.threads, 4U);
  }
}

TEST(Loader, ReportsEveryErrorWithItsLine) {
  EXPECT_EQ(errors_of(R"(titel: x
inner:
  threads: many
  shift: -11
  share: 0.75
  eager: yes
  colour: blue
  threds: 1
patience: 10
room: lots
hosts:
  - a:1
  - nowhere
)"),
            "text:1: titel: is not a known key; did you mean “title”?\n"
            "text:3: inner.threads: “many” is not a whole number from 0 up; allowed: 1 to 64\n"
            "text:4: inner.shift: “-11” is too small; allowed: at least -10\n"
            "text:5: inner.share: “0.75” is too large; allowed: 0 to 0.5\n"
            "text:6: inner.eager: “yes” is not a truth value: YAML 1.2 has true and false alone; write true; allowed: "
            "true or "
            "false\n"
            "text:7: inner.colour: “blue” is not one of the known words; allowed: red, green or dark-blue\n"
            "text:8: inner.threds: is not a known key; did you mean “threads”?\n"
            "text:9: patience: “10” has no unit; write 10s for seconds or 10ms for milliseconds; allowed: 100ms to 1h\n"
            "text:10: room: “lots” is not a size, such as 512KiB, 64MiB or 1GB; allowed: at least 1KiB\n"
            "text:13: hosts[1]: “nowhere” has not the right form; allowed: host:port\n");
}

TEST(Loader, SaysWhereAMisplacedKeyBelongs) {
  EXPECT_EQ(errors_of("threads: 3\n"), "text:1: threads: is not a known key here; did you mean “inner.threads”?\n");
  EXPECT_EQ(
      errors_of("inner: {whatsoever: 3}\n"),
      "text:1: inner.whatsoever: is not a known key; known here are: threads, shift, seed, share, eager, colour\n");
}

TEST(Loader, NamesTheWrongKindOfValue) {
  EXPECT_EQ(errors_of("title: [a]\ninner: 3\nproperties: [a]\nhosts: {a: b}\n"),
            "text:1: title: is a list; it takes a single value\n"
            "text:2: inner: is a single value; it is a section: its keys go below it, indented\n"
            "text:3: properties: is a list; it is a map: “key: value” lines below it\n"
            "text:4: hosts: is a map; it takes a list\n");
  EXPECT_EQ(errors_of("title:\nproperties:\n  security:\n    protocol: SSL\n  retries:\nhosts: [a:1, [b]]\n"),
            "text:1: title: has no value; give one, or remove the line for the default\n"
            "text:3: properties.security: is a map; it takes a single value (names with dots are written in one: "
            "“security.…: value”)\n"
            "text:5: properties.retries: has no value; give one, or remove the line\n"
            "text:6: hosts[1]: is a list; each item is a single value\n");
  EXPECT_EQ(errors_of("- a\n"), "text:1: is a list where “section:” lines are expected\n");
}

TEST(Loader, RefusesAKeyGivenTwice) {
  Settings settings;
  EXPECT_EQ(errors_of("title: one\ninner: {}\ntitle: two\n", settings),
            "text:3: title: is given twice; line 1 has it already\n");
}

TEST(Loader, TakesAListFromOneText) {
  Settings settings;
  EXPECT_EQ(errors_of("hosts: a:1, b:${PORT}\n", settings), "");
  EXPECT_EQ(settings.hosts, (std::vector<std::string>{"a:1", "b:9092"}));
  EXPECT_EQ(errors_of("hosts: []\n"), "text:1: hosts: needs at least one item\n");
}

TEST(Loader, HintsAtTheMarksAVariableNeeds) {
  EXPECT_EQ(errors_of("title: a\nhosts: [b:${PORT}]\n"),
            "text:2: is not YAML: end of sequence flow not found (inside [ ] and { } a ${…} needs quotation marks)\n");
}

TEST(Loader, NeverShowsWhatAVariableHolds) {
  EXPECT_EQ(errors_of("inner:\n  threads: ${PASSWORD}\nhosts: ['${PASSWORD}']\n"),
            "text:2: inner.threads: “${PASSWORD}” is not a whole number from 0 up; allowed: 1 to 64\n"
            "text:3: hosts[0]: “${PASSWORD}” has not the right form; allowed: host:port\n");
  EXPECT_NE(errors_of("title: ${MISSING}\n").find("text:1: title: needs the environment variable MISSING"),
            std::string::npos);
}

TEST(Loader, SharesWhatAnAliasNames) {
  Settings settings;
  EXPECT_EQ(errors_of("title: &t shared\nnote: *t\n", settings), "");
  EXPECT_EQ(settings.note, "shared");
}

TEST(Loader, ChecksRulesBetweenKeysWhereTheirValuesAreGood) {
  EXPECT_EQ(errors_of("most: 1MiB\nroom: 2MiB\n"), "text:2: room: is more than most (1MiB)\n");
  EXPECT_EQ(errors_of("most: 1MiB\n"), "text: room: is more than most (1MiB)\n");
  EXPECT_EQ(errors_of("most: 1MiB\nroom: lots\n").find("is more than"), std::string::npos);
}

TEST(Loader, LetsTheCommandLineOverrideTheFile) {
  Settings settings;
  config::Loader loader(settings);
  loader.text("title: file\nproperties: {a.b: file}\nhosts: [a:1]\n", "f.yaml");
  loader.set("title", "${line}", "--title");
  loader.set("inner.threads", "2", "--threads");
  loader.set("hosts", "x:1,y:2", "--hosts");
  loader.set("properties.a.b", "line", "-X");
  EXPECT_EQ(loader.finish(), config::ConfigErrors{});
  EXPECT_EQ(settings.title, "${line}");
  EXPECT_EQ(settings.inner.threads, 2U);
  EXPECT_EQ(settings.hosts, (std::vector<std::string>{"x:1", "y:2"}));
  EXPECT_EQ(settings.properties.at("a.b"), "line");
}

TEST(Loader, BlamesTheOptionForItsValue) {
  Settings settings;
  config::Loader loader(settings);
  loader.set("inner.threads", "0", "--threads");
  loader.set("inner.thread", "1", "-X");
  loader.set("inner", "1", "-X");
  loader.set("title.x", "1", "-X");
  const config::ConfigErrors errors = loader.finish();
  ASSERT_EQ(errors.size(), 4U);
  EXPECT_EQ(config::to_string(errors[0]), "--threads: inner.threads: “0” is too small; allowed: 1 to 64");
  EXPECT_EQ(config::to_string(errors[1]), "-X: inner.thread: is not a known key");
}

TEST(Loader, ReadsFilesAndSaysWhyItCannot) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "copydesk_loader_test";
  std::filesystem::create_directories(folder);
  Settings settings;
  std::ofstream(folder / "good.yaml") << "title: from a file\n";
  EXPECT_EQ(config::load_file(folder / "good.yaml", settings), config::ConfigErrors{});
  EXPECT_EQ(settings.title, "from a file");

  const auto first = [&](const std::filesystem::path& path) {
    const config::ConfigErrors errors = config::load_file(path, settings);
    return errors.size() == 1 ? errors.front().message : std::to_string(errors.size()) + " errors";
  };
  EXPECT_EQ(first(folder), "is a folder; name the file in it");
  EXPECT_EQ(first(folder / "none.yaml"), "does not exist; check the path");
  EXPECT_EQ(first("/dev/zero"), "is larger than 1 MiB; is it a settings file?");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace copydesk
