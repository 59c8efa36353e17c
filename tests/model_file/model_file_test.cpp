// SPDX-License-Identifier: Apache-2.0
#include "stages/model_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace copydesk {
namespace {

class ModelFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("copydesk_model_file_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    path_ = folder_ / "toy.model";
    const std::vector<ModelSection> sections{
        model_section("weights", weights_), model_section("names", names_), {"nothing", {}}};
    write_model_file(path_, "toy", 3, sections);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string read() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes; }
  std::string error_of(std::string_view kind = "toy", std::uint32_t version = 3) const {
    try {
      const ModelFile file(path_, kind, version);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  std::vector<std::int16_t> weights_{1, -2, 3, 32767};
  std::vector<char> names_{'a', 'b', 'c'};
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

TEST_F(ModelFileTest, ReadsWhatWasWritten) {
  ModelFile first(path_, "toy", 3);
  const ModelFile file = std::move(first);
  const auto weights = file.array<std::int16_t>("weights", 4);
  EXPECT_EQ(std::vector<std::int16_t>(weights.begin(), weights.end()), weights_);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(weights.data()) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file.section("names").data()) % 64, 0U);
  EXPECT_EQ(file.section("names").size(), 3U);
  EXPECT_TRUE(file.section("nothing").empty());
}

TEST_F(ModelFileTest, RefusesWhatIsNotThere) {
  const ModelFile file(path_, "toy", 3);
  EXPECT_THROW((void)file.section("biases"), std::runtime_error);
  EXPECT_THROW((void)file.array<std::int16_t>("weights", 5), std::runtime_error);
  EXPECT_THROW((void)file.array<std::int16_t>("names"), std::runtime_error);
}

TEST_F(ModelFileTest, NamesTheFileAndTheRemedy) {
  std::filesystem::remove(path_);
  const std::string error = error_of();
  EXPECT_NE(error.find("toy.model"), std::string::npos);
  EXPECT_NE(error.find("No such file"), std::string::npos);
  EXPECT_NE(error.find("reinstall"), std::string::npos);
}

TEST_F(ModelFileTest, RefusesAnotherKindOrVersion) {
  EXPECT_NE(error_of("tagger", 3).find("holds 'toy' version 3, not 'tagger' version 3"), std::string::npos);
  EXPECT_NE(error_of("toy", 4).find("not 'toy' version 4"), std::string::npos);
}

TEST_F(ModelFileTest, RefusesEveryCutAndEveryFlippedByte) {
  const std::string good = read();
  ASSERT_EQ(error_of(), "");
  for (std::size_t i = 0; i < good.size(); ++i) {
    write(good.substr(0, i));
    EXPECT_NE(error_of(), "") << "cut to " << i << " bytes";
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    write(flipped);
    EXPECT_NE(error_of(), "") << "byte " << i << " flipped";
  }
}

TEST_F(ModelFileTest, RefusesAFolder) {
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_NE(error_of(), "");
}

TEST_F(ModelFileTest, RefusesLongSectionNames) {
  const std::vector<ModelSection> sections{{std::string(24, 'x'), {}}};
  EXPECT_THROW(write_model_file(path_, "toy", 3, sections), std::runtime_error);
}

TEST_F(ModelFileTest, FingerprintTellsWeightsApart) {
  const std::string before = ModelFile(path_, "toy", 3).fingerprint();
  EXPECT_EQ(before.size(), 8U);
  EXPECT_EQ(ModelFile(path_, "toy", 3).fingerprint(), before);
  const std::vector<float> other_weights{9.0F};
  const std::vector<ModelSection> other{model_section("weights", other_weights)};
  write_model_file(path_, "toy", 3, other);
  EXPECT_NE(ModelFile(path_, "toy", 3).fingerprint(), before);
}

}  // namespace
}  // namespace copydesk
