// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <filesystem>
#include <span>
#include <vector>

#include "stages/model_file.h"
#include "stages/resolve/antecedent_features.h"

namespace copydesk::resolve {

/// Weights of the features, trained by tools/resolve/train_resolve.cpp: models/resolve-links.model. Immutable; shared
/// by all threads.
class AntecedentModel {
 public:
  static constexpr std::string_view kKind = "resolve-links";
  static constexpr std::uint32_t kVersion = 1;
  /// How much "nobody" gains for "it", "they" and the like: wrong links of these are worse than none, and common.
  /// Chosen by cross-validation on GUM train.
  static constexpr float kCaution = 0.3F;
  /// How much "nobody" loses for "he" and "she", which nearly always stand for somebody spoken of before.
  static constexpr float kTrust = 0.8F;

  /// Throws std::runtime_error where the file is missing or damaged.
  explicit AntecedentModel(const std::filesystem::path& path)
      : file_(path, kKind, kVersion), weights_(file_.array<float>("weights", kWeights)) {}

  /// The best option. `features` is scratch.
  [[nodiscard]] Choice best(const Scene& scene, std::uint32_t index, const std::vector<Option>& options,
                            std::vector<std::uint32_t>& features) const {
    std::size_t best = 0;
    float best_score = 0;
    float sum = 0;  // of exp(score - best_score)
    for (std::size_t option = 0; option < options.size(); ++option) {
      features.clear();
      antecedent_features(scene, index, options[option], features);
      float score = 0;
      for (const std::uint32_t feature : features) score += weights_[feature];
      if (option == 0 && is_genderless(scene.candidates[index])) score += kCaution;
      if (option == 0 && is_gendered(scene.candidates[index])) score -= kTrust;
      if (option == 0 || score > best_score) {
        sum = option == 0 ? 1 : sum * std::exp(best_score - score) + 1;
        best = option;
        best_score = score;
      } else {
        sum += std::exp(score - best_score);
      }
    }
    return {best, 1 / sum};
  }

 private:
  static bool is_gendered(const Candidate& candidate) noexcept {
    return candidate.pronoun != nullptr && (candidate.gender == Gender::kMale || candidate.gender == Gender::kFemale);
  }
  static bool is_genderless(const Candidate& candidate) noexcept {
    return candidate.pronoun != nullptr && candidate.pronoun->person == 3 && candidate.gender != Gender::kMale &&
           candidate.gender != Gender::kFemale;
  }

  ModelFile file_;
  std::span<const float> weights_;
};

}  // namespace copydesk::resolve
