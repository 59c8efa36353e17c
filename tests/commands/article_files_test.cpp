// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/article_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace copydesk {
namespace {

class ArticleFilesTest : public ::testing::Test {
 protected:
  ArticleFilesTest() {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("article-files-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~ArticleFilesTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }
  std::vector<commands::FileArticle> read(const std::vector<std::filesystem::path>& paths,
                                          const std::string& input = "") {
    std::istringstream in(input);
    commands::ArticleFiles files(paths, in);
    std::vector<commands::FileArticle> articles;
    while (auto article = files.next()) articles.push_back(std::move(*article));
    return articles;
  }
  std::filesystem::path folder_;
};

TEST_F(ArticleFilesTest, KeepsOneByteMoreThanAllowedOfWhatIsTooLarge) {
  constexpr std::size_t kAllowed = 200'000;  // several chunks
  const std::string fits(kAllowed, 'x');
  const std::string too_long(5 * kAllowed, 'y');
  const auto lines = write("a.jsonl", fits + "\n" + too_long + "\nshort\r\n" + too_long);
  const auto text = write("b.txt", too_long);
  std::istringstream none;
  commands::ArticleFiles files({lines, text}, none, kAllowed);
  EXPECT_EQ(files.next()->bytes.view(), fits);
  EXPECT_EQ(files.next()->bytes.view(), std::string(kAllowed + 1, 'y'));
  EXPECT_EQ(files.next()->bytes.view(), "short");
  EXPECT_EQ(files.next()->bytes.view(), std::string(kAllowed + 1, 'y'));
  EXPECT_EQ(files.next()->bytes.view(), std::string(kAllowed + 1, 'y'));
  EXPECT_FALSE(files.next());
}

TEST_F(ArticleFilesTest, ReadsLinesOfEveryLength) {
  // Around the size of the reader's chunk too.
  std::vector<std::string> expected;
  std::string all;
  for (std::size_t length = 1; length < 200'000; length += length < 65'500 || length > 65'600 ? 4'999 : 1) {
    expected.emplace_back(length, 'z');
    all += expected.back() + "\n";
    if (length < 65'500 && length + 4'999 > 65'500) length = 65'499;
  }
  const auto articles = read({write("a.jsonl", all)});
  ASSERT_EQ(articles.size(), expected.size());
  for (std::size_t i = 0; i < articles.size(); ++i) EXPECT_EQ(articles[i].bytes.view(), expected[i]);
}

TEST_F(ArticleFilesTest, ALineIsAnArticleAndBlankLinesAreNone) {
  const auto file = write("a.jsonl", "{\"id\":\"1\"}\n\n  \n{\"id\":\"2\"}\r\n{\"id\":\"3\"}");
  const auto articles = read({file});
  ASSERT_EQ(articles.size(), 3U);
  EXPECT_EQ(articles[1].bytes.view(), "{\"id\":\"2\"}");
  EXPECT_EQ(articles[1].source, file.string() + ":4");
  EXPECT_FALSE(articles[0].plain_text);
}

TEST_F(ArticleFilesTest, ATextFileIsOneArticleNamedAfterItself) {
  const auto articles = read({write("flood.txt", "\xEF\xBB\xBFLine one\r\n\r\nLine two\n")});
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_TRUE(articles[0].plain_text);
  EXPECT_EQ(articles[0].name, "flood.txt");
  EXPECT_EQ(articles[0].bytes.view(), "\xEF\xBB\xBFLine one\r\n\r\nLine two\n");
}

TEST_F(ArticleFilesTest, AJsonFileIsOneArticleUnlessItsFirstLineIsOne) {
  EXPECT_EQ(read({write("pretty.json", "{\n  \"id\": \"1\"\n}\n")}).size(), 1U);
  EXPECT_EQ(read({write("lines.json", "{\"id\":\"1\"}\n{\"id\":\"2\"}\n")}).size(), 2U);
}

TEST_F(ArticleFilesTest, AFolderGivesItsArticleFilesInOrder) {
  write("b.txt", "b");
  write("a.jsonl", "{\"id\":\"1\"}\n");
  write("README.md", "not an article");
  const auto articles = read({folder_});
  ASSERT_EQ(articles.size(), 2U);
  EXPECT_EQ(articles[1].name, "b.txt");
}

TEST_F(ArticleFilesTest, ReadsStandardInputWhereNothingOrADashIsNamed) {
  EXPECT_EQ(read({}, "{}\n{}\n").size(), 2U);
  EXPECT_EQ(read({"-"}, "{}\n").size(), 1U);
}

TEST_F(ArticleFilesTest, RewindsAndRefusesWhatDoesNotExist) {
  std::istringstream in;
  commands::ArticleFiles files({write("a.jsonl", "{}\n")}, in);
  EXPECT_TRUE(files.next());
  EXPECT_FALSE(files.next());
  files.rewind();
  EXPECT_TRUE(files.next());
  EXPECT_THROW(commands::ArticleFiles({folder_ / "missing.txt"}, in), std::runtime_error);
}

}  // namespace
}  // namespace copydesk
