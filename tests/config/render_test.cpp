// SPDX-License-Identifier: Apache-2.0
#include "config/render.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "config/loader.h"
#include "tests/config/sample_settings.h"

namespace copydesk {
namespace {

using sample::Settings;

TEST(Effective, ShowsEveryKey) {
  Settings settings;
  settings.properties = {{"acks", "all"}, {"client.rack", "a b"}};
  EXPECT_EQ(config::render_effective(settings), R"(title: plain
note: ""
key: ""
folder: /srv/models
patience: 30s
room: 64MiB
most: 1GiB
hosts: [a:1]
properties:
  acks: all
  client.rack: "a b"
inner:
  threads: 4
  shift: -3
  seed: 7
  share: 0.25
  eager: false
  colour: green
)");
}

TEST(Effective, NeverShowsASecret) {
  Settings settings;
  settings.key = config::Secret("hunter2");
  settings.properties = {{"sasl.password", "hunter2"}, {"ssl.key.pem", "hunter2"}, {"a-client_secret", "hunter2"}};
  const std::string shown =
      config::render_effective(settings) + config::render_commented(settings) + config::render_reference(settings);
  EXPECT_EQ(shown.find("hunter2"), std::string::npos);
  EXPECT_NE(shown.find("sasl.password: \"***\""), std::string::npos);
  EXPECT_NE(shown.find("key: \"***\""), std::string::npos);
}

TEST(Effective, ReadsBackAsTheSameSettings) {
  constexpr std::string_view kPieces[] = {"a",  "B",  "0", " ", ":", "#",    "-",    "\"", "\\",   "'", "\n",
                                          "\t", "${", "$", "}", "é", "[",    "{",    "&",  "*",    "!", "|",
                                          ">",  "%",  "@", "`", "~", "null", "true", ",",  "\x01", "😀"};
  std::mt19937 random(7);
  const auto text = [&] {
    std::string result;
    for (auto i = random() % 6; i > 0; --i) result += kPieces[random() % std::size(kPieces)];
    return result;
  };
  for (int round = 0; round < 3'000; ++round) {
    Settings settings;
    settings.title = text();
    settings.folder = text();
    settings.properties = {{"x" + text(), text()}, {text(), text()}};
    settings.hosts = {":" + text(), text() + ":"};
    settings.patience = std::chrono::milliseconds(100 + random() % 3'000'000);
    settings.room = {1024 + random() % 100'000};
    settings.inner.share = static_cast<double>(random() % 1000) / 2000.0;
    settings.inner.colour = sample::Colour::kRed;
    const std::string yaml = config::render_effective(settings);

    Settings back;
    ASSERT_EQ(config::load_text(yaml, back), config::ConfigErrors{}) << yaml;
    ASSERT_EQ(config::render_effective(back), yaml);
    ASSERT_EQ(back.title, settings.title);
    ASSERT_EQ(back.folder, settings.folder);
    ASSERT_EQ(back.properties, settings.properties);
    ASSERT_EQ(back.hosts, settings.hosts);
    ASSERT_EQ(back.patience, settings.patience);
    ASSERT_EQ(back.room, settings.room);
    ASSERT_EQ(back.inner.share, settings.inner.share);
  }
}

TEST(Commented, SaysWhatEachKeyIsFor) {
  const std::string yaml = config::render_commented(Settings{});
  EXPECT_NE(yaml.find("\n# How long.\n# Allowed: 100ms to 1h.\npatience: 30s\n"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("\n\n# More of them.\ninner:\n  # How many.\n  # Allowed: 1 to 64.\n  threads: 4\n"),
            std::string::npos)
      << yaml;
  Settings back;
  EXPECT_EQ(config::load_text(yaml, back), config::ConfigErrors{});
}

TEST(Reference, HasATablePerSection) {
  const std::string page = config::render_reference(Settings{});
  EXPECT_NE(page.find("| `title` | text | `plain` | any | A title \\| with a bar. |\n"), std::string::npos) << page;
  EXPECT_NE(page.find("| `patience` | duration | `30s` | 100ms to 1h | How long. |\n"), std::string::npos);
  EXPECT_NE(page.find("| `hosts` | list | `[a:1]` | host:port | Where. |\n"), std::string::npos);
  EXPECT_NE(page.find("## `inner`\n\nMore of them.\n\n| key |"), std::string::npos);
  EXPECT_NE(page.find("| `colour` | word | `green` | red, green or dark-blue | Which colour. |\n"), std::string::npos);
}

}  // namespace
}  // namespace copydesk
