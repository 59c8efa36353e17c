// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live_page/figures_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace copydesk::live_page {

namespace {

std::string number_or_null(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "null";
}

}  // namespace

void FiguresHistory::add(const observe::Metrics::Figures& figures, std::int64_t at) {
  while (latencies_.size() > 1 && at - latencies_.front().at > kQuantilesOver.count()) latencies_.pop_front();
  static const observe::HistogramBuckets nothing;
  const observe::HistogramBuckets& before = latencies_.empty() ? nothing : latencies_.front().buckets;
  fine_.push_back({.at = at,
                   .published = figures.published,
                   .words = figures.words,
                   .dead_letters = figures.dead_letters,
                   .lag = figures.lag,
                   .median = observe::histogram_quantile(0.5, figures.end_to_end, before),
                   .most = observe::histogram_quantile(0.95, figures.end_to_end, before)});
  latencies_.push_back({at, figures.end_to_end});
  if (fine_.size() <= kFine) return;
  Sample old = fine_.front();
  fine_.pop_front();
  highest_lag_ = std::max(highest_lag_, old.lag);
  if (!coarse_.empty() && old.at - coarse_.back().at < kCoarseStep.count()) return;
  old.lag = std::exchange(highest_lag_, 0);
  coarse_.push_back(old);
  if (coarse_.size() > kCoarse) coarse_.pop_front();
}

void FiguresHistory::append_json(std::string& text, const Sample& sample) {
  fmt::format_to(std::back_inserter(text), "[{},{},{},{},{},{},{}]", sample.at, sample.published, sample.words,
                 sample.dead_letters, sample.lag, number_or_null(sample.median), number_or_null(sample.most));
}

std::string FiguresHistory::newest() const {
  if (fine_.empty()) return "null";
  std::string text;
  append_json(text, fine_.back());
  return text;
}

std::string FiguresHistory::json() const {
  std::string text = "[";
  for (const auto* samples : {&coarse_, &fine_}) {
    for (const Sample& sample : *samples) {
      if (text.size() > 1) text += ',';
      append_json(text, sample);
    }
  }
  text += ']';
  return text;
}

}  // namespace copydesk::live_page
