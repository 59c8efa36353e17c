// SPDX-License-Identifier: Apache-2.0
#include "config/path_check.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace copydesk {
namespace {

namespace fs = std::filesystem;

class PathCheck : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("path-check-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    std::ofstream(folder_ / "file") << "x";
  }
  void TearDown() override {
    fs::permissions(folder_ / "file", fs::perms::owner_all);
    fs::remove_all(folder_);
  }

  fs::path folder_;
};

TEST_F(PathCheck, SaysWhatIsWrong) {
  EXPECT_EQ(config::file_problem(folder_ / "file"), std::nullopt);
  EXPECT_EQ(config::folder_problem(folder_), std::nullopt);
  EXPECT_EQ(config::file_problem(folder_ / "nothing"), "does not exist; check the path");
  EXPECT_EQ(config::folder_problem(folder_ / "nothing"), "does not exist; check the path");
  EXPECT_EQ(config::file_problem(folder_ / "file" / "below"), "does not exist; check the path");
  EXPECT_EQ(config::file_problem(folder_), "is a folder; name the file in it");
  EXPECT_EQ(config::folder_problem(folder_ / "file"), "is a file; name the folder that holds it");
  fs::create_symlink(folder_ / "gone", folder_ / "link");
  EXPECT_EQ(config::file_problem(folder_ / "link"), "does not exist; check the path");
}

TEST_F(PathCheck, LooksAtTheRights) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::permissions(folder_ / "file", fs::perms::none);
  EXPECT_EQ(config::file_problem(folder_ / "file"), "cannot be opened; may this user read it?");
}

TEST_F(PathCheck, OpensNoPipe) {
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(config::file_problem(folder_ / "pipe"), std::nullopt);  // opening it would wait for a writer
}

}  // namespace
}  // namespace copydesk
