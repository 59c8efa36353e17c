// SPDX-License-Identifier: Apache-2.0
// TrainedModel to and from the file that the stage maps.
#include <algorithm>
#include <cmath>
#include <string>

#include "tools/train_names/matrix_product.h"
#include "tools/train_names/trained_model.h"

namespace copydesk::entities::training {

namespace {

constexpr float kWeightUnit = 1024;  // how the finished model stores the network's weights …
constexpr float kHiddenUnit = 128;   // … and what its layers hand on

}  // namespace

void TrainedModel::read(const std::filesystem::path& path) {
  const ModelFile file(path, kModelKind, kModelVersion);
  const auto scales = file.array<float>("scales", 4);
  const float embedding_unit = kHiddenUnit / (kWeightUnit * scales[0]);
  const float score = scales[3];  // one unit of the scores, in natural logarithms
  const auto rows = file.array<std::int8_t>("sparse.rows", sparse_.size());
  for (std::size_t i = 0; i < rows.size(); ++i) sparse_[i] = rows[i] * score;
  const auto embeddings = file.array<std::int8_t>("embeddings", embeddings_.size());
  for (std::size_t i = 0; i < embeddings.size(); ++i) embeddings_[i] = embeddings[i] / embedding_unit;
  const auto unpack = [&](Matrix& matrix, const std::string& name, float input_unit) {
    const auto weights = file.array<std::int16_t>(name + ".weights", matrix.weights.size());
    for (std::size_t input = 0; input < matrix.inputs; ++input) {
      for (std::size_t j = 0; j < matrix.outputs; ++j) {
        matrix.weights[input * matrix.outputs + j] =
            weights[(input / 2 * matrix.outputs + j) * 2 + input % 2] / kWeightUnit;
      }
    }
    const auto bias = file.array<std::int32_t>(name + ".bias", matrix.bias.size());
    for (std::size_t j = 0; j < bias.size(); ++j) {
      matrix.bias[j] = static_cast<float>(bias[j]) / (kWeightUnit * input_unit);
    }
    transpose(matrix.weights.data(), matrix.inputs, matrix.outputs, matrix.transposed.data());
  };
  unpack(first_, "first", embedding_unit);
  unpack(second_, "second", kHiddenUnit);
  unpack(output_, "output", kHiddenUnit);
  const KernelTransitions& known = file.array<KernelTransitions>("transitions", 1)[0];
  const auto lane = [&](std::size_t to, const std::int16_t* from) {
    for (std::size_t j = 0; j < kLanes; ++j)
      transitions_[to + j] = std::max(static_cast<float>(from[j]) * score, -20.0F);
  };
  for (std::size_t type = 0; type < kLanes; ++type) {
    lane(kToBegin + type * kLanes, known.to_begin[type]);
    lane(kToSingle + type * kLanes, known.to_single[type]);
  }
  lane(kBeginInside, known.begin_inside);
  lane(kBeginEnd, known.begin_end);
  lane(kInsideInside, known.inside_inside);
  lane(kInsideEnd, known.inside_end);
  refresh_transitions();
  // What has learnt before takes small steps now; what has not (a zero) is as fresh as ever.
  for (std::size_t i = 0; i < sparse_.size(); ++i) sparse_square_[i] = sparse_[i] == 0 ? 0.0F : 1.0F;
  std::fill(embeddings_square_.begin(), embeddings_square_.end(), 1.0F);
  for (std::size_t row = kPhraseRows.first + 16; row < kPhraseRows.first + kPhraseRows.count; ++row) {
    std::fill_n(embeddings_square_.begin() + static_cast<std::ptrdiff_t>(row * kWidth), kWidth, 0.0F);
  }
  transitions_square_.fill(100.0F);
}

void TrainedModel::write(const std::filesystem::path& path, std::span<const WordFacts> words,
                         std::span<const PhraseFacts> phrases, std::span<const std::uint16_t> fingerprints) const {
  const auto round_to = [](float value, float most) {
    return static_cast<std::int32_t>(std::lround(std::clamp(value, -most, most)));
  };
  const auto quantile = [](const std::vector<float>& values, double share) {
    std::vector<float> sizes;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != 0) sizes.push_back(std::abs(values[i]));
    }
    if (sizes.empty()) return 1.0F;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), sizes.begin() + at, sizes.end());
    return std::max(sizes[static_cast<std::size_t>(at)], 1e-3F);
  };
  const float unit = std::min(24.0F, 127.0F / quantile(sparse_, 0.9995));  // scores per natural logarithm
  std::vector<std::int8_t> rows(sparse_.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int8_t>(round_to(sparse_[i] * unit, 127));
  const float embedding_unit = 127.0F / quantile(embeddings_, 0.99995);
  std::vector<std::int8_t> embeddings(embeddings_.size());
  for (std::size_t i = 0; i < embeddings.size(); ++i) {
    embeddings[i] = static_cast<std::int8_t>(round_to(embeddings_[i] * embedding_unit, 127));
  }
  const auto pack = [&](const Matrix& matrix, float input_unit, std::vector<std::int16_t>& weights,
                        std::vector<std::int32_t>& bias) {
    weights.resize(matrix.inputs * matrix.outputs);
    for (std::size_t input = 0; input < matrix.inputs; ++input) {
      for (std::size_t j = 0; j < matrix.outputs; ++j) {
        weights[(input / 2 * matrix.outputs + j) * 2 + input % 2] =
            static_cast<std::int16_t>(round_to(matrix.weights[input * matrix.outputs + j] * kWeightUnit, 2047));
      }
    }
    for (const float value : matrix.bias) bias.push_back(round_to(value * kWeightUnit * input_unit, 1e9F));
  };
  std::vector<std::int16_t> first, second, output;
  std::vector<std::int32_t> first_bias, second_bias, output_bias;
  pack(first_, embedding_unit, first, first_bias);
  pack(second_, kHiddenUnit, second, second_bias);
  pack(output_, kHiddenUnit, output, output_bias);
  const std::vector<float> scales{kHiddenUnit / (kWeightUnit * embedding_unit), 1 / kWeightUnit,
                                  unit / (kWeightUnit * kHiddenUnit), 1 / unit};
  std::vector<KernelTransitions> transitions(1);
  const auto lane = [&](std::size_t from, std::int16_t* to) {
    for (std::size_t j = 0; j < 16; ++j) {
      to[j] =
          j < kLanes ? static_cast<std::int16_t>(round_to(transitions_[from + j] * unit, 1000)) : std::int16_t{-2000};
    }
  };
  for (std::size_t type = 0; type < kLanes; ++type) {
    lane(kToBegin + type * kLanes, transitions[0].to_begin[type]);
    lane(kToSingle + type * kLanes, transitions[0].to_single[type]);
    transitions[0].to_begin[type][kNoName] = -2000;
  }
  lane(kBeginInside, transitions[0].begin_inside);
  lane(kBeginEnd, transitions[0].begin_end);
  lane(kInsideInside, transitions[0].inside_inside);
  lane(kInsideEnd, transitions[0].inside_end);
  for (std::int16_t* inner : {transitions[0].begin_inside, transitions[0].begin_end, transitions[0].inside_inside,
                              transitions[0].inside_end}) {
    inner[kNoName] = -2000;  // "no name" is one token long
  }
  const std::array sections{ModelSection{"lexicon.words", std::as_bytes(words)},
                            ModelSection{"lexicon.phrases", std::as_bytes(phrases)},
                            ModelSection{"sparse.fingerprints", std::as_bytes(fingerprints)},
                            model_section("sparse.rows", rows),
                            model_section("embeddings", embeddings),
                            model_section("first.weights", first),
                            model_section("first.bias", first_bias),
                            model_section("second.weights", second),
                            model_section("second.bias", second_bias),
                            model_section("output.weights", output),
                            model_section("output.bias", output_bias),
                            model_section("scales", scales),
                            model_section("transitions", transitions)};
  write_model_file(path, kModelKind, kModelVersion, sections);
}

}  // namespace copydesk::entities::training
