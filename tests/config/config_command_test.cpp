// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "pipeline/commands/config.h"
#include "pipeline/commands/exit_codes.h"

namespace copydesk {
namespace {

const std::filesystem::path kSource = COPYDESK_SOURCE_DIR;

std::string content_of(const std::filesystem::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

/// A settings file that is gone after the test.
class ConfigCommand : public testing::Test {
 protected:
  void write(std::string_view yaml) { std::ofstream(source_.file) << yaml; }
  void TearDown() override { std::filesystem::remove(source_.file); }

  commands::SettingsSource source_{
      .file = std::filesystem::path(testing::TempDir()) /
              (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".yaml")};
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ConfigCommand, CheckIsContentWithAGoodFile) {
  write("kafka:\n  group: desk\n");
  EXPECT_EQ(commands::config_check(source_, out_, err_), 0);
  EXPECT_EQ(out_.str(), source_.file.string() + ": no errors\n");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ConfigCommand, CheckListsEveryErrorAndExitsWith78) {
  write("kafka:\n  grup: desk\nlimits:\n  inflight_records: none\n");
  EXPECT_EQ(commands::config_check(source_, out_, err_), 78);
  const std::string file = source_.file.string();
  EXPECT_EQ(err_.str(),
            file + ":2: kafka.grup: is not a known key; did you mean “group”?\n" + file +
                ":4: limits.inflight_records: “none” is not a whole number from 0 up; allowed: 1 to 1000000\n"
                "2 errors in the settings; docs/reference.md tells what is allowed.\n");
  EXPECT_EQ(out_.str(), "");
}

TEST_F(ConfigCommand, ShowHidesSecretsAndShowsOverrides) {
  write("kafka:\n  common:\n    sasl.username: desk\n    sasl.password: ${KAFKA_PASSWORD}\n");
  source_.environment = [](const std::string& name) -> std::optional<std::string> {
    return name == "KAFKA_PASSWORD" ? std::optional<std::string>("hunter2") : std::nullopt;
  };
  source_.overrides = {{"kafka.group", "night", "--group"}};
  EXPECT_EQ(commands::config_show(source_, out_, err_), 0);
  EXPECT_NE(out_.str().find("    sasl.password: \"***\"\n    sasl.username: desk\n"), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("\n  group: night\n"), std::string::npos);
  EXPECT_EQ(out_.str().find("hunter2"), std::string::npos);
}

TEST_F(ConfigCommand, ShowRefusesAFileThatIsNotThere) {
  EXPECT_EQ(commands::config_show(source_, out_, err_), 78);
  EXPECT_NE(err_.str().find("does not exist; check the path"), std::string::npos);
}

/// With COPYDESK_REGENERATE set, writes the copy anew instead of comparing it.
void expect_up_to_date(const std::filesystem::path& path, commands::ReferenceForm form) {
  std::ostringstream generated;
  ASSERT_EQ(commands::config_reference(form, generated), 0);
  if (std::getenv("COPYDESK_REGENERATE") != nullptr) std::ofstream(path, std::ios::binary) << generated.str();
  EXPECT_TRUE(content_of(path) == generated.str())
      << path << " is not what the settings describe; write it anew: COPYDESK_REGENERATE=1 ctest -R UpToDate";
}

TEST(ReferencePage, IsUpToDate) {
  expect_up_to_date(kSource / "docs/reference.md", commands::ReferenceForm::kMarkdown);
}
TEST(CommentedDefaults, AreUpToDate) {
  expect_up_to_date(kSource / "config/copydesk.yaml", commands::ReferenceForm::kYaml);
}

TEST(CommentedDefaults, AreGood) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(commands::config_check({.file = kSource / "config/copydesk.yaml"}, out, err), 0) << err.str();
  std::ostringstream shown;
  std::ostringstream defaults;
  EXPECT_EQ(commands::config_show({.file = kSource / "config/copydesk.yaml"}, shown, err), 0);
  EXPECT_EQ(commands::config_show({.file = {}}, defaults, err), 0);
  EXPECT_EQ(shown.str(), defaults.str());
}

}  // namespace
}  // namespace copydesk
