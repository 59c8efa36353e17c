// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "tests/resolve/marked_text.h"
#include "tests/resolve/resolved.h"

namespace copydesk {
namespace {

using test::MarkedText;

std::string describe(const MarkedText& wanted, const resolve::Resolution& found) {
  std::string all = wanted.title + "\n" + wanted.text + "\n";
  for (const resolve::Mention& mention : found.mentions) {
    all += "  e" + std::to_string(mention.entity) + " " + std::string(mention.span.of(wanted.text)) + "\n";
  }
  return all;
}

const resolve::Mention* mention_at(const resolve::Resolution& found, Span span) {
  for (const resolve::Mention& mention : found.mentions) {
    if (mention.span == span) return &mention;
  }
  return nullptr;
}

void check_fact(const MarkedText::Fact& fact, const resolve::Entity& entity) {
  if (fact.key == "name") {
    EXPECT_EQ(entity.name, fact.value);
  } else if (fact.key == "role") {
    EXPECT_EQ(entity.role, fact.value);
  } else if (fact.key == "alias") {
    EXPECT_NE(std::find(entity.aliases.begin(), entity.aliases.end(), fact.value), entity.aliases.end()) << fact.value;
  } else if (fact.key == "unnamed") {
    EXPECT_TRUE(entity.unnamed);
  } else if (fact.key == "quoted") {
    EXPECT_EQ(std::to_string(entity.quoted), fact.value);
  } else if (fact.key == "mentions") {
    EXPECT_EQ(std::to_string(entity.mentions), fact.value);
  } else if (fact.key == "type") {
    EXPECT_EQ(name_of(entity.type), fact.value);
  } else if (fact.key == "iso") {
    EXPECT_EQ(entity.link.iso3166, fact.value == "-" ? "" : fact.value);
  } else if (fact.key == "geonames") {
    EXPECT_EQ(std::to_string(entity.link.geonames), fact.value);
  } else {
    ADD_FAILURE() << "no fact is called " << fact.key;
  }
}

void check(const MarkedText& wanted) {
  test::Resolved run(wanted);
  const resolve::Resolution& found = run.resolution();
  SCOPED_TRACE(describe(wanted, found));
  std::map<int, std::uint32_t> entity_of;
  std::map<std::uint32_t, int> mark_of;
  for (const MarkedText::Expected& mark : wanted.expected) {
    const resolve::Mention* mention = mention_at(found, mark.span);
    const std::string text(mark.span.of(wanted.text));
    if (mark.entity == 0) {
      EXPECT_EQ(mention, nullptr) << text << " refers to nothing here";
      continue;
    }
    if (mention == nullptr) {
      ADD_FAILURE() << text << " is of no entity";
      continue;
    }
    EXPECT_EQ(mention->kind == resolve::MentionKind::kName, mark.is_name) << text;
    const auto [known, fresh] = entity_of.emplace(mark.entity, mention->entity);
    EXPECT_EQ(known->second, mention->entity) << text << " is another entity than the first one marked so";
    if (fresh) {
      const auto [other, alone] = mark_of.emplace(mention->entity, mark.entity);
      EXPECT_TRUE(alone) << text << " shares its entity with mark " << other->second;
    }
  }
  ASSERT_EQ(found.speakers.size(), wanted.speakers.size());
  for (std::size_t quote = 0; quote < wanted.speakers.size(); ++quote) {
    if (wanted.speakers[quote] == 0)
      EXPECT_EQ(found.speakers[quote], resolve::kNoEntity) << "quote " << quote;
    else
      EXPECT_EQ(found.speakers[quote], entity_of[wanted.speakers[quote]]) << "quote " << quote;
  }
  for (const MarkedText::Fact& fact : wanted.facts) {
    SCOPED_TRACE("entity " + std::to_string(fact.entity));
    ASSERT_TRUE(entity_of.contains(fact.entity));
    check_fact(fact, found.entities[entity_of[fact.entity]]);
  }
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, WhoIsWho) {
  const auto cases = test::read_cases(std::string(COPYDESK_SOURCE_DIR) + "/tests/resolve/golden/" + GetParam());
  ASSERT_FALSE(cases.empty());
  for (const MarkedText& wanted : cases) check(wanted);
}

std::vector<std::string> case_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(COPYDESK_SOURCE_DIR "/tests/resolve/golden")) {
    files.push_back(entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.substr(0, file.param.find('.')); });

}  // namespace
}  // namespace copydesk
