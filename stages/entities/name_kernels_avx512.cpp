// SPDX-License-Identifier: Apache-2.0
#define KERNELS_NAME kKernelsAvx512
#define KERNELS_LABEL "avx512"
#include "stages/entities/name_kernels.inc"
