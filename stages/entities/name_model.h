// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "stages/entities/name_kernels.h"
#include "stages/entities/name_labels.h"
#include "stages/entities/name_lexicon.h"
#include "stages/model_file.h"

namespace copydesk::entities {

inline constexpr std::string_view kModelKind = "names";
inline constexpr std::uint32_t kModelVersion = 1;  ///< raise with every change of features or layout

/// Rows of scores for sparse features. Buckets of eight rows; a 16-bit fingerprint per row tells in one cache line
/// whether a feature has one (a wrong yes: once in 8,192).
class SparseTable {
 public:
  static constexpr std::size_t kWays = 8;
  using Bucket = std::uint16_t[kWays];

  SparseTable() = default;
  SparseTable(std::span<const std::uint16_t> fingerprints, std::span<const std::int8_t> rows)
      : fingerprints_(fingerprints.data()), rows_(rows.data()), buckets_(fingerprints.size() / kWays) {}

  [[nodiscard]] static std::size_t bucket_of(std::uint64_t feature, std::size_t buckets) noexcept {
    return static_cast<std::size_t>(((feature >> 32) * buckets) >> 32);
  }
  [[nodiscard]] static std::uint16_t fingerprint_of(std::uint64_t feature) noexcept {
    const auto fingerprint = static_cast<std::uint16_t>(feature ^ (feature >> 16));
    return fingerprint == 0 ? 1 : fingerprint;
  }
  [[nodiscard]] const std::uint16_t* bucket(std::uint64_t feature) const noexcept {
    return fingerprints_ + bucket_of(feature, buckets_) * kWays;
  }
  /// The row of `feature`, whose bucket is `bucket`; null where the model does not know it.
  [[nodiscard]] const std::int8_t* row(const std::uint16_t* bucket, std::uint64_t feature) const noexcept {
    const std::uint64_t pattern = fingerprint_of(feature) * 0x0001000100010001ULL;
    std::uint64_t halves[2];
    __builtin_memcpy(halves, bucket, sizeof halves);
    for (std::size_t half = 0; half < 2; ++half) {
      const std::uint64_t difference = halves[half] ^ pattern;
      const std::uint64_t zero = (difference - 0x0001000100010001ULL) & ~difference & 0x8000800080008000ULL;
      if (zero != 0) {
        const auto way = half * 4 + static_cast<std::size_t>(__builtin_ctzll(zero)) / 16;
        return rows_ + (static_cast<std::size_t>(bucket - fingerprints_) + way) * kLabels;
      }
    }
    return nullptr;
  }

 private:
  const std::uint16_t* fingerprints_ = nullptr;
  const std::int8_t* rows_ = nullptr;
  std::size_t buckets_ = 0;
};

/// The network: embeddings (64) → window of five (128) → window of three (64) → 48 scores, in rows of 64.
inline constexpr std::size_t kWidth = 64;
inline constexpr std::size_t kHidden = 128;
inline constexpr std::size_t kHiddenTwo = 64;
inline constexpr std::size_t kFirstWindow = 5;
inline constexpr std::size_t kSecondWindow = 3;

/// Everything trained, as views into the mapped file. Immutable; shared by all threads.
class NameModel {
 public:
  /// Throws std::runtime_error where the file is missing, damaged or of another version.
  explicit NameModel(const std::filesystem::path& path);

  Lexicon lexicon;
  SparseTable sparse;
  const std::int8_t* embeddings = nullptr;
  KernelLayer first{};
  KernelLayer second{};
  KernelLayer output{};
  KernelTransitions transitions{};
  float unit = 1;  ///< one score, in natural logarithms
  const Kernels* kernels = nullptr;

  /// Which weights these are.
  [[nodiscard]] std::string fingerprint() const { return file_.fingerprint(); }

 private:
  ModelFile file_;
};

}  // namespace copydesk::entities
