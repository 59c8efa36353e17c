// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/top_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "pipeline/terminal/printable.h"

namespace copydesk::terminal {
namespace {

constexpr std::size_t kLeastName = 12;
constexpr std::size_t kMostName = 30;
constexpr double kLastBound = 300;  // of the latency's buckets
constexpr double kSaturated = 0.9;

std::string quantile_text(const Histogram& histogram, double share) {
  const double value = histogram.quantile(share);
  if (value < 0) return "-";
  return std::isinf(value) ? fmt::format(">{:.0f} s", kLastBound) : short_duration(value);
}

std::string bytes_text(double bytes) {
  constexpr double kMega = 1e6;
  return bytes < 1000 * kMega ? fmt::format("{:.0f} MB", bytes / kMega) : fmt::format("{:.1f} GB", bytes / 1e9);
}

/// How long the backlog takes at the present rate.
std::string drain_text(double lag, double rate) {
  if (lag <= 0) return "-";
  return rate > 0 ? short_duration(lag / rate) : "never";
}

std::string partition_name(const std::pair<std::string, int>& partition) {
  return fmt::format("{}/{}", printable(partition.first), partition.second);
}

class Table {
 public:
  Table(const std::vector<TopWorker>& workers, const TopView& view) : workers_(workers), view_(view) {
    std::size_t longest = kLeastName;
    for (const TopWorker& worker : workers_) {
      longest = std::max(longest, columns(worker.name));
      if (!worker.rates) continue;
      ++answering_;
      sum_.add(worker.rates->per_second);
      seconds_ = std::max(seconds_, worker.rates->seconds);
      for (const auto& [partition, lag] : worker.rates->per_second.lag) {
        if (lag > 0) longest = std::max(longest, columns(partition_name(partition)));
      }
    }
    name_width_ = std::min(longest, kMostName);
  }

  std::vector<PaintedLine> draw() && {
    title();
    lines_.emplace_back();
    workers();
    lines_.emplace_back();
    stages();
    partitions();
    if (view_.keys) {
      lines_.emplace_back();
      lines_.push_back({{Paint::kDim, "q quit   up, down: whose stages"}});
    }
    if (lines_.size() > view_.rows) {
      lines_.resize(std::max<std::size_t>(view_.rows, 1) - 1);
      lines_.push_back({{Paint::kDim, "... more than this terminal has lines for"}});
    }
    return std::move(lines_);
  }

 private:
  void title() {
    const bool all = answering_ == workers_.size();
    lines_.push_back({{Paint::kHeadline, "copydesk top"},
                      {all ? Paint::kPlain : Paint::kWarning,
                       fmt::format("   {} of {} workers answer", answering_, workers_.size())},
                      {Paint::kDim, fmt::format("   rates and latency over the last {:.0f} s", seconds_)}});
    if (sum_.expired > 0) {
      lines_.push_back({{Paint::kWarning, fmt::format("{} records were deleted by the input topic's retention before "
                                                      "they were read, since the workers started",
                                                      short_number(sum_.expired))}});
    }
  }

  std::string name(std::string_view text) const { return fitted(printable(text), name_width_, name_width_); }

  void workers() {
    // The most important first: a narrow terminal cuts off the rest.
    lines_.push_back({{Paint::kLabel,
                       fmt::format("{}  {:>10} {:>6} {:>9} {:>8} {:>8} {:>8} {:>6} {:>5} {:>9} {:>5} {:>5} {:>7} {:>7}",
                                   name("WORKER"), "ARTICLES/s", "LAG", "DRAINS IN", "P50", "P95", "P99", "DEAD/s",
                                   "BUSY", "IN FLIGHT", "PARTS", "CORES", "MEMORY", "WORDS/s")}});
    if (answering_ > 0) worker(0, "all", sum_, static_cast<double>(answering_));
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      const TopWorker& one = workers_[i];
      if (one.rates) {
        worker(i + 1, one.name, one.rates->per_second, 1);
      } else {
        lines_.push_back({{Paint::kPlain, name(one.name) + "  "}, {Paint::kWarning, printable(one.error)}});
      }
    }
  }

  void worker(std::size_t number, std::string_view called, const WorkerFigures& now, double of) {
    const double lag = now.total_lag();
    const double busy = now.busy_ratio / of;
    const bool bad = now.dead_letters > 0;
    lines_.push_back({
        {number == selected() ? Paint::kHeadline : Paint::kPlain, name(called)},
        {Paint::kGood, fmt::format("  {:>10}", short_number(now.published))},
        {Paint::kPlain, fmt::format(" {:>6} {:>9} {:>8} {:>8} {:>8}", short_number(lag),
                                    drain_text(lag, now.published + now.dead_letters), quantile_text(now.latency, 0.5),
                                    quantile_text(now.latency, 0.95), quantile_text(now.latency, 0.99))},
        {bad ? Paint::kWarning : Paint::kPlain, fmt::format(" {:>6}", short_number(now.dead_letters))},
        {busy > kSaturated ? Paint::kWarning : Paint::kPlain, fmt::format(" {:>3.0f} %", 100 * busy)},
        {now.paused ? Paint::kWarning : Paint::kPlain,
         fmt::format(" {:>9}", short_number(now.inflight) + (now.paused ? " full" : ""))},
        {Paint::kPlain, fmt::format(" {:>5.0f} {:>5.2f} {:>7} {:>7}", now.assigned_partitions, now.cpu_seconds,
                                    bytes_text(now.resident_bytes), short_number(now.words))},
    });
  }

  [[nodiscard]] std::size_t selected() const { return view_.selected <= workers_.size() ? view_.selected : 0; }

  void stages() {
    const bool one = selected() > 0 && workers_[selected() - 1].rates.has_value();
    const WorkerFigures& of = one ? workers_[selected() - 1].rates->per_second : sum_;
    const double seconds = one ? workers_[selected() - 1].rates->seconds : seconds_;
    std::vector<std::pair<std::string, const Histogram*>> stages;
    double whole = 0;
    for (const auto& [stage, histogram] : of.stages) {
      stages.emplace_back(stage, &histogram);
      whole += histogram.sum;
    }
    if (stages.empty()) return;
    std::stable_sort(stages.begin(), stages.end(),
                     [](const auto& a, const auto& b) { return a.second->sum > b.second->sum; });
    lines_.push_back({{Paint::kLabel, fmt::format("{}  {:>10} {:>9} {:>9} {:>9} {:>6} {:>6}", name("STAGE"),
                                                  "ARTICLES/s", "MEAN", "P95", "P99", "CORES", "SHARE")},
                      {Paint::kDim, "   of " + (one ? printable(workers_[selected() - 1].name) : "all workers")}});
    for (const auto& [stage, histogram] : stages) {
      const bool idle = histogram->count <= 0 || seconds <= 0;
      lines_.push_back(
          {{Paint::kPlain, fmt::format("{}  {:>10} {:>9} {:>9} {:>9} {:>6.2f} {:>4.0f} %", name(stage),
                                       idle ? "0" : short_number(histogram->count / seconds),
                                       idle ? "-" : short_duration(histogram->mean()), quantile_text(*histogram, 0.95),
                                       quantile_text(*histogram, 0.99), idle ? 0 : histogram->sum / seconds,
                                       whole > 0 ? 100 * histogram->sum / whole : 0)}});
    }
  }

  /// Where articles wait, and whose they are.
  void partitions() {
    struct Waiting {
      double lag;
      std::string partition;
      std::string worker;
    };
    std::vector<Waiting> waiting;
    for (const TopWorker& worker : workers_) {
      if (!worker.rates) continue;
      for (const auto& [partition, lag] : worker.rates->per_second.lag) {
        if (lag > 0) waiting.push_back({lag, partition_name(partition), worker.name});
      }
    }
    if (waiting.empty()) return;
    std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) { return a.lag > b.lag; });
    lines_.emplace_back();
    lines_.push_back({{Paint::kLabel, fmt::format("{}  {:>10}  {}", name("PARTITION"), "LAG", "WORKER")}});
    for (std::size_t i = 0; i < std::min(waiting.size(), view_.partitions); ++i) {
      lines_.push_back(
          {{Paint::kPlain, fmt::format("{}  {:>10}  {}", fitted(waiting[i].partition, name_width_, name_width_),
                                       short_number(waiting[i].lag), printable(waiting[i].worker))}});
    }
    if (waiting.size() > view_.partitions) {
      lines_.push_back({{Paint::kDim, fmt::format("and {} more", waiting.size() - view_.partitions)}});
    }
  }

  const std::vector<TopWorker>& workers_;
  const TopView view_;
  WorkerFigures sum_;
  std::size_t answering_ = 0;
  std::size_t name_width_ = kLeastName;
  double seconds_ = 0;
  std::vector<PaintedLine> lines_;
};

}  // namespace

std::string short_number(double value) {
  if (!std::isfinite(value)) return "-";
  if (value == 0) return "0";
  constexpr std::array<std::string_view, 4> kUnits{"", "k", "M", "G"};
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  const bool whole = unit == 0 ? value >= 9.95 : value >= 99.95;
  return fmt::format("{:.{}f}{}", value, whole ? 0 : 1, kUnits.at(unit));
}

std::string short_duration(double seconds) {
  if (!std::isfinite(seconds)) return "-";
  constexpr double kMinute = 60;
  constexpr double kHour = 3600;
  if (seconds < 0.00995) return fmt::format("{:.2f} ms", seconds * 1000);
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < kMinute) return fmt::format("{:.1f} s", seconds);
  if (seconds < kHour) return fmt::format("{:.1f} min", seconds / kMinute);
  return fmt::format("{:.1f} h", seconds / kHour);
}

std::vector<PaintedLine> top_table(const std::vector<TopWorker>& workers, const TopView& view) {
  return Table(workers, view).draw();
}

}  // namespace copydesk::terminal
