// SPDX-License-Identifier: Apache-2.0
#include "pipeline/story/story_window.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "pipeline/engine/records.h"
#include "pipeline/story/facts_reader.h"
#include "tests/story/sample_stages.h"

namespace copydesk::story {
namespace {

using Json = nlohmann::ordered_json;

encode::StoryFacts random_facts(const std::string& id, std::mt19937_64& random) {
  encode::StoryFacts facts;
  facts.id = id;
  for (auto& bin : facts.fingerprint.bins) bin = static_cast<std::uint8_t>(random());
  facts.fingerprint.shingles = 300;
  return facts;
}

// tests/story/golden/scenarios.json: articles in a row, as they come from the wire, and what each must be marked as.
TEST(StoryWindow, MarksTheGoldenScenarios) {
  std::ifstream file(std::string(COPYDESK_SOURCE_DIR) + "/tests/story/golden/scenarios.json");
  const Json golden = Json::parse(file);
  FactsReader reader(sample_stages(), std::size_t{1} << 30U);
  for (const Json& scenario : golden["scenarios"]) {
    SCOPED_TRACE(scenario["case"].get<std::string>());
    StoryWindow window({});
    std::int64_t offset = 0;
    for (const Json& step : scenario["articles"]) {
      const std::string key = step.value("key", "");
      if (step.contains("tombstone")) {
        window.forget(step["tombstone"].get<std::string>());
        continue;
      }
      Json article = step["json"];
      for (auto& [name, value] : article.items()) {
        if (value.is_string() && value.get<std::string>().starts_with('@')) {
          value = golden["texts"].at(value.get<std::string>().substr(1));
        }
      }
      const engine::PaddedBytes bytes(article.dump());
      const auto facts = reader.read({.bytes = bytes.view(), .name = key});
      ASSERT_TRUE(facts) << article;
      const std::int64_t time = step.contains("hour") ? step["hour"].get<std::int64_t>() * 3'600'000 : -1;
      const encode::StoryMarks marks = window.see(*facts, {.offset = offset++, .timestamp_ms = time, .key = key});
      const Json expected = step.value("marks", Json::object());
      EXPECT_EQ(marks.superseded, expected.value("superseded", false)) << article;
      EXPECT_EQ(marks.duplicate_of, expected.value("duplicate_of", "")) << article;
    }
  }
}

TEST(StoryWindow, ForgetsTheOldestBeyondItsNumber) {
  std::mt19937_64 random(1);
  StoryWindow window({.articles = 100});
  const encode::StoryFacts first = random_facts("first", random);
  window.see(first, {});
  for (int i = 0; i < 99; ++i) window.see(random_facts(std::to_string(i), random), {});
  EXPECT_EQ(window.size(), 100U);
  encode::StoryFacts copy = first;
  copy.id = "copy";
  EXPECT_EQ(window.see(copy, {}).duplicate_of, "") << "`first` made room for it";
  EXPECT_EQ(window.size(), 100U);
}

TEST(StoryWindow, IsBoundedWhateverComes) {
  std::mt19937_64 random(1);
  StoryWindow window({.articles = 500});
  const encode::StoryFacts same = random_facts("same", random);
  for (int i = 0; i < 20'000; ++i) {
    encode::StoryFacts facts = i % 2 == 0 ? same : random_facts(std::to_string(i), random);
    if (i % 4 == 0) facts.id += std::to_string(i);
    window.see(facts, {.partition = i % 7, .offset = i});
    if (i % 1000 == 999) window.forget_partition(i % 7);
    if (i % 333 == 0) window.forget(std::to_string(i));
    ASSERT_LE(window.size(), 500U);
  }
}

TEST(StoryWindow, FindsNearlyAllOfAFullWindow) {
  std::mt19937_64 random(1);
  constexpr int kArticles = 5000;
  StoryWindow window({.articles = 2 * kArticles});
  std::vector<encode::StoryFacts> originals;
  for (int i = 0; i < kArticles; ++i) {
    originals.push_back(random_facts(std::to_string(i), random));
    ASSERT_EQ(window.see(originals.back(), {}).duplicate_of, "") << i;
  }
  int found = 0;
  for (int i = 0; i < kArticles; ++i) {
    encode::StoryFacts copy = originals[static_cast<std::size_t>(i)];
    copy.id = "copy-" + std::to_string(i);
    for (int change = 0; change < 37; ++change) {  // a similarity of about 0.75
      copy.fingerprint.bins[random() % fingerprint::Fingerprint::kBins] = static_cast<std::uint8_t>(random());
    }
    found += window.see(copy, {}).duplicate_of == std::to_string(i) ? 1 : 0;
  }
  EXPECT_GE(found, kArticles * 99 / 100);
}

// What a partition held is told again after a restart: the same marks must come out as without one.
TEST(StoryWindow, MarksTheSameAfterItIsReadBack) {
  std::mt19937_64 random(1);
  std::vector<encode::StoryFacts> wire;
  for (int i = 0; i < 300; ++i) {
    encode::StoryFacts facts =
        i > 0 && random() % 3 == 0 ? wire[random() % wire.size()] : random_facts(std::to_string(i), random);
    if (random() % 2 == 0) facts.id = "copy-" + std::to_string(i);
    facts.version = std::to_string(random() % 4);
    facts.recalled = random() % 20 == 0;
    wire.push_back(facts);
  }
  const auto arrival = [](std::size_t i) {
    return Arrival{
        .partition = 0, .offset = static_cast<std::int64_t>(i), .timestamp_ms = static_cast<std::int64_t>(i)};
  };
  std::vector<encode::StoryMarks> without;
  StoryWindow through({});
  for (std::size_t i = 0; i < wire.size(); ++i) without.push_back(through.see(wire[i], arrival(i)));
  int marked = 0;
  for (const std::size_t restart : {1U, 100U, 200U, 299U}) {
    StoryWindow again({});
    for (std::size_t i = 0; i < restart; ++i) again.remember(wire[i], arrival(i));
    for (std::size_t i = restart; i < wire.size(); ++i) {
      const encode::StoryMarks marks = again.see(wire[i], arrival(i));
      EXPECT_EQ(marks.superseded, without[i].superseded) << i;
      EXPECT_EQ(marks.duplicate_of, without[i].duplicate_of) << i;
      marked += marks.any() ? 1 : 0;
    }
  }
  EXPECT_GT(marked, 100) << "or this shows nothing";
}

TEST(StoryWindow, NoTwoStoriesNameEachOther) {
  std::mt19937_64 random(9);
  std::vector<encode::StoryFacts> texts;
  for (int i = 0; i < 6; ++i) texts.push_back(random_facts("", random));
  StoryWindow window({.articles = 5000});
  std::map<std::string, std::string> names;  // of the newest version of each id
  for (int i = 0; i < 3000; ++i) {
    encode::StoryFacts facts = texts[random() % texts.size()];
    facts.id = "story-" + std::to_string(random() % 12);
    facts.version = std::to_string(i);
    names[facts.id] = window.see(facts, {.offset = i}).duplicate_of;
    std::string at = facts.id;
    for (std::size_t steps = 0; !at.empty(); ++steps) {
      ASSERT_LE(steps, 12U) << "a circle";
      at = names[at];
    }
  }
}

TEST(StoryWindow, AnArticleRepeatedAfterACrashIsNoDuplicateOfALaterOne) {
  std::mt19937_64 random(1);
  StoryWindow window({});
  encode::StoryFacts later = random_facts("later", random);
  encode::StoryFacts repeated = later;
  repeated.id = "repeated";
  window.remember(later, {.partition = 1, .offset = 10, .timestamp_ms = 2000});
  EXPECT_EQ(window.see(repeated, {.partition = 0, .offset = 5, .timestamp_ms = 1000}).duplicate_of, "");
}

TEST(StoryWindow, ForgetsAPartitionThatAnotherWorkerHas) {
  std::mt19937_64 random(1);
  StoryWindow window({});
  encode::StoryFacts facts = random_facts("a", random);
  facts.version = "2";
  window.see(facts, {.partition = 3});
  window.forget_partition(3);
  facts.version = "1";
  EXPECT_FALSE(window.see(facts, {.partition = 3}).any());
}

TEST(StoryWindow, DoesNotRememberNamesOfAnyLength) {
  std::mt19937_64 random(1);
  StoryWindow window({});
  const encode::StoryFacts facts = random_facts(std::string(StoryWindow::kLongestName + 1, 'i'), random);
  EXPECT_FALSE(window.see(facts, {}).any());
  EXPECT_EQ(window.size(), 0U);
}

}  // namespace
}  // namespace copydesk::story
