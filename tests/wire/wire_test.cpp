// SPDX-License-Identifier: Apache-2.0
// Parses the sample wire and the bad-input set: what README.md of this folder says of them must hold.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <utility>

#include "tests/parse/parsed.h"

namespace copydesk {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = COPYDESK_SOURCE_DIR;
const fs::path kWire = kSource / "deploy/demo/wire";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << "cannot read " << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Calls `see` with every article of the wire, parsed, and where it stands.
template <class See>
void each_article(See see) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kWire)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".txt") {
      see(Parsed(read(path), path.filename().string(), true), path.filename().string());
    } else if (path.extension() == ".jsonl") {
      std::istringstream lines(read(path));
      std::string line;
      for (int number = 1; std::getline(lines, line); ++number) {
        see(Parsed(line), path.filename().string() + ":" + std::to_string(number));
      }
    }
  }
}

TEST(Wire, EveryArticleParses) {
  std::map<parse::InputFormat, int> formats;
  std::map<parse::Analysis, int> analyses;
  each_article([&](const Parsed& parsed, const std::string& where) {
    ASSERT_TRUE(parsed.result()) << where << ": " << parsed.result().error().message;
    const parse::Article& article = *parsed.result();
    ++formats[article.format];
    ++analyses[article.analysis];
    EXPECT_EQ(article.text.empty(), article.analysis == parse::Analysis::kNone) << where;
    EXPECT_FALSE(article.id.empty()) << where;
  });
  for (const parse::InputFormat format :
       {parse::InputFormat::kNinjs1, parse::InputFormat::kNinjs2, parse::InputFormat::kNinjs3,
        parse::InputFormat::kPlainJson, parse::InputFormat::kPlainText}) {
    EXPECT_GE(formats[format], 5) << "format " << static_cast<int>(format);
  }
  EXPECT_EQ(analyses[parse::Analysis::kNone], 2) << "one withheld, one canceled";
  EXPECT_EQ(analyses[parse::Analysis::kSegmentation], 2) << "one in Spanish, one in French";
}

TEST(Wire, GoldTextIsTheAnalysedText) {
  std::set<std::pair<std::string, std::string>> texts;
  each_article([&](const Parsed& parsed, const std::string& where) {
    ASSERT_TRUE(parsed.result()) << where;
    texts.emplace(parsed.result()->id, parsed.result()->text);
  });
  std::istringstream lines(read(kSource / "tests/wire/gold.jsonl"));
  std::string line;
  int count = 0;
  for (; std::getline(lines, line); ++count) {
    const auto gold = nlohmann::json::parse(line);
    EXPECT_TRUE(texts.contains({gold["id"], gold["text"]})) << gold["id"];
  }
  EXPECT_GE(count, 12);
}

TEST(Wire, MarkupLeavesNoTagsInTheText) {
  each_article([](const Parsed& parsed, const std::string& where) {
    ASSERT_TRUE(parsed.result()) << where;
    for (const std::string_view markup : {"<p", "</", "&mdash;", "&ldquo;", "&amp;", "&#8", "track("}) {
      EXPECT_EQ(parsed.result()->text.find(markup), std::string_view::npos) << where << " holds " << markup;
    }
  });
}

TEST(BadInput, ComesOutAsTheManifestSays) {
  const fs::path folder = kSource / "tests/wire/bad";
  std::istringstream rows(read(folder / "manifest.tsv"));
  std::string row;
  std::getline(rows, row);  // the heading
  int count = 0;
  for (; std::getline(rows, row); ++count) {
    std::istringstream fields(row);
    std::string file;
    std::string outcome;
    std::string expected;
    std::getline(fields, file, '\t');
    std::getline(fields, outcome, '\t');
    std::getline(fields, expected, '\t');
    const Parsed parsed(read(folder / file));
    if (outcome == "enriched") {
      EXPECT_TRUE(parsed.result()) << file << ": " << parsed.result().error().message;
    } else {
      ASSERT_FALSE(parsed.result()) << file << " was accepted";
      EXPECT_EQ(reason(parsed.result().error().code), expected) << file << ": " << parsed.result().error().message;
      EXPECT_EQ(parsed.result().error().message.find("Tallow"), std::string::npos) << file << ": quotes the text";
    }
  }
  EXPECT_GE(count, 40);
}

TEST(BadInput, TenMegabytesAreAcceptedAndTheLimitIsKept) {
  std::string bytes = R"({"id":"big","text":")";
  const std::string sentence = "Mayor Ines Tallow said the bridge would reopen on Monday. ";
  while (bytes.size() < std::size_t{10} << 20U) bytes += sentence;
  bytes += "\"}";
  EXPECT_TRUE(Parsed(bytes).result());
  parse::ParseSettings settings;
  settings.max_article_bytes = std::uint64_t{1} << 20U;
  const Parsed limited(bytes, "", false, settings);
  ASSERT_FALSE(limited.result());
  EXPECT_EQ(reason(limited.result().error().code), "too_large");
}

}  // namespace
}  // namespace copydesk
