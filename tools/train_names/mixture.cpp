// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/mixture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "stages/entities/name_features.h"
#include "stages/entities/name_model.h"

namespace copydesk::entities::training {

void mix_again(const std::filesystem::path& path, std::span<const float> shares) {
  static constexpr std::array kSections{"lexicon.words", "lexicon.phrases", "sparse.fingerprints", "sparse.rows",
                                        "embeddings",    "first.weights",   "first.bias",          "second.weights",
                                        "second.bias",   "output.weights",  "output.bias",         "scales",
                                        "transitions"};
  std::vector<std::vector<std::byte>> contents;
  {
    const ModelFile file(path, kModelKind, kModelVersion);
    for (const char* name : kSections) {
      const auto bytes = file.section(name);
      contents.emplace_back(bytes.begin(), bytes.end());
    }
  }
  auto* embeddings = reinterpret_cast<std::int8_t*>(contents[4].data());
  for (std::size_t j = 0; j < kWidth; ++j) {
    float sum = 0;
    for (std::size_t source = 0; source < shares.size(); ++source) {
      sum += shares[source] * static_cast<float>(embeddings[(kSourceRows.first + source) * kWidth + j]);
    }
    embeddings[(kSourceRows.first + kSourceRows.count - 1) * kWidth + j] =
        static_cast<std::int8_t>(std::lround(std::clamp(sum, -127.0F, 127.0F)));
  }
  std::vector<ModelSection> sections;
  for (std::size_t i = 0; i < kSections.size(); ++i) sections.push_back({kSections[i], contents[i]});
  write_model_file(path, kModelKind, kModelVersion, sections);
}

}  // namespace copydesk::entities::training
