// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

/// The inner loops of the names model, compiled once per instruction set (`name_kernels.inc`) and chosen when the model
/// is loaded. Plain numbers and pointers only: nothing from the standard library may be inlined into code that older
/// processors cannot run.
namespace copydesk::entities {

/// One layer of the network: for each of `count` inputs, out = clamp(round((bias + weights · in) * scale)).
struct KernelLayer {
  const std::int16_t* weights;  ///< [inputs / 2][outputs][2], aligned to 64 bytes
  const std::int32_t* bias;     ///< [outputs]
  std::size_t inputs;           ///< a multiple of 2
  std::size_t outputs;          ///< a multiple of 64
  float scale;
  std::int16_t low;  ///< smallest and largest output; low = 0 makes a rectifier
  std::int16_t high;
};

/// Scores of following one segment by another and of going on inside one; see `name_labels.h` for the lanes.
struct KernelTransitions {
  std::int16_t to_begin[12][16];   ///< from a segment of type [row] to one of two or more tokens of type [lane]
  std::int16_t to_single[12][16];  ///< … to one of one token; lane 11 is "no name"
  std::int16_t begin_inside[16];
  std::int16_t begin_end[16];
  std::int16_t inside_inside[16];
  std::int16_t inside_end[16];
};

struct Kernels {
  /// sum[0..48) += rows[i][0..48) for each i < count.
  void (*add_scores)(const std::int8_t* const* rows, std::size_t count, std::int16_t* sum);
  /// sum[0..64) = Σ table[rows[i] * 64 ..], for each i < count.
  void (*embed)(const std::int8_t* table, const std::uint32_t* rows, std::size_t count, std::int16_t* sum);
  /// `in` holds `count` rows `in_stride` apart, of which each reads `layer.inputs` numbers; rows may overlap.
  void (*layer)(const KernelLayer& layer, const std::int16_t* in, std::size_t in_stride, std::size_t count,
                std::int16_t* out, std::size_t out_stride);
  /// The best labels of a sentence (Viterbi). `scores` is count rows of 64 of which 48 count; `back` is room for
  /// count * 64 bytes.
  void (*decode)(const KernelTransitions& transitions, const std::int16_t* scores, std::size_t count,
                 std::uint8_t* back, std::uint8_t* labels);
  const char* name;
};

extern const Kernels kKernelsBaseline;
#if defined(__x86_64__)
extern const Kernels kKernelsAvx2;
extern const Kernels kKernelsAvx512;
#endif

/// The fastest that this processor runs.
[[nodiscard]] const Kernels& best_kernels() noexcept;

}  // namespace copydesk::entities
