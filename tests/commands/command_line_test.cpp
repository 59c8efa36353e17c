// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

/// The binary as a user calls it: exit codes and what is printed.
namespace {

struct Answer {
  int exit_code = -1;
  std::string output;  ///< standard output and standard error
};

Answer call(const std::string& arguments, const std::string& input = "true | ") {
  struct Close {
    int* status;
    void operator()(FILE* pipe) const { *status = pclose(pipe); }
  };
  Answer answer;
  int status = -1;
  {
    const std::string command = input + "'" COPYDESK_BINARY "' " + arguments + " 2>&1";
    const std::unique_ptr<FILE, Close> pipe(popen(command.c_str(), "r"), Close{&status});
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
      answer.output.append(buffer.data(), size);
  }
  answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

bool has(const Answer& answer, const std::string& text) {
  return answer.output.find(text) != std::string::npos;
}

TEST(CommandLine, EveryCommandExplainsItselfWithAnExample) {
  for (const std::string command : {"", "run", "enrich", "feed", "demo", "top", "tap", "config", "config check",
                                    "config show", "config reference"}) {
    const Answer answer = call(command + " --help");
    EXPECT_EQ(answer.exit_code, 0) << command;
    if (command != "config") {
      EXPECT_TRUE(has(answer, "Example:")) << command << "\n" << answer.output;
    }
  }
}

TEST(CommandLine, WrongUsageIs64) {
  EXPECT_EQ(call("").exit_code, 64);
  EXPECT_EQ(call("frobnicate").exit_code, 64);
  EXPECT_EQ(call("enrich --no-such-option").exit_code, 64);
  EXPECT_EQ(call("feed --rate -1 x.txt").exit_code, 64);
  EXPECT_EQ(call("top http:/nowhere").exit_code, 64);
  EXPECT_EQ(call("tap --json --quotes").exit_code, 64);
  EXPECT_EQ(call("tap --type MONEY").exit_code, 64) << "a value is no entity";
}

TEST(CommandLine, BadSettingsAre78AndSayWhatIsAllowed) {
  const Answer threads = call("enrich --threads many");
  EXPECT_EQ(threads.exit_code, 78);
  EXPECT_TRUE(has(threads, "--threads")) << threads.output;
  EXPECT_EQ(call("run --config /nonexistent.yaml").exit_code, 78);
  EXPECT_EQ(call("config check /nonexistent.yaml").exit_code, 78);
  EXPECT_EQ(call("tap --config /nonexistent.yaml").exit_code, 78);
  EXPECT_EQ(call("top --password-file /nonexistent").exit_code, 78);
}

TEST(CommandLine, AMissingFileIs1AndNamed) {
  const Answer answer = call("enrich /nonexistent/article.txt");
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_TRUE(has(answer, "/nonexistent/article.txt"));
}

TEST(CommandLine, TopSaysWhoDoesNotAnswer) {
  const Answer answer = call("top 127.0.0.1:1");
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_TRUE(has(answer, "127.0.0.1:1: ")) << answer.output;
  EXPECT_TRUE(has(answer, "http.listen")) << answer.output;
}

TEST(CommandLine, TapSaysWhichBrokersDoNotAnswer) {
  const Answer answer = call("tap --brokers 127.0.0.1:1");
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_TRUE(has(answer, "127.0.0.1:1")) << answer.output;
}

TEST(CommandLine, EnrichReadsAPipe) {
  const Answer answer = call("enrich", R"(echo '{"id":"1","text":"\"We are ready,\" said Mara Venn."}' | )");
  EXPECT_EQ(answer.exit_code, 0);
  EXPECT_TRUE(has(answer, "\"schema\":\"copydesk/enriched-article/1\"")) << answer.output;
  EXPECT_TRUE(has(answer, "\"name\":\"Mara Venn\"")) << answer.output;
}

TEST(CommandLine, TheDefaultSettingsAreValid) {
  EXPECT_EQ(call("config check '" COPYDESK_SOURCE_DIR "/config/copydesk.yaml'").exit_code, 0);
  EXPECT_EQ(call("config show").exit_code, 0);
}

TEST(CommandLine, RunSaysWhatIsMissingBeforeItStarts) {
  const Answer answer = call("run --brokers 127.0.0.1:1 --http off");
  EXPECT_EQ(answer.exit_code, 1);
  EXPECT_TRUE(has(answer, "127.0.0.1:1")) << answer.output;
}

}  // namespace
