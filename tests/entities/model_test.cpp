// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
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
  EXPECT_THROW(entities::EntitiesStage("/nonexistent/names.model"), std::runtime_error);
}

TEST(NamesModel, ADamagedByteIsRefused) {
  std::vector<char> bytes = read_model();
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  const auto path = write_model(bytes, "damaged.model");
  EXPECT_THROW(entities::EntitiesStage{path}, std::runtime_error);
  std::filesystem::remove(path);
}

TEST(NamesModel, AFileCutShortIsRefused) {
  std::vector<char> bytes = read_model();
  bytes.resize(bytes.size() - 4096);
  const auto path = write_model(bytes, "short.model");
  EXPECT_THROW(entities::EntitiesStage{path}, std::runtime_error);
  std::filesystem::remove(path);
}

std::vector<const entities::Kernels*> runnable_kernels() {
  std::vector<const entities::Kernels*> all{&entities::kKernelsBaseline};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) all.push_back(&entities::kKernelsAvx2);
  if (&entities::best_kernels() == &entities::kKernelsAvx512) all.push_back(&entities::kKernelsAvx512);
#endif
  return all;
}

class RandomNumbers {
 public:
  std::int16_t operator()(int most) {
    return static_cast<std::int16_t>(static_cast<int>(random_() % static_cast<unsigned>(2 * most + 1)) - most);
  }

 private:
  std::mt19937 random_{7};
};

// Every instruction set must give the plain sum, or an article's names would depend on the machine.
TEST(NamesKernels, ALayerIsItsSum) {
  RandomNumbers number;
  for (const std::size_t outputs : {std::size_t{64}, std::size_t{128}}) {
    constexpr std::size_t kInputs = 320;
    constexpr std::size_t kCount = 23;
    std::vector<std::int16_t> weights(kInputs * outputs);
    std::vector<std::int32_t> bias(outputs);
    std::vector<std::int16_t> in(64 * (kCount + 4));
    for (auto& value : weights) value = number(2047);
    for (auto& value : bias) value = number(30000);
    for (auto& value : in) value = number(1000);
    const entities::KernelLayer layer{weights.data(), bias.data(), kInputs, outputs, 0.0001F, 0, 2047};
    std::vector<std::int16_t> expected(kCount * outputs);
    for (std::size_t token = 0; token < kCount; ++token) {
      for (std::size_t j = 0; j < outputs; ++j) {
        std::int32_t sum = bias[j];
        for (std::size_t i = 0; i < kInputs; ++i) {
          sum += in[token * 64 + i] * weights[(i / 2 * outputs + j) * 2 + i % 2];
        }
        const float value = std::clamp(static_cast<float>(sum) * layer.scale, 0.0F, 2047.0F);
        expected[token * outputs + j] = static_cast<std::int16_t>(value + 0.5F);
      }
    }
    for (const entities::Kernels* kernels : runnable_kernels()) {
      std::vector<std::int16_t> out(kCount * outputs);
      kernels->layer(layer, in.data(), 64, kCount, out.data(), outputs);
      EXPECT_EQ(out, expected) << kernels->name << ", " << outputs << " outputs";
    }
  }
}

TEST(NamesKernels, RowsAddUp) {
  RandomNumbers number;
  std::vector<std::int8_t> table(64 * 40);
  for (auto& value : table) value = static_cast<std::int8_t>(number(127));
  const std::vector<std::uint32_t> rows{3, 39, 0, 3, 17};
  std::vector<const std::int8_t*> pointers;
  std::vector<std::int16_t> expected(64);
  for (const std::uint32_t row : rows) {
    pointers.push_back(table.data() + row * 64);
    for (std::size_t j = 0; j < 64; ++j) expected[j] = static_cast<std::int16_t>(expected[j] + table[row * 64 + j]);
  }
  for (const entities::Kernels* kernels : runnable_kernels()) {
    std::vector<std::int16_t> embedded(64, 99);
    kernels->embed(table.data(), rows.data(), rows.size(), embedded.data());
    EXPECT_EQ(embedded, expected) << kernels->name;
    std::vector<std::int16_t> scores(64, 5);
    kernels->add_scores(pointers.data(), pointers.size(), scores.data());
    for (std::size_t j = 0; j < 64; ++j)
      EXPECT_EQ(scores[j], j < 48 ? expected[j] + 5 : 5) << kernels->name << ' ' << j;
  }
}

/// The score of a path of labels, or nothing where the path breaks off a name.
std::optional<int> path_score(const entities::KernelTransitions& transitions, const std::vector<std::int16_t>& scores,
                              const std::vector<std::uint8_t>& labels) {
  int total = 0;
  std::size_t closed = entities::kNoName;
  bool open = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t type = entities::type_of(labels[i]);
    total += scores[i * 64 + labels[i]];
    const entities::Place place = entities::place_of(labels[i]);
    if (place == entities::kBegin || place == entities::kSingle) {
      if (open) return std::nullopt;
      total += place == entities::kBegin ? transitions.to_begin[closed][type] : transitions.to_single[closed][type];
      open = place == entities::kBegin;
    } else {
      if (!open || entities::type_of(labels[i - 1]) != type) return std::nullopt;
      const bool after_begin = entities::place_of(labels[i - 1]) == entities::kBegin;
      const bool end = place == entities::kEnd;
      total += after_begin ? (end ? transitions.begin_end : transitions.begin_inside)[type]
                           : (end ? transitions.inside_end : transitions.inside_inside)[type];
      open = !end;
    }
    if (!open) closed = type;
  }
  if (open) return std::nullopt;
  return total;
}

TEST(NamesKernels, DecodingFindsTheBestPath) {
  RandomNumbers number;
  for (int round = 0; round < 40; ++round) {
    constexpr std::size_t kCount = 4;
    constexpr std::array<std::size_t, 3> kUsed{0, 4, entities::kNoName};  // the types that the search below tries
    entities::KernelTransitions transitions{};
    std::vector<std::int16_t> scores(kCount * 64, -3000);
    for (const std::size_t from : kUsed) {
      for (const std::size_t to : kUsed) {
        transitions.to_begin[from][to] = to == entities::kNoName ? std::int16_t{-2000} : number(60);
        transitions.to_single[from][to] = number(60);
      }
      transitions.begin_inside[from] = number(60);
      transitions.begin_end[from] = number(60);
      transitions.inside_inside[from] = number(60);
      transitions.inside_end[from] = number(60);
      for (std::size_t i = 0; i < kCount; ++i) {
        for (std::size_t place = 0; place < 4; ++place) {
          if (from != entities::kNoName || place == 3) scores[i * 64 + place * 12 + from] = number(100);
        }
      }
    }
    std::vector<std::uint8_t> choices;
    for (const std::size_t type : kUsed) {
      for (std::size_t place = type == entities::kNoName ? 3 : 0; place < 4; ++place) {
        choices.push_back(entities::label_of(static_cast<entities::Place>(place), type));
      }
    }
    int best = -1000000;
    std::vector<std::uint8_t> path(kCount);
    std::size_t paths = 1;
    for (std::size_t i = 0; i < kCount; ++i) paths *= choices.size();
    for (std::size_t code = 0; code < paths; ++code) {
      std::size_t rest = code;
      for (std::uint8_t& label : path) {
        label = choices[rest % choices.size()];
        rest /= choices.size();
      }
      best = std::max(best, path_score(transitions, scores, path).value_or(-1000000));
    }
    for (const entities::Kernels* kernels : runnable_kernels()) {
      std::vector<std::uint8_t> back(kCount * 64);
      std::vector<std::uint8_t> labels(kCount);
      kernels->decode(transitions, scores.data(), kCount, back.data(), labels.data());
      EXPECT_EQ(path_score(transitions, scores, labels), best) << kernels->name;
    }
  }
}

}  // namespace
}  // namespace copydesk::test
