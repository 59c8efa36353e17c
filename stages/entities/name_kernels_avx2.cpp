// SPDX-License-Identifier: Apache-2.0
#define KERNELS_NAME kKernelsAvx2
#define KERNELS_LABEL "avx2"
#include "stages/entities/name_kernels.inc"
