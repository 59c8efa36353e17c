// SPDX-License-Identifier: Apache-2.0
#include "pipeline/terminal/worker_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <unordered_map>
#include <vector>

#include "pipeline/terminal/exposition.h"

namespace copydesk::terminal {
namespace {

/// Growth of a counter, which starts at zero again with its process.
double growth(double now, double earlier) {
  return now >= earlier ? now - earlier : now;
}

/// The counters of a WorkerFigures whose rates are shown.
constexpr std::array kCounters{&WorkerFigures::consumed,   &WorkerFigures::published, &WorkerFigures::dead_letters,
                               &WorkerFigures::words,      &WorkerFigures::bytes_in,  &WorkerFigures::bytes_out,
                               &WorkerFigures::cpu_seconds};
/// What is as the last look saw it, `expired` too: it is an accident, not a rate.
constexpr std::array kLatest{&WorkerFigures::expired, &WorkerFigures::inflight, &WorkerFigures::resident_bytes,
                             &WorkerFigures::busy_ratio, &WorkerFigures::assigned_partitions};

/// A part of a histogram: `name` without its ending.
void add_to(Histogram& histogram, std::string_view ending, const MetricSample& sample) {
  if (ending == "_count") histogram.count += sample.value;
  if (ending == "_sum") histogram.sum += sample.value;
  if (ending != "_bucket") return;
  const std::string bound(sample.label("le"));
  histogram.buckets[bound == "+Inf" ? std::numeric_limits<double>::infinity() : std::strtod(bound.c_str(), nullptr)] +=
      sample.value;
}

}  // namespace

void Histogram::add(const Histogram& other) {
  for (const auto& [bound, number] : other.buckets) buckets[bound] += number;
  count += other.count;
  sum += other.sum;
}

Histogram Histogram::since(const Histogram& earlier) const {
  if (count < earlier.count) return *this;
  Histogram difference = *this;
  difference.count -= earlier.count;
  difference.sum -= earlier.sum;
  for (const auto& [bound, number] : earlier.buckets) difference.buckets[bound] -= number;
  return difference;
}

double Histogram::quantile(double share) const {
  if (buckets.empty() || buckets.rbegin()->second <= 0) return -1;
  const double rank = share * buckets.rbegin()->second;
  double lower = 0;
  double below = 0;
  for (const auto& [bound, number] : buckets) {
    if (number >= rank) {
      if (std::isinf(bound) || number <= below) return bound;
      return lower + (bound - lower) * (rank - below) / (number - below);
    }
    lower = bound;
    below = number;
  }
  return lower;
}

void WorkerFigures::add(const WorkerFigures& other) {
  for (const auto member : kCounters) this->*member += other.*member;
  for (const auto member : kLatest) this->*member += other.*member;
  latency.add(other.latency);
  for (const auto& [stage, histogram] : other.stages) stages[stage].add(histogram);
  // Two workers tell of one partition for a moment when it moves from one to the other.
  for (const auto& [partition, records] : other.lag) {
    double& known = lag[partition];
    known = std::max(known, records);
  }
  paused = paused || other.paused;
}

double WorkerFigures::total_lag() const {
  double total = 0;
  for (const auto& [partition, records] : lag) total += records;
  return total;
}

Result<WorkerFigures> read_figures(std::string_view exposition) {
  const auto samples = read_exposition(exposition);
  if (!samples) return samples.error();
  WorkerFigures figures;
  bool is_worker = false;
  static const std::unordered_map<std::string_view, double WorkerFigures::*> sums{
      {"copydesk_records_consumed_total", &WorkerFigures::consumed},
      {"copydesk_records_published_total", &WorkerFigures::published},
      {"copydesk_records_dead_lettered_total", &WorkerFigures::dead_letters},
      {"copydesk_records_expired_total", &WorkerFigures::expired},
      {"copydesk_words_total", &WorkerFigures::words},
      {"copydesk_bytes_consumed_total", &WorkerFigures::bytes_in},
      {"copydesk_bytes_published_total", &WorkerFigures::bytes_out},
      {"copydesk_inflight_records", &WorkerFigures::inflight},
      {"copydesk_executor_busy_ratio", &WorkerFigures::busy_ratio},
      {"copydesk_assigned_partitions", &WorkerFigures::assigned_partitions},
      {"process_cpu_seconds_total", &WorkerFigures::cpu_seconds},
      {"process_resident_memory_bytes", &WorkerFigures::resident_bytes}};
  constexpr std::string_view kLatency = "copydesk_end_to_end_latency_seconds";
  constexpr std::string_view kStage = "copydesk_stage_duration_seconds";
  for (const MetricSample& sample : *samples) {
    const std::string_view name = sample.name;
    if (const auto sum = sums.find(name); sum != sums.end()) {
      figures.*(sum->second) += sample.value;
    } else if (name == "copydesk_input_paused") {
      figures.paused = sample.value > 0;
    } else if (name == "copydesk_consumer_lag") {
      const std::string partition(sample.label("partition"));
      figures.lag[{std::string(sample.label("topic")), std::atoi(partition.c_str())}] = sample.value;
    } else if (name == "copydesk_build_info") {
      is_worker = true;
      figures.version = sample.label("version");
    } else if (name.starts_with(kLatency)) {
      add_to(figures.latency, name.substr(kLatency.size()), sample);
    } else if (name.starts_with(kStage)) {
      add_to(figures.stages[std::string(sample.label("stage"))], name.substr(kStage.size()), sample);
    }
  }
  if (!is_worker) return Error{ErrorCode::kMissingField, "these are not the metrics of a Copydesk worker"};
  return figures;
}

void WorkerHistory::add(Clock::time_point when, WorkerFigures figures) {
  looks_.emplace_back(when, std::move(figures));
  while (looks_.size() > 2 && looks_[1].first + kWindow <= when) looks_.pop_front();
}

WorkerRates WorkerHistory::rates() const {
  const auto& [begin, earlier] = looks_.front();
  const auto& [end, now] = looks_.back();
  WorkerRates rates{.per_second = now, .seconds = std::chrono::duration<double>(end - begin).count()};
  for (const auto member : kCounters) {
    rates.per_second.*member = rates.seconds > 0 ? growth(now.*member, earlier.*member) / rates.seconds : 0;
  }
  rates.per_second.latency = now.latency.since(earlier.latency);
  for (auto& [stage, histogram] : rates.per_second.stages) {
    const auto before = earlier.stages.find(stage);
    if (before != earlier.stages.end()) histogram = now.stages.find(stage)->second.since(before->second);
  }
  return rates;
}

}  // namespace copydesk::terminal
