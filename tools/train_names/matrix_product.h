// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>

namespace copydesk::entities::training {

// Products for layers of 64 outputs or a multiple. A row of inputs is `inputs` numbers long; rows are `stride` apart
// and may overlap (a window sliding over a sentence). Weights are [inputs][outputs].

/// out[row] = bias + in[row] · weights, or added to what `out` holds where `add`; rows of outputs may overlap then.
/// `bias` may be null.
void multiply(const float* in, std::size_t stride, std::size_t rows, const float* weights, std::size_t inputs,
              std::size_t outputs, const float* bias, float* out, std::size_t out_stride, bool add = false);

/// [inputs][outputs] to [outputs][inputs]; with the result, `multiply` carries gradients back through a layer.
void transpose(const float* weights, std::size_t inputs, std::size_t outputs, float* transposed);

/// weight_gradient += inᵀ · out_gradient; bias_gradient += Σ out_gradient
void accumulate_weights(const float* in, std::size_t stride, std::size_t rows, const float* out_gradient,
                        std::size_t inputs, std::size_t outputs, float* weight_gradient, float* bias_gradient);

}  // namespace copydesk::entities::training
