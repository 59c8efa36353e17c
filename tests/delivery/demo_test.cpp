// SPDX-License-Identifier: Apache-2.0
// `copydesk demo` as a user runs it, and that it leaves nothing behind.

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline/private_broker/child_process.h"
#include "tests/delivery/pipeline_rig.h"

namespace fs = std::filesystem;

namespace copydesk::delivery {
namespace {

using namespace std::chrono_literals;

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// A demo whose temporary files are in a folder of their own, which its Kafka's command line names too.
class DemoRun : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "copydesk-demo-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::create_directory(folder_ / "tmp");
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::unique_ptr<private_broker::ChildProcess> start(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {COPYDESK_BINARY, "demo"});
    return std::make_unique<private_broker::ChildProcess>(
        private_broker::ChildCommand{.argv = arguments,
                                     .environment = {{"TMPDIR", (folder_ / "tmp").string()}},
                                     .out = folder_ / "out",
                                     .err = folder_ / "err"});
  }
  [[nodiscard]] std::string out() const { return contents(folder_ / "out"); }
  [[nodiscard]] std::string err() const { return contents(folder_ / "err"); }

  // Processes other than the demo itself whose command line names its folder: its Kafka.
  [[nodiscard]] int processes() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const std::string command = contents(entry.path() / "cmdline");
      if (command.find((folder_ / "tmp").string()) != std::string::npos) ++count;
    }
    return count;
  }
  [[nodiscard]] bool nothing_is_left() const { return processes() == 0 && fs::is_empty(folder_ / "tmp"); }

  fs::path folder_;
};

TEST_F(DemoRun, EndsByItselfWithEveryArticleOut) {
  const auto demo = start({"--for", "6s", "--rate", "20", "--http", "127.0.0.1:0"});
  const auto& ended = demo->wait(110s);
  ASSERT_TRUE(ended) << out() << err();
  EXPECT_TRUE(ended->clean()) << ended->words() << '\n' << out() << err();
  EXPECT_NE(out().find(" 0 dead letters, 0 missing"), std::string::npos) << out();
  EXPECT_EQ(out().find("\n0 articles fed"), std::string::npos) << out();
  EXPECT_NE(out().find("Who said what"), std::string::npos) << out();
  EXPECT_EQ(out().find('\x1b'), std::string::npos) << "colours are for terminals";
  EXPECT_EQ(err(), "");
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(DemoRun, AnInterruptEndsItInOrder) {
  const auto demo = start({"--http", "127.0.0.1:0"});
  ASSERT_TRUE(comes_true([&] { return out().find("Who said what") != std::string::npos; }, 100s)) << out() << err();
  EXPECT_EQ(processes(), 1);
  demo->signal(SIGINT);
  const auto& ended = demo->wait(60s);
  ASSERT_TRUE(ended) << out() << err();
  EXPECT_TRUE(ended->clean()) << ended->words() << '\n' << out() << err();
  EXPECT_NE(out().find(" 0 missing"), std::string::npos) << out();
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(DemoRun, LeavesNoProcessWhenKilledAndTheNextCleansUp) {
  const auto killed = start({"--http", "off"});
  ASSERT_TRUE(comes_true([&] { return processes() > 0; }, 60s)) << out() << err();
  killed->signal(SIGKILL);
  EXPECT_TRUE(comes_true([&] { return processes() == 0; }, 10s));
  ASSERT_FALSE(fs::is_empty(folder_ / "tmp")) << "a killed process cannot clean up";

  const auto next = start({"--http", "off"});
  ASSERT_TRUE(comes_true([&] { return processes() > 0; }, 60s)) << out() << err();
  next->signal(SIGTERM);
  const auto& ended = next->wait(60s);
  ASSERT_TRUE(ended) << out() << err();
  EXPECT_TRUE(nothing_is_left());
}

TEST_F(DemoRun, SaysThatInputIsMissing) {
  const auto demo = start({"--for", "5s", "--http", "off", "/nonexistent/articles"});
  const auto& ended = demo->wait(60s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 1);
  EXPECT_NE(err().find("/nonexistent/articles"), std::string::npos) << err();
  EXPECT_TRUE(nothing_is_left());
}

}  // namespace
}  // namespace copydesk::delivery
