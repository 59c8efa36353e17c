#include "pipeline/http/figures_history.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace copydesk {

namespace {

std::string number_or_null(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "null";
}

}  // namespace

void FiguresHistory::add(const Metrics::Figures& figures, std::int64_t at) {
  while (latencies_.size() > 1 && at - latencies_.front().at > kQuantilesOver.count()) latencies_.pop_front();
  static const HistogramBuckets kNothing;
  const HistogramBuckets& before = latencies_.empty() ? kNothing : latencies_.front().buckets;
  fine_.push_back({at, fmt::format("[{},{},{},{},{},{},{}]", at, figures.published, figures.words, figures.dead_letters,
                                   figures.lag, number_or_null(histogram_quantile(0.5, figures.end_to_end, before)),
                                   number_or_null(histogram_quantile(0.95, figures.end_to_end, before)))});
  latencies_.push_back({at, figures.end_to_end});
  if (fine_.size() <= kFine) return;
  Sample old = std::move(fine_.front());
  fine_.pop_front();
  if (!coarse_.empty() && old.at - coarse_.back().at < kCoarseStep.count()) return;
  coarse_.push_back(std::move(old));
  if (coarse_.size() > kCoarse) coarse_.pop_front();
}

const std::string& FiguresHistory::newest() const noexcept {
  static const std::string kNone = "null";
  return fine_.empty() ? kNone : fine_.back().json;
}

std::string FiguresHistory::json() const {
  std::string text = "[";
  for (const auto* samples : {&coarse_, &fine_}) {
    for (const Sample& sample : *samples) {
      if (text.size() > 1) text += ',';
      text += sample.json;
    }
  }
  text += ']';
  return text;
}

}  // namespace copydesk
