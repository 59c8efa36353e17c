// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/field.h"

/// Settings with a field of every type, for the tests of this folder.
namespace copydesk::sample {

enum class Colour { kRed, kGreen, kDarkBlue };

struct Inner {
  std::uint32_t threads = 4;
  std::int64_t shift = -3;
  std::uint64_t seed = 7;
  double share = 0.25;
  bool eager = false;
  Colour colour = Colour::kGreen;

  static void describe(config::Section& section, Inner& self) {
    section.field("threads", self.threads, {.doc = "How many.", .min = 1, .max = 64});
    section.field("shift", self.shift, {.doc = "By how much.", .min = -10});
    section.field("seed", self.seed, {.doc = "Where to start."});
    section.field("share", self.share, {.doc = "Which part.", .min = 0, .max = 0.5});
    section.field("eager", self.eager, {.doc = "Whether at once."});
    section.choice("colour", self.colour,
                   {{"red", Colour::kRed}, {"green", Colour::kGreen}, {"dark-blue", Colour::kDarkBlue}},
                   {.doc = "Which colour."});
  }
};

struct Settings {
  std::string title = "plain";
  std::optional<std::string> note;
  config::Secret key;
  std::filesystem::path folder = "/srv/models";
  config::Duration patience = std::chrono::seconds(30);
  config::Bytes room = config::mebibytes(64);
  config::Bytes most = config::gibibytes(1);
  std::vector<std::string> hosts{"a:1"};
  std::map<std::string, std::string> properties;
  Inner inner;

  static void describe(config::Section& section, Settings& self) {
    section.field("title", self.title, {.doc = "A title | with a bar."});
    section.field("note", self.note, {.doc = "A note."});
    section.field("key", self.key, {.doc = "A key."});
    section.field("folder", self.folder, {.doc = "A folder."});
    section.field("patience", self.patience,
                  {.doc = "How long.", .min = std::chrono::milliseconds(100), .max = std::chrono::hours(1)});
    section.field("room", self.room, {.doc = "How much.", .min = config::kibibytes(1)});
    section.field("most", self.most, {.doc = "How much at most."});
    section.field("hosts", self.hosts,
                  {.doc = "Where.", .min = 1, .form = "host:port", .accepts = [](std::string_view host) {
                     return host.find(':') != std::string_view::npos;
                   }});
    section.field("properties", self.properties, {.doc = "Anything."});
    section.section("inner", self.inner, "More of them.");
  }

  void check(config::Problems& problems) const {
    if (room > most) problems.add("room", "is more than most (" + config::format_bytes(most) + ")");
  }
};

}  // namespace copydesk::sample
