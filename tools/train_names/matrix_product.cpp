// SPDX-License-Identifier: Apache-2.0
#include "tools/train_names/matrix_product.h"

#include <cstring>

namespace copydesk::entities::training {

namespace {

constexpr std::size_t kBlock = 64;     // outputs at once
constexpr std::size_t kRegisters = 4;  // of 16 floats
using Lanes = float __attribute__((vector_size(64)));

Lanes load(const float* from) {
  Lanes value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
void store(float* to, Lanes value) {
  std::memcpy(to, &value, sizeof value);
}

template <std::size_t kRows>
void multiply_rows(const float* in, std::size_t stride, const float* weights, std::size_t inputs, std::size_t outputs,
                   const float* bias, float* out, std::size_t out_stride, bool add) {
  Lanes sums[kRows][kRegisters];
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t r = 0; r < kRegisters; ++r) {
      sums[row][r] = bias != nullptr ? load(bias + r * 16) : Lanes{};
      if (add) sums[row][r] += load(out + row * out_stride + r * 16);
    }
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    Lanes weight[kRegisters];
    for (std::size_t r = 0; r < kRegisters; ++r) weight[r] = load(weights + i * outputs + r * 16);
    for (std::size_t row = 0; row < kRows; ++row) {
      const float x = in[row * stride + i];
      for (std::size_t r = 0; r < kRegisters; ++r) sums[row][r] += x * weight[r];
    }
  }
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t r = 0; r < kRegisters; ++r) store(out + row * out_stride + r * 16, sums[row][r]);
  }
}

}  // namespace

void multiply(const float* in, std::size_t stride, std::size_t rows, const float* weights, std::size_t inputs,
              std::size_t outputs, const float* bias, float* out, std::size_t out_stride, bool add) {
  for (std::size_t block = 0; block < outputs; block += kBlock) {
    const float* mine = bias != nullptr ? bias + block : nullptr;
    std::size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
      multiply_rows<4>(in + row * stride, stride, weights + block, inputs, outputs, mine,
                       out + row * out_stride + block, out_stride, add);
    }
    for (; row < rows; ++row) {
      multiply_rows<1>(in + row * stride, stride, weights + block, inputs, outputs, mine,
                       out + row * out_stride + block, out_stride, add);
    }
  }
}

void transpose(const float* weights, std::size_t inputs, std::size_t outputs, float* transposed) {
  for (std::size_t i = 0; i < inputs; ++i) {
    for (std::size_t j = 0; j < outputs; ++j) transposed[j * inputs + i] = weights[i * outputs + j];
  }
}

void accumulate_weights(const float* in, std::size_t stride, std::size_t rows, const float* out_gradient,
                        std::size_t inputs, std::size_t outputs, float* weight_gradient, float* bias_gradient) {
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t j = 0; j < outputs; ++j) bias_gradient[j] += out_gradient[row * outputs + j];
  }
  for (std::size_t first = 0; first < inputs; first += 4) {
    for (std::size_t block = 0; block < outputs; block += kBlock) {
      Lanes sums[4][kRegisters];
      for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t r = 0; r < kRegisters; ++r) {
          sums[i][r] = load(weight_gradient + (first + i) * outputs + block + r * 16);
        }
      }
      for (std::size_t row = 0; row < rows; ++row) {
        Lanes gradient[kRegisters];
        for (std::size_t r = 0; r < kRegisters; ++r) gradient[r] = load(out_gradient + row * outputs + block + r * 16);
        for (std::size_t i = 0; i < 4; ++i) {
          const float x = in[row * stride + first + i];
          for (std::size_t r = 0; r < kRegisters; ++r) sums[i][r] += x * gradient[r];
        }
      }
      for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t r = 0; r < kRegisters; ++r) {
          store(weight_gradient + (first + i) * outputs + block + r * 16, sums[i][r]);
        }
      }
    }
  }
}

}  // namespace copydesk::entities::training
