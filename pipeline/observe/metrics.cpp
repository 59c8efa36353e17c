// SPDX-License-Identifier: Apache-2.0
#include "pipeline/observe/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>

#include "pipeline/observe/process_usage.h"
#include "stages/encode/json_writer.h"

namespace copydesk::observe {

namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

/// Seconds. A stage takes micro- to milliseconds; an article's way through the broker, milliseconds to seconds
/// (the upper part is that of OpenTelemetry's messaging conventions).
const Histogram::BucketBoundaries kStageBuckets{1e-5, 2.5e-5, 5e-5,   1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3,
                                                5e-3, 1e-2,   2.5e-2, 5e-2, 0.1,    0.25, 0.5,  1};
const Histogram::BucketBoundaries kLatencyBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5,
                                                  0.75,  1,      2.5,   5,    7.5,   10,   30,    60,  300};
constexpr std::array<std::string_view, 3> kQuoteTypes{"direct", "indirect", "mixed"};
/// With which brokers refuse a record and take the next: a limit of the topic (size, key, time) or a plug-in's rule.
constexpr std::array<std::string_view, 4> kRefusalCodes{"MSG_SIZE_TOO_LARGE", "INVALID_RECORD", "INVALID_TIMESTAMP",
                                                        "POLICY_VIOLATION"};
constexpr std::array<std::string_view, 2> kFrameFormats{"confluent", "glue"};  // by PayloadFrame, without kNone

/// What another program calls an error, as a label: words of any kind would make series without bound.
std::string code_label(std::string_view code) {
  if (code.ends_with('?')) code.remove_suffix(1);  // librdkafka's "ERR_131?" for an error newer than itself
  const bool is_code = !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-';
  });
  return is_code ? std::string(code) : "UNKNOWN";
}

}  // namespace

struct Metrics::Series {
  prometheus::Registry registry;

  Family<Counter>& counter(const char* name, const char* help) {
    return BuildCounter().Name(name).Help(help).Register(registry);
  }
  Family<Gauge>& gauge(const char* name, const char* help) {
    return BuildGauge().Name(name).Help(help).Register(registry);
  }
  Family<Histogram>& histogram(const char* name, const char* help) {
    return BuildHistogram().Name(name).Help(help).Register(registry);
  }

  Family<Counter>& consumed = counter("copydesk_records_consumed_total", "Records read from the input topic");
  Family<Counter>& published =
      counter("copydesk_records_published_total", "Records of the output topic that the broker acknowledged");
  Family<Counter>& dead_lettered =
      counter("copydesk_records_dead_lettered_total", "Records that went to the dead-letter topic, by reason");
  Family<Counter>& expired =
      counter("copydesk_records_expired_total",
              "Records of the input that retention had deleted before this worker could read them");
  Family<Counter>& refused = counter("copydesk_records_refused_total",
                                     "Records that the broker refused one by one, by topic and Kafka error code; each "
                                     "became a dead letter, or was sent in another form");
  Counter& bytes_consumed = counter("copydesk_bytes_consumed_total", "Bytes of the values read, uncompressed").Add({});
  Counter& bytes_published =
      counter("copydesk_bytes_published_total", "Bytes of the values published, uncompressed").Add({});
  Counter& words = counter("copydesk_words_total", "Words of the articles published").Add({});
  Family<Counter>& entities = counter("copydesk_entities_total", "Entities of the articles published, by type");
  Family<Counter>& quotes = counter("copydesk_quotes_total", "Quotes of the articles published, by type");
  Family<Counter>& frames =
      counter("copydesk_frames_removed_total",
              "Articles published from whose value the frame of a schema registry was taken off, by its format");
  Family<Histogram>& stage = histogram("copydesk_stage_duration_seconds", "Time of one stage on one article");
  Histogram& article_latency =
      histogram("copydesk_article_latency_seconds", "From the arrival of an article to the broker's acknowledgement")
          .Add({}, kLatencyBuckets);
  Histogram& end_to_end = histogram("copydesk_end_to_end_latency_seconds",
                                    "From the timestamp of the input record to the broker's acknowledgement")
                              .Add({}, kLatencyBuckets);
  Gauge& inflight_records = gauge("copydesk_inflight_records", "Articles taken in and not yet finished").Add({});
  Gauge& inflight_bytes = gauge("copydesk_inflight_bytes", "Bytes of those articles and their outputs").Add({});
  Gauge& busy =
      gauge("copydesk_executor_busy_ratio", "Share of the executor's threads that ran stages, 0 to 1").Add({});
  Family<Gauge>& lag =
      gauge("copydesk_consumer_lag", "Articles of the partition that can still come: neither committed nor skipped");
  Gauge& assigned = gauge("copydesk_assigned_partitions", "Input partitions that this worker holds").Add({});
  Family<Counter>& rebalances = counter("copydesk_rebalances_total", "Changes of the assignment, by type");
  Histogram& revoke_drain =
      histogram("copydesk_revoke_drain_seconds", "Time to finish the articles of revoked partitions")
          .Add({}, kLatencyBuckets);
  Gauge& paused = gauge("copydesk_input_paused", "1 while the input waits for the output").Add({});
  Family<Counter>& commit_failures = counter("copydesk_commit_failures_total", "Failed commits, by Kafka error code");
  Family<Counter>& delivery_failures =
      counter("copydesk_delivery_failures_total", "Failed deliveries, by Kafka error code");
  Family<Gauge>& build = gauge("copydesk_build_info", "Always 1; the labels say what runs");

  std::array<Histogram*, engine::ArticleGraph::kSize> stages{};
  std::array<Counter*, kEntityTypeNames.size()> entity_types{};
  std::array<Counter*, kQuoteTypes.size()> quote_types{};
  std::array<Counter*, kFrameFormats.size()> frame_formats{};
  std::mutex mutex;
  std::map<engine::TopicPartition, Gauge*> partitions;
  const double started = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();

  [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const;
};

/// The registry's series, and those of the process under the names that every client library of Prometheus has.
std::vector<prometheus::MetricFamily> Metrics::Series::collect() const {
  std::vector<prometheus::MetricFamily> families = registry.Collect();
  const ProcessUsage usage = process_usage();
  const auto add = [&](const char* name, const char* help, prometheus::MetricType type, double value) {
    prometheus::ClientMetric metric;
    (type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    families.push_back({name, help, type, {std::move(metric)}});
  };
  add("process_cpu_seconds_total", "User and system time of all threads", prometheus::MetricType::Counter,
      usage.cpu_seconds);
  add("process_resident_memory_bytes", "Memory in RAM", prometheus::MetricType::Gauge, usage.resident_bytes);
  add("process_start_time_seconds", "Unix time of the start", prometheus::MetricType::Gauge, started);
  return families;
}

Metrics::Metrics(std::string_view version, std::string_view librdkafka_version) : series_(std::make_unique<Series>()) {
  Series& s = *series_;
  for (std::size_t i = 0; i < s.stages.size(); ++i) {
    s.stages[i] = &s.stage.Add({{"stage", std::string(engine::ArticleGraph::kNames[i])}}, kStageBuckets);
  }
  for (std::size_t i = 0; i < s.entity_types.size(); ++i) {
    if (is_name(static_cast<EntityType>(i))) {
      s.entity_types[i] = &s.entities.Add({{"type", std::string(kEntityTypeNames[i])}});
    }
  }
  for (std::size_t i = 0; i < kQuoteTypes.size(); ++i) {
    s.quote_types[i] = &s.quotes.Add({{"type", std::string(kQuoteTypes[i])}});
  }
  for (std::size_t i = 0; i < kFrameFormats.size(); ++i) {
    s.frame_formats[i] = &s.frames.Add({{"format", std::string(kFrameFormats[i])}});
  }
  // Series exist from the start, so that a rate over them is defined before the first event, and sees it.
  for (const char* type : {"assign", "revoke", "lost"}) s.rebalances.Add({{"type", type}});
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    s.dead_lettered.Add({{"reason", std::string(reason(static_cast<ErrorCode>(code)))}});
  }
  s.delivery_failures.Add({{"code", "MSG_SIZE_TOO_LARGE"}});
  // Those of a group that has gone on; others come with their first event.
  for (const char* code : {"ILLEGAL_GENERATION", "REBALANCE_IN_PROGRESS", "UNKNOWN_MEMBER_ID"}) {
    s.commit_failures.Add({{"code", code}});
  }
  s.build.Add({{"version", std::string(version)}, {"librdkafka", std::string(librdkafka_version)}}).Set(1);
}

Metrics::~Metrics() = default;

void Metrics::stage_ran(const engine::StageRun& run) noexcept {
  series_->stages[run.stage]->Observe(std::chrono::duration<double>(run.end - run.begin).count());
}
void Metrics::expect_topics(std::string_view input, std::string_view output, std::string_view dead_letters) {
  series_->consumed.Add({{"topic", std::string(input)}});
  series_->expired.Add({{"topic", std::string(input)}});
  series_->published.Add({{"topic", std::string(output)}});
  for (const std::string_view topic : {output, dead_letters}) {
    for (const std::string_view code : kRefusalCodes) {
      series_->refused.Add({{"topic", std::string(topic)}, {"code", std::string(code)}});
    }
  }
}
void Metrics::consumed(std::string_view topic, std::size_t bytes) {
  series_->consumed.Add({{"topic", std::string(topic)}}).Increment();
  series_->bytes_consumed.Increment(static_cast<double>(bytes));
}
void Metrics::published(std::string_view topic, std::size_t bytes, const encode::ArticleCounts& counts) {
  Series& s = *series_;
  s.published.Add({{"topic", std::string(topic)}}).Increment();
  s.bytes_published.Increment(static_cast<double>(bytes));
  s.words.Increment(static_cast<double>(counts.words));
  for (std::size_t i = 0; i < counts.entities.size(); ++i) {
    if (counts.entities[i] != 0 && s.entity_types[i] != nullptr) s.entity_types[i]->Increment(counts.entities[i]);
  }
  for (std::size_t i = 0; i < counts.quotes.size(); ++i) {
    if (counts.quotes[i] != 0) s.quote_types[i]->Increment(counts.quotes[i]);
  }
  if (counts.frame != parse::PayloadFrame::kNone)
    s.frame_formats[static_cast<std::size_t>(counts.frame) - 1]->Increment();
}
void Metrics::dead_lettered(std::string_view reason) {
  series_->dead_lettered.Add({{"reason", std::string(reason)}}).Increment();
}
void Metrics::expired(std::string_view topic, std::uint64_t records) {
  series_->expired.Add({{"topic", std::string(topic)}}).Increment(static_cast<double>(records));
}
void Metrics::refused(std::string_view topic, std::string_view code) {
  series_->refused.Add({{"topic", std::string(topic)}, {"code", code_label(code)}}).Increment();
}
void Metrics::latency(double article_seconds, double end_to_end_seconds) {
  series_->article_latency.Observe(article_seconds);
  if (end_to_end_seconds >= 0) series_->end_to_end.Observe(end_to_end_seconds);
}
void Metrics::inflight(std::size_t records, std::size_t bytes) {
  series_->inflight_records.Set(static_cast<double>(records));
  series_->inflight_bytes.Set(static_cast<double>(bytes));
}
void Metrics::busy_ratio(double ratio) {
  series_->busy.Set(ratio);
}
void Metrics::lag(const engine::TopicPartition& partition, std::int64_t records) {
  const std::lock_guard lock(series_->mutex);
  Gauge*& gauge = series_->partitions[partition];
  if (gauge == nullptr) {
    gauge = &series_->lag.Add({{"topic", partition.topic}, {"partition", std::to_string(partition.partition)}});
  }
  gauge->Set(static_cast<double>(records));
}
void Metrics::forget(const engine::TopicPartition& partition) {
  const std::lock_guard lock(series_->mutex);
  const auto found = series_->partitions.find(partition);
  if (found == series_->partitions.end()) return;
  series_->lag.Remove(found->second);
  series_->partitions.erase(found);
}
void Metrics::assigned_partitions(std::size_t count) {
  series_->assigned.Set(static_cast<double>(count));
}
void Metrics::rebalance(std::string_view type) {
  series_->rebalances.Add({{"type", std::string(type)}}).Increment();
}
void Metrics::revoke_drain(double seconds) {
  series_->revoke_drain.Observe(seconds);
}
void Metrics::input_paused(bool paused) {
  series_->paused.Set(paused ? 1 : 0);
}
void Metrics::commit_failed(std::string_view code) {
  series_->commit_failures.Add({{"code", code_label(code)}}).Increment();
}
void Metrics::delivery_failed(std::string_view code) {
  series_->delivery_failures.Add({{"code", code_label(code)}}).Increment();
}

std::string Metrics::scrape() const {
  return prometheus::TextSerializer().Serialize(series_->collect());
}

Metrics::Figures Metrics::figures() const {
  Figures figures;
  encode::JsonWriter json;
  json.start(16 * 1024);
  const auto separate = [&json](bool& first) {
    if (!first) json.raw(',');
    first = false;
  };
  const auto bound = [&json](double value) {
    if (std::isfinite(value)) {
      json.number(value);
    } else {
      json.raw("null");
    }
  };
  json.raw('{');
  bool first_family = true;
  for (const prometheus::MetricFamily& family : series_->collect()) {
    separate(first_family);
    json.string(family.name);
    json.raw(":[");
    bool first_metric = true;
    for (const prometheus::ClientMetric& metric : family.metric) {
      separate(first_metric);
      json.raw(R"({"labels":{)");
      bool first_label = true;
      for (const auto& label : metric.label) {
        separate(first_label);
        json.string(label.name);
        json.raw(':');
        json.string(label.value);
      }
      json.raw('}');
      if (family.type == prometheus::MetricType::Histogram) {
        json.raw(R"(,"count":)");
        json.number(metric.histogram.sample_count);
        json.raw(R"(,"sum":)");
        json.number(metric.histogram.sample_sum);
        json.raw(R"(,"buckets":[)");
        bool first_bucket = true;
        const bool end_to_end = family.name == "copydesk_end_to_end_latency_seconds";
        for (const auto& bucket : metric.histogram.bucket) {
          if (end_to_end) figures.end_to_end.emplace_back(bucket.upper_bound, bucket.cumulative_count);
          separate(first_bucket);
          json.raw('[');
          bound(bucket.upper_bound);
          json.raw(',');
          json.number(bucket.cumulative_count);
          json.raw(']');
        }
        json.raw(']');
      } else {
        const double value = family.type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value;
        if (family.name == "copydesk_records_published_total") figures.published += value;
        if (family.name == "copydesk_words_total") figures.words += value;
        if (family.name == "copydesk_records_dead_lettered_total") figures.dead_letters += value;
        if (family.name == "copydesk_consumer_lag") figures.lag += value;
        json.raw(R"(,"value":)");
        bound(value);
      }
      json.raw('}');
    }
    json.raw(']');
  }
  json.raw('}');
  figures.json = json.str();
  return figures;
}

}  // namespace copydesk::observe
