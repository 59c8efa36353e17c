// SPDX-License-Identifier: Apache-2.0
#define KERNELS_NAME kKernelsBaseline
#define KERNELS_LABEL "baseline"
#include "stages/entities/name_kernels.inc"

namespace copydesk::entities {

const Kernels& best_kernels() noexcept {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vnni")) {
    return kKernelsAvx512;
  }
  if (__builtin_cpu_supports("avx2")) return kKernelsAvx2;
#endif
  return kKernelsBaseline;
}

}  // namespace copydesk::entities
