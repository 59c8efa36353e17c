// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether memory grows: one slope through many processes' lives.

namespace copydesk::chaos {

/// Least squares with one slope and an intercept per life, so that lives of different sizes do not look like growth.
/// What it keeps are sums, so that trends of several runs can be added up.
class MemoryTrend {
 public:
  /// A life's samples, from which it is added when it is over.
  class Life {
   public:
    void add(double hours, double mebibytes);
    [[nodiscard]] double hours() const noexcept { return count_ == 0 ? 0 : last_ - first_; }

   private:
    friend class MemoryTrend;
    double count_ = 0;
    double first_ = 0;
    double last_ = 0;
    double t_ = 0;  // means so far, and sums of products of deviations from them (Welford 1962)
    double y_ = 0;
    double tt_ = 0;
    double ty_ = 0;
  };
  void add(const Life& life);

  /// MiB per hour; 0 where nothing was added.
  [[nodiscard]] double slope() const noexcept { return tt > 0 ? ty / tt : 0; }

  double tt = 0;
  double ty = 0;
  double hours = 0;  ///< the lengths of all lives
};

}  // namespace copydesk::chaos
