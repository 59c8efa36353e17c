// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <random>
#include <span>
#include <vector>

#include "stages/entities/name_features.h"
#include "stages/entities/name_model.h"

namespace copydesk::entities::training {

/// One sentence ready for training: rows of its features, and its labels.
struct TrainingSentence {
  std::size_t first = 0;  ///< index of its first token in TrainingSet
  std::uint32_t count = 0;
  float weight = 1;
  std::uint8_t source = 0;  ///< row of kSourceRows
};

/// All sentences, as flat columns.
struct TrainingSet {
  std::vector<std::uint32_t> sparse;           ///< rows of SparseTable
  std::vector<std::uint32_t> dense;            ///< rows of the embedding table
  std::vector<std::uint64_t> sparse_begin{0};  ///< per token, one more than tokens
  std::vector<std::uint64_t> dense_begin{0};
  std::vector<std::uint8_t> labels;
  std::vector<TrainingSentence> sentences;
};

struct TrainingOptions {
  float sparse_rate = 0.1F;
  float dense_rate = 0.05F;
  float network_rate = 0.001F;
  float sparse_dropout = 0.2F;
  float dense_dropout = 0.1F;
  float word_dropout = 0.1F;
  float hidden_dropout = 0.1F;
  float source_dropout = 0.3F;
  bool use_sparse = true;
  bool use_network = true;
};

/// The model in floating point, with what its optimisers remember. Row-sparse parts learn with AdaGrad (Duchi et al.
/// 2011), the network with Adam (Kingma and Ba 2015). The loss is that of a linear-chain conditional random field
/// (Lafferty et al. 2001) over the segments of `name_labels.h`.
class TrainedModel {
 public:
  TrainedModel(std::size_t sparse_rows, std::span<const float> vectors, std::size_t vector_width, std::uint32_t seed);

  /// Takes the weights of a finished model, as far as its integers tell them; what the optimisers remembered is lost.
  /// The model must have as many sparse rows as this one.
  void read(const std::filesystem::path& path);

  /// One step on one sentence; returns its loss. `rate` scales all learning rates.
  double learn(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options, float rate);

  /// The share of each source in what the runtime assumes of all text.
  void mix_sources(std::span<const float> shares);

  /// Rounds everything to the runtime's integers and writes the model.
  void write(const std::filesystem::path& path, std::span<const WordFacts> words, std::span<const PhraseFacts> phrases,
             std::span<const std::uint16_t> fingerprints) const;

 private:
  struct Matrix {  // weights of one layer: [inputs][outputs], plus the bias
    std::size_t inputs = 0;
    std::size_t outputs = 0;
    std::vector<float> weights, transposed, gradient, mean, square;
    std::vector<float> bias, bias_gradient, bias_mean, bias_square;
    void shape(std::size_t rows, std::size_t columns, std::mt19937& random);
    void step(float rate, float correction_one, float correction_two);
  };
  void forward(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options);
  double chain(const TrainingSet& set, const TrainingSentence& sentence);
  void backward(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options, float rate);
  void refresh_transitions();

  std::mt19937 random_;
  std::vector<float> sparse_, sparse_square_;
  std::vector<float> embeddings_, embeddings_square_;
  Matrix first_, second_, output_;
  // Where each group of transition parameters begins: 12x12, 12x12, then 12 each.
  static constexpr std::size_t kToBegin = 0;
  static constexpr std::size_t kToSingle = 144;
  static constexpr std::size_t kBeginInside = 288;
  static constexpr std::size_t kBeginEnd = 300;
  static constexpr std::size_t kInsideInside = 312;
  static constexpr std::size_t kInsideEnd = 324;
  static constexpr std::size_t kTransitions = 336;
  std::array<float, kTransitions> transitions_{}, transitions_square_{}, transitions_gradient_{}, transitions_exp_{};
  bool source_used_ = false;
  std::size_t batch_tokens_ = 0;
  std::size_t steps_ = 0;

  // One sentence's work.
  std::vector<float> input_, hidden_, hidden_two_, scores_, score_gradient_;
  std::vector<float> input_gradient_, hidden_gradient_, hidden_two_gradient_;
  std::vector<float> alpha_, beta_, closed_;
  std::vector<std::uint32_t> kept_sparse_, kept_dense_;
  std::vector<std::uint32_t> kept_sparse_end_, kept_dense_end_;
};

}  // namespace copydesk::entities::training
