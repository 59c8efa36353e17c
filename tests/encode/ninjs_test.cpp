// SPDX-License-Identifier: Apache-2.0
// golden/ninjs.jsonl: {"case", "input", "name"?, "plain_text"?, "output"}. Every input is parsed, then encoded as if
// the other stages had found the same people, organisations and places in it.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/encode/encoded.h"
#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

std::string enriched(const Parsed& parsed) {
  static constexpr std::array<std::string_view, 2> kAliases{"Vass", "Mr. Vass"};
  static constexpr std::array kEntities{
      resolve::Entity{EntityType::kPerson, "Ilo Vass", "mayor", kAliases, 3, 2, false, {}},
      resolve::Entity{EntityType::kOrg, "Kest \"FC\"", {}, {}, 1, 0, false, {{}, 0, 0, 0, "https://desk.example/kest"}},
      resolve::Entity{EntityType::kGpe, "Karsund", {}, {}, 1, 0, false, {"XX", 123, 1.5F, 2.5F, {}}},
      resolve::Entity{EntityType::kPerson, "a senior official", {}, {}, 1, 1, true, {}},
      resolve::Entity{EntityType::kEvent, "Tide Day", {}, {}, 1, 0, false, {}}};
  Layers layers;
  layers.payload = parsed.payload();
  layers.article = *parsed.result();
  if (layers.article.analysis == parse::Analysis::kFull) layers.resolution.entities = kEntities;
  return layers.encode({.format = encode::OutputFormat::kNinjs, .pipeline = "copydesk 1"});
}

TEST(Ninjs, EnrichesInPlace) {
  std::ifstream file(COPYDESK_SOURCE_DIR "/tests/encode/golden/ninjs.jsonl");
  std::string line;
  std::size_t cases = 0;
  while (std::getline(file, line)) {
    const auto golden = nlohmann::json::parse(line);
    const Parsed parsed(golden["input"].get<std::string>(), golden.value("name", ""),
                        golden.value("plain_text", false));
    ASSERT_TRUE(parsed.result()) << golden["case"] << parsed.result().error().message;
    EXPECT_EQ(enriched(parsed), golden["output"].get<std::string>()) << golden["case"];
    ++cases;
  }
  EXPECT_GT(cases, 10U);
}

// What comes out goes in again unchanged: nothing is listed twice.
TEST(Ninjs, EnrichingTwiceAddsNothing) {
  for (const std::string_view input :
       {R"({"uri":"u","headline":"H"})", R"({"uri":"u","pubStatus":"usable","headlines":[{"value":"H"}]})",
        R"({"uri":"u","pubstatus":"usable","headlines":[{"value":"H"}]})", R"({"id":"a","text":"b"})"}) {
    const std::string once = enriched(Parsed(input));
    EXPECT_EQ(enriched(Parsed(once)), once);
  }
}

}  // namespace
}  // namespace copydesk
