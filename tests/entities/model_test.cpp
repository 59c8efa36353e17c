#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "stages/entities/name_kernels.h"
#include "tests/entities/entities_fixture.h"

namespace copydesk::test {
namespace {

std::vector<char> read_model() {
  std::ifstream file(model_path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path write_model(const std::vector<char>& bytes, const char* name) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

TEST(NamesModel, IsSmallEnoughToShip) {
  EXPECT_LT(std::filesystem::file_size(model_path()), 40'000'000U);
}

TEST(NamesModel, AMissingFileIsRefused) {
  EXPECT_THROW(EntitiesStage("/nonexistent/names.model"), std::runtime_error);
}

TEST(NamesModel, ADamagedByteIsRefused) {
  std::vector<char> bytes = read_model();
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  const auto path = write_model(bytes, "damaged.model");
  EXPECT_THROW(EntitiesStage{path}, std::runtime_error);
  std::filesystem::remove(path);
}

TEST(NamesModel, AFileCutShortIsRefused) {
  std::vector<char> bytes = read_model();
  bytes.resize(bytes.size() - 4096);
  const auto path = write_model(bytes, "short.model");
  EXPECT_THROW(EntitiesStage{path}, std::runtime_error);
  std::filesystem::remove(path);
}

// The instruction sets must agree to the last bit, or an article's names would depend on the machine.
TEST(NamesKernels, AgreeBetweenInstructionSets) {
  using names::Kernels;
  std::mt19937 random(7);
  const auto number = [&](int most) {
    return static_cast<std::int16_t>(static_cast<int>(random() % static_cast<unsigned>(2 * most + 1)) - most);
  };
  std::vector<std::int16_t> weights(320 * 64);
  std::vector<std::int32_t> bias(64);
  std::vector<std::int16_t> in(64 * 27);
  for (auto& value : weights) value = number(2047);
  for (auto& value : bias) value = number(30000);
  for (auto& value : in) value = number(1000);
  const names::KernelLayer layer{weights.data(), bias.data(), 320, 64, 0.003F, 0, 2047};
  names::KernelTransitions transitions{};
  for (auto& row : transitions.to_begin)
    for (auto& value : row) value = number(200);
  for (auto& row : transitions.to_single)
    for (auto& value : row) value = number(200);
  constexpr std::size_t kCount = 23;
  std::vector<const Kernels*> all{&names::kKernelsBaseline};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) all.push_back(&names::kKernelsAvx2);
  if (&names::best_kernels() == &names::kKernelsAvx512) all.push_back(&names::kKernelsAvx512);
#endif
  std::vector<std::int16_t> first_out;
  std::vector<std::uint8_t> first_labels;
  for (const Kernels* kernels : all) {
    std::vector<std::int16_t> out(kCount * 64);
    kernels->layer(layer, in.data(), 64, kCount, out.data(), 64);
    std::vector<std::uint8_t> back(kCount * 64);
    std::vector<std::uint8_t> labels(kCount);
    kernels->decode(transitions, out.data(), kCount, back.data(), labels.data());
    if (first_out.empty()) {
      first_out = out;
      first_labels = labels;
    }
    EXPECT_EQ(out, first_out) << kernels->name;
    EXPECT_EQ(labels, first_labels) << kernels->name;
  }
}

}  // namespace
}  // namespace copydesk::test
