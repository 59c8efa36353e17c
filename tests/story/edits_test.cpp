// SPDX-License-Identifier: Apache-2.0
// Near-duplicates on the sample wire: what an editor would call the same story is found, nothing else is.

#include <gtest/gtest.h>

#include "pipeline/engine/records.h"
#include "pipeline/story/facts_reader.h"
#include "pipeline/story/story_window.h"
#include "tests/story/sample_stages.h"
#include "tests/story/wire_edits.h"

namespace copydesk::story {
namespace {

constexpr std::size_t kLeastWords = 100;

encode::StoryFacts facts(FactsReader& reader, const std::string& id, const std::string& text) {
  const engine::PaddedBytes bytes(text);
  auto read = reader.read({.bytes = bytes.view(), .name = id, .plain_text = true});
  EXPECT_TRUE(read) << id;
  return read ? *std::move(read) : encode::StoryFacts();
}

TEST(NearDuplicates, OfTheSampleWireAreFoundAndNothingElse) {
  const auto wire = sample_wire(*sample_stages(), kLeastWords);
  ASSERT_GE(wire.size(), 25U);
  FactsReader reader(sample_stages(), std::size_t{1} << 30U);
  StoryWindow window({});
  std::int64_t offset = 0;
  for (const WireArticle& article : wire) {
    EXPECT_EQ(window.see(facts(reader, article.id, article.text), {.offset = offset++}).duplicate_of, "") << article.id;
  }
  std::mt19937_64 random(11);
  for (const Edit& edit : edits()) {
    SCOPED_TRACE(edit.name);
    std::size_t found = 0;
    for (std::size_t i = 0; i < wire.size(); ++i) {
      const std::string text = edit.apply(wire[i].text, wire[(i + 7) % wire.size()].text, random);
      const std::string id = "copy-" + std::to_string(i);
      const std::string named = window.see(facts(reader, id, text), {.offset = offset++}).duplicate_of;
      if (!named.empty()) {
        EXPECT_TRUE(edit.duplicate && named == wire[i].id) << "taken for " << named << ", made from " << wire[i].id;
      }
      found += named == wire[i].id ? 1U : 0U;
      window.forget(id);
    }
    // The similarity is an estimate, and a quarter of the words may be more of the shingles.
    if (edit.duplicate) {
      EXPECT_GE(found * 100, wire.size() * 95) << found << " of " << wire.size();
    }
  }
}

}  // namespace
}  // namespace copydesk::story
