// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/memory_trend.h"

namespace copydesk::chaos {

void MemoryTrend::Life::add(double hours, double mebibytes) {
  if (count_ == 0) first_ = hours;
  last_ = hours;
  ++count_;
  const double dt = hours - t_;
  t_ += dt / count_;
  y_ += (mebibytes - y_) / count_;
  tt_ += dt * (hours - t_);
  ty_ += dt * (mebibytes - y_);
}

void MemoryTrend::add(const Life& life) {
  tt += life.tt_;
  ty += life.ty_;
  hours += life.hours();
}

}  // namespace copydesk::chaos
