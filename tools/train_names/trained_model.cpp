// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/trained_model.h"

#include <algorithm>
#include <cmath>

#include "tools/train_names/matrix_product.h"

namespace copydesk::entities::training {

namespace {

constexpr std::size_t kBatchTokens = 400;
constexpr float kTransitionRate = 0.1F;
constexpr float kQuiet = 3e-3F;  // gradients below this teach nothing worth the time

void adagrad(float* weights, float* squares, const float* gradient, std::size_t count, float rate) {
  for (std::size_t j = 0; j < count; ++j) {
    squares[j] += gradient[j] * gradient[j];
    weights[j] -= rate * gradient[j] / std::sqrt(squares[j] + 1e-6F);
  }
}

}  // namespace

void TrainedModel::Matrix::shape(std::size_t rows, std::size_t columns, std::mt19937& random) {
  inputs = rows;
  outputs = columns;
  std::normal_distribution<float> normal(0, std::sqrt(2.0F / static_cast<float>(rows)));
  weights.resize(rows * columns);
  for (float& weight : weights) weight = normal(random);
  transposed.resize(weights.size());
  transpose(weights.data(), inputs, outputs, transposed.data());
  gradient.assign(weights.size(), 0);
  mean = square = gradient;
  bias.assign(columns, 0);
  bias_gradient = bias_mean = bias_square = bias;
}

void TrainedModel::Matrix::step(float rate, float correction_one, float correction_two) {
  const auto adam = [&](std::vector<float>& value, std::vector<float>& slope, std::vector<float>& m,
                        std::vector<float>& v) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      m[i] = 0.9F * m[i] + 0.1F * slope[i];
      v[i] = 0.999F * v[i] + 0.001F * slope[i] * slope[i];
      const float move = rate * (m[i] * correction_one) / (std::sqrt(v[i] * correction_two) + 1e-6F);
      value[i] = std::clamp(value[i] - move, -1.9F, 1.9F);
      slope[i] = 0;
    }
  };
  adam(weights, gradient, mean, square);
  adam(bias, bias_gradient, bias_mean, bias_square);
  transpose(weights.data(), inputs, outputs, transposed.data());
}

TrainedModel::TrainedModel(std::size_t sparse_rows, std::span<const float> vectors, std::size_t vector_width,
                           std::uint32_t seed)
    : random_(seed) {
  sparse_.assign(sparse_rows * kLabels, 0);
  sparse_square_.assign(sparse_.size(), 0);
  embeddings_.resize(kDenseRows * kWidth);
  std::normal_distribution<float> normal(0, 0.05F);
  for (float& weight : embeddings_) weight = normal(random_);
  embeddings_square_.assign(embeddings_.size(), 0);
  double total = 0;
  const std::size_t known = std::min<std::size_t>(kVectorRows.count - 1, vectors.size() / vector_width);
  for (std::size_t row = 0; row < known; ++row) {
    for (std::size_t j = 0; j < kWidth; ++j) total += vectors[row * vector_width + j] * vectors[row * vector_width + j];
  }
  const auto scale = static_cast<float>(0.3 / std::sqrt(total / static_cast<double>(known * kWidth) + 1e-9));
  for (std::size_t row = 0; row < known; ++row) {
    for (std::size_t j = 0; j < kWidth; ++j) embeddings_[row * kWidth + j] = scale * vectors[row * vector_width + j];
  }
  first_.shape(kFirstWindow * kWidth, kHidden, random_);
  second_.shape(kSecondWindow * kHidden, kHiddenTwo, random_);
  output_.shape(kHiddenTwo, kWidth, random_);
  for (float& weight : output_.weights) weight *= 0.1F;
  refresh_transitions();
}

void TrainedModel::refresh_transitions() {
  for (std::size_t i = 0; i < kTransitions; ++i) transitions_exp_[i] = std::exp(transitions_[i]);
}

void TrainedModel::forward(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options) {
  const std::size_t count = sentence.count;
  scores_.assign(count * kWidth, 0);
  score_gradient_.assign(count * kWidth, 0);
  kept_sparse_.clear();
  kept_dense_.clear();
  kept_sparse_end_.clear();
  kept_dense_end_.clear();
  // 16 random bits per decision.
  std::uint64_t pool = 0;
  unsigned left = 0;
  const auto chance = [&](float probability) {
    if (left == 0) {
      pool = (std::uint64_t{random_()} << 32) | random_();
      left = 4;
    }
    const auto draw = static_cast<float>(pool & 0xFFFFU);
    pool >>= 16;
    --left;
    return draw < probability * 65536.0F;
  };
  const float sparse_scale = 1 / (1 - options.sparse_dropout);
  input_.assign((count + 4) * kWidth, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t token = sentence.first + i;
    if (options.use_sparse) {
      float* score = scores_.data() + i * kWidth;
      for (std::uint64_t at = set.sparse_begin[token]; at < set.sparse_begin[token + 1]; ++at) {
        if (chance(options.sparse_dropout)) continue;
        const std::uint32_t row = set.sparse[at];
        kept_sparse_.push_back(row);
        const float* weights = sparse_.data() + std::size_t{row} * kLabels;
        for (std::size_t j = 0; j < kLabels; ++j) score[j] += sparse_scale * weights[j];
      }
    }
    kept_sparse_end_.push_back(static_cast<std::uint32_t>(kept_sparse_.size()));
    if (options.use_network) {
      float* input = input_.data() + (i + 2) * kWidth;
      const bool unknown = chance(options.word_dropout);
      for (std::uint64_t at = set.dense_begin[token]; at < set.dense_begin[token + 1]; ++at) {
        const std::uint32_t row = set.dense[at];
        if (unknown && row < kShapeRows.first) continue;
        if (chance(options.dense_dropout)) continue;
        kept_dense_.push_back(row);
        const float* weights = embeddings_.data() + std::size_t{row} * kWidth;
        for (std::size_t j = 0; j < kWidth; ++j) input[j] += weights[j];
      }
    }
    kept_dense_end_.push_back(static_cast<std::uint32_t>(kept_dense_.size()));
  }
  if (!options.use_network) return;
  source_used_ = !chance(options.source_dropout);
  if (source_used_) {
    const float* source = embeddings_.data() + (kSourceRows.first + sentence.source) * kWidth;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < kWidth; ++j) input_[(i + 2) * kWidth + j] += source[j];
    }
  }
  hidden_.assign((count + 2) * kHidden, 0);
  hidden_two_.assign(count * kHiddenTwo, 0);
  const float kept = 1 / (1 - options.hidden_dropout);
  const auto activate = [&](std::span<float> values) {
    for (float& value : values) {
      value = std::clamp(value, 0.0F, 15.0F);
      if (value > 0) value = chance(options.hidden_dropout) ? 0 : std::min(value * kept, 14.9F);
    }
  };
  multiply(input_.data(), kWidth, count, first_.weights.data(), first_.inputs, kHidden, first_.bias.data(),
           hidden_.data() + kHidden, kHidden);
  activate(std::span(hidden_).subspan(kHidden, count * kHidden));
  multiply(hidden_.data(), kHidden, count, second_.weights.data(), second_.inputs, kHiddenTwo, second_.bias.data(),
           hidden_two_.data(), kHiddenTwo);
  activate(hidden_two_);
  multiply(hidden_two_.data(), kHiddenTwo, count, output_.weights.data(), output_.inputs, kWidth, output_.bias.data(),
           scores_.data(), kWidth, true);
}

/// Forward and backward algorithm, in probabilities scaled per token. Leaves the loss's gradient in score_gradient_ and
/// transitions_gradient_; returns the loss.
double TrainedModel::chain(const TrainingSet& set, const TrainingSentence& sentence) {
  const std::size_t count = sentence.count;
  const float* exps = transitions_exp_.data();
  alpha_.assign(count * kLabels, 0);
  beta_.assign(count * kLabels, 0);
  closed_.assign((count + 1) * kLanes, 0);
  closed_[kNoName] = 1;
  std::vector<float>& emission = score_gradient_;  // exp(score - max) for now; rows of 64
  double log_z = 0;
  double gold = 0;
  const std::uint8_t* labels = set.labels.data() + sentence.first;
  std::vector<float> scale(count);

  for (std::size_t t = 0; t < count; ++t) {
    const float* score = scores_.data() + t * kWidth;
    float* e = emission.data() + t * kWidth;
    float best = score[kOutside];
    for (std::size_t type = 0; type < kTypes; ++type) {
      for (std::size_t place = 0; place < 4; ++place) best = std::max(best, score[place * kLanes + type]);
    }
    for (std::size_t j = 0; j < kLabels; ++j) e[j] = std::exp(std::max(score[j] - best, -60.0F));
    for (std::size_t place = 0; place < 3; ++place) e[place * kLanes + kNoName] = 0;
    float* a = alpha_.data() + t * kLabels;
    const float* before = closed_.data() + t * kLanes;
    for (std::size_t k = 0; k < kLanes; ++k) {
      for (std::size_t j = 0; j < kLanes; ++j) {
        a[j] += before[k] * exps[kToBegin + k * kLanes + j];
        a[36 + j] += before[k] * exps[kToSingle + k * kLanes + j];
      }
    }
    if (t > 0) {
      const float* old = a - kLabels;
      for (std::size_t j = 0; j < kLanes; ++j) {
        a[12 + j] = old[j] * exps[kBeginInside + j] + old[12 + j] * exps[kInsideInside + j];
        a[24 + j] = old[j] * exps[kBeginEnd + j] + old[12 + j] * exps[kInsideEnd + j];
      }
    }
    float sum = 0;
    for (std::size_t j = 0; j < kLabels; ++j) sum += a[j] *= e[j];
    scale[t] = 1 / sum;
    log_z += std::log(sum) + best;
    float* closed = closed_.data() + (t + 1) * kLanes;
    for (std::size_t j = 0; j < kLabels; ++j) a[j] *= scale[t];
    for (std::size_t j = 0; j < kLanes; ++j) closed[j] = a[24 + j] + a[36 + j];
  }
  float last = 0;
  for (std::size_t j = 0; j < kLanes; ++j) last += closed_[count * kLanes + j];
  if (!(last > 1e-30F) || !std::isfinite(log_z)) {
    std::fill(score_gradient_.begin(), score_gradient_.end(), 0.0F);
    return 0;
  }
  log_z += std::log(last);

  // The gold path: its score, and its side of the gradient of the transitions.
  const float weight = sentence.weight;
  std::size_t previous = kNoName;
  const auto took = [&](std::size_t transition) {
    gold += transitions_[transition];
    transitions_gradient_[transition] -= weight;
  };
  for (std::size_t t = 0; t < count; ++t) {
    const std::size_t type = type_of(labels[t]);
    gold += scores_[t * kWidth + labels[t]];
    switch (place_of(labels[t])) {
      case kBegin: took(kToBegin + previous * kLanes + type); break;
      case kSingle:
        took(kToSingle + previous * kLanes + type);
        previous = type;
        break;
      case kInside: took((place_of(labels[t - 1]) == kBegin ? kBeginInside : kInsideInside) + type); break;
      case kEnd:
        took((place_of(labels[t - 1]) == kBegin ? kBeginEnd : kInsideEnd) + type);
        previous = type;
        break;
    }
  }

  // Backward. beta of a label: the probability of what follows it, scaled as alpha is.
  const float norm = 1 / last;
  for (std::size_t j = 0; j < kLanes; ++j)
    beta_[(count - 1) * kLabels + 24 + j] = beta_[(count - 1) * kLabels + 36 + j] = norm;
  for (std::size_t t = count; t-- > 0;) {
    const float* b = beta_.data() + t * kLabels;
    const float* e = emission.data() + t * kWidth;
    std::array<float, kLabels> follow;  // emission * beta * scale: what choosing this label at t is worth
    for (std::size_t j = 0; j < kLabels; ++j) follow[j] = e[j] * b[j] * scale[t];
    const float* before = closed_.data() + t * kLanes;
    for (std::size_t k = 0; k < kLanes; ++k) {
      float value = 0;
      float* gradient = transitions_gradient_.data();
      const float share = before[k] * weight;
      for (std::size_t j = 0; j < kLanes; ++j) {
        const float one = exps[kToBegin + k * kLanes + j] * follow[j];
        const float two = exps[kToSingle + k * kLanes + j] * follow[36 + j];
        value += one + two;
        gradient[kToBegin + k * kLanes + j] += share * one;
        gradient[kToSingle + k * kLanes + j] += share * two;
      }
      if (t > 0) beta_[(t - 1) * kLabels + 24 + k] = beta_[(t - 1) * kLabels + 36 + k] = value;
    }
    if (t > 0) {
      float* earlier = beta_.data() + (t - 1) * kLabels;
      const float* a = alpha_.data() + (t - 1) * kLabels;
      for (std::size_t j = 0; j < kLanes; ++j) {
        const float begin_inside = exps[kBeginInside + j] * follow[12 + j];
        const float begin_end = exps[kBeginEnd + j] * follow[24 + j];
        const float inside_inside = exps[kInsideInside + j] * follow[12 + j];
        const float inside_end = exps[kInsideEnd + j] * follow[24 + j];
        earlier[j] = begin_inside + begin_end;
        earlier[12 + j] = inside_inside + inside_end;
        transitions_gradient_[kBeginInside + j] += weight * a[j] * begin_inside;
        transitions_gradient_[kBeginEnd + j] += weight * a[j] * begin_end;
        transitions_gradient_[kInsideInside + j] += weight * a[12 + j] * inside_inside;
        transitions_gradient_[kInsideEnd + j] += weight * a[12 + j] * inside_end;
      }
    }
  }
  for (std::size_t t = 0; t < count; ++t) {
    float* gradient = score_gradient_.data() + t * kWidth;
    for (std::size_t j = 0; j < kLabels; ++j) gradient[j] = weight * alpha_[t * kLabels + j] * beta_[t * kLabels + j];
    gradient[labels[t]] -= weight;
  }
  return (log_z - gold) * weight;
}

void TrainedModel::backward(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options,
                            float rate) {
  (void)set;
  const std::size_t count = sentence.count;
  const float sparse_scale = 1 / (1 - options.sparse_dropout);
  float loudest = 0;
  for (std::size_t t = 0; t < count; ++t) {
    const float* gradient = score_gradient_.data() + t * kWidth;
    float loud = 0;
    for (std::size_t j = 0; j < kLabels; ++j) loud = std::max(loud, std::abs(gradient[j]));
    loudest = std::max(loudest, loud);
    if (loud < kQuiet || !options.use_sparse) continue;
    std::array<float, kLabels> scaled;
    for (std::size_t j = 0; j < kLabels; ++j) scaled[j] = gradient[j] * sparse_scale;
    for (std::size_t at = t == 0 ? 0 : kept_sparse_end_[t - 1]; at < kept_sparse_end_[t]; ++at) {
      const std::size_t row = std::size_t{kept_sparse_[at]} * kLabels;
      adagrad(sparse_.data() + row, sparse_square_.data() + row, scaled.data(), kLabels, options.sparse_rate * rate);
    }
  }
  batch_tokens_ += count;
  if (options.use_network && loudest >= kQuiet) {
    const float kept = 1 / (1 - options.hidden_dropout);
    const auto rectify = [&](const std::vector<float>& values, std::vector<float>& gradients) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        gradients[i] = values[i] <= 0 || values[i] >= 14.9F ? 0 : gradients[i] * kept;
      }
    };
    hidden_two_gradient_.assign(count * kHiddenTwo, 0);
    accumulate_weights(hidden_two_.data(), kHiddenTwo, count, score_gradient_.data(), output_.inputs, kWidth,
                       output_.gradient.data(), output_.bias_gradient.data());
    multiply(score_gradient_.data(), kWidth, count, output_.transposed.data(), kWidth, output_.inputs, nullptr,
             hidden_two_gradient_.data(), kHiddenTwo, true);
    rectify(hidden_two_, hidden_two_gradient_);
    hidden_gradient_.assign((count + 2) * kHidden, 0);
    accumulate_weights(hidden_.data(), kHidden, count, hidden_two_gradient_.data(), second_.inputs, kHiddenTwo,
                       second_.gradient.data(), second_.bias_gradient.data());
    multiply(hidden_two_gradient_.data(), kHiddenTwo, count, second_.transposed.data(), kHiddenTwo, second_.inputs,
             nullptr, hidden_gradient_.data(), kHidden, true);
    rectify(hidden_, hidden_gradient_);
    input_gradient_.assign((count + 4) * kWidth, 0);
    accumulate_weights(input_.data(), kWidth, count, hidden_gradient_.data() + kHidden, first_.inputs, kHidden,
                       first_.gradient.data(), first_.bias_gradient.data());
    multiply(hidden_gradient_.data() + kHidden, kHidden, count, first_.transposed.data(), kHidden, first_.inputs,
             nullptr, input_gradient_.data(), kWidth, true);
    if (source_used_) {
      std::array<float, kWidth> total{};
      for (std::size_t t = 0; t < count; ++t) {
        for (std::size_t j = 0; j < kWidth; ++j) total[j] += input_gradient_[(t + 2) * kWidth + j];
      }
      const std::size_t row = (kSourceRows.first + sentence.source) * kWidth;
      adagrad(embeddings_.data() + row, embeddings_square_.data() + row, total.data(), kWidth,
              options.dense_rate * rate);
    }
    for (std::size_t t = 0; t < count; ++t) {
      const float* gradient = input_gradient_.data() + (t + 2) * kWidth;
      float loud = 0;
      for (std::size_t j = 0; j < kWidth; ++j) loud = std::max(loud, std::abs(gradient[j]));
      if (loud < kQuiet) continue;
      for (std::size_t at = t == 0 ? 0 : kept_dense_end_[t - 1]; at < kept_dense_end_[t]; ++at) {
        const std::size_t row = std::size_t{kept_dense_[at]} * kWidth;
        adagrad(embeddings_.data() + row, embeddings_square_.data() + row, gradient, kWidth, options.dense_rate * rate);
      }
    }
  }
  if (batch_tokens_ < kBatchTokens) return;
  batch_tokens_ = 0;
  ++steps_;
  if (options.use_network) {
    const float one = 1 / (1 - static_cast<float>(std::pow(0.9, static_cast<double>(steps_))));
    const float two = 1 / (1 - static_cast<float>(std::pow(0.999, static_cast<double>(steps_))));
    for (Matrix* matrix : {&first_, &second_, &output_}) matrix->step(options.network_rate * rate, one, two);
  }
  adagrad(transitions_.data(), transitions_square_.data(), transitions_gradient_.data(), kTransitions,
          kTransitionRate * rate);
  transitions_gradient_.fill(0);
  refresh_transitions();
}

double TrainedModel::learn(const TrainingSet& set, const TrainingSentence& sentence, const TrainingOptions& options,
                           float rate) {
  forward(set, sentence, options);
  const double loss = chain(set, sentence);
  backward(set, sentence, options, rate);
  return loss;
}

void TrainedModel::mix_sources(std::span<const float> shares) {
  float* mixed = embeddings_.data() + (kSourceRows.first + kSourceRows.count - 1) * kWidth;
  for (std::size_t j = 0; j < kWidth; ++j) {
    mixed[j] = 0;
    for (std::size_t source = 0; source < shares.size(); ++source) {
      mixed[j] += shares[source] * embeddings_[(kSourceRows.first + source) * kWidth + j];
    }
  }
}

}  // namespace copydesk::entities::training
