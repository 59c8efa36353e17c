#pragma once
#include <cstddef>

namespace copydesk::names::training {

// Products for layers of 64 outputs. A row of inputs is `inputs` numbers long; rows are `stride` apart and may overlap
// (a window sliding over a sentence). Weights are [inputs][64].

/// out[row] = bias + in[row] · weights, or added to what `out` holds where `add`.
void multiply(const float* in, std::size_t stride, std::size_t rows, const float* weights, std::size_t inputs,
              const float* bias, float* out, bool add = false);

/// in_gradient[row] += out_gradient[row] · weightsᵀ
void multiply_back(const float* out_gradient, std::size_t rows, const float* weights, std::size_t inputs,
                   float* in_gradient, std::size_t stride);

/// weight_gradient += inᵀ · out_gradient; bias_gradient += Σ out_gradient
void accumulate_weights(const float* in, std::size_t stride, std::size_t rows, const float* out_gradient,
                        std::size_t inputs, float* weight_gradient, float* bias_gradient);

}  // namespace copydesk::names::training
