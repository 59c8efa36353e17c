// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/name_model.h"

#include <stdexcept>
#include <string>

#include "stages/entities/name_features.h"

namespace copydesk::entities {

namespace {

KernelLayer layer_of(const ModelFile& file, const std::string& name, std::size_t inputs, std::size_t outputs,
                     float scale, std::int16_t low, std::int16_t high) {
  return {file.array<std::int16_t>(name + ".weights", inputs * outputs).data(),
          file.array<std::int32_t>(name + ".bias", outputs).data(),
          inputs,
          outputs,
          scale,
          low,
          high};
}

}  // namespace

NameModel::NameModel(const std::filesystem::path& path) : file_(path, kModelKind, kModelVersion) {
  lexicon.words = HashTable<WordFacts>(file_.array<WordFacts>("lexicon.words"));
  lexicon.phrases = HashTable<PhraseFacts>(file_.array<PhraseFacts>("lexicon.phrases"));
  const auto fingerprints = file_.array<std::uint16_t>("sparse.fingerprints");
  if (fingerprints.empty() || fingerprints.size() % SparseTable::kWays != 0) {
    throw std::runtime_error(path.string() + ": section sparse.fingerprints has a wrong size; install the model again");
  }
  sparse = SparseTable(fingerprints, file_.array<std::int8_t>("sparse.rows", fingerprints.size() * kLabels));
  embeddings = file_.array<std::int8_t>("embeddings", kDenseRows * kWidth).data();
  const auto scales = file_.array<float>("scales", 4);
  constexpr std::int16_t kMost = 2047;  // keeps 384 products of 11 bits each below 2^31
  first = layer_of(file_, "first", kFirstWindow * kWidth, kHidden, scales[0], 0, kMost);
  second = layer_of(file_, "second", kSecondWindow * kHidden, kHiddenTwo, scales[1], 0, kMost);
  output = layer_of(file_, "output", kHiddenTwo, kWidth, scales[2], -kMost, kMost);
  unit = scales[3];
  transitions = file_.array<KernelTransitions>("transitions", 1)[0];
  kernels = &best_kernels();
}

}  // namespace copydesk::entities
