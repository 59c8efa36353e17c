// SPDX-License-Identifier: Apache-2.0
// Series that alerts and autoscalers ask for: level, metric and what was done to it, as Prometheus recommends.
local rules = [
  ['job:copydesk_workers:count', 'count by (job) (copydesk_build_info{%(selector)s})'],
  ['job_topic:copydesk_records_consumed:rate5m', 'sum by (job, topic) (rate(copydesk_records_consumed_total{%(selector)s}[5m]))'],
  ['job:copydesk_records_consumed:rate5m', 'sum by (job) (rate(copydesk_records_consumed_total{%(selector)s}[5m]))'],
  ['job:copydesk_records_published:rate5m', 'sum by (job) (rate(copydesk_records_published_total{%(selector)s}[5m]))'],
  ['job_reason:copydesk_records_dead_lettered:rate5m', 'sum by (job, reason) (rate(copydesk_records_dead_lettered_total{%(selector)s}[5m]))'],
  // Published or dead-lettered: what the backlog shrinks by.
  ['job:copydesk_records_finished:rate5m', 'job:copydesk_records_published:rate5m + on (job) sum by (job) (job_reason:copydesk_records_dead_lettered:rate5m)'],
  ['job_topic:copydesk_consumer_lag:sum', 'sum by (job, topic) (copydesk_consumer_lag{%(selector)s})'],
  // Seconds to work off the backlog at the present rate, as if nothing more came in; +Inf where nothing moves.
  ['job:copydesk_catch_up_seconds:ratio', 'sum by (job) (job_topic:copydesk_consumer_lag:sum > 0) / on (job) job:copydesk_records_finished:rate5m'],
  ['job:copydesk_executor_busy_ratio:avg', 'avg by (job) (copydesk_executor_busy_ratio{%(selector)s})'],
  ['job_stage:copydesk_stage_duration_seconds_sum:rate5m', 'sum by (job, stage) (rate(copydesk_stage_duration_seconds_sum{%(selector)s}[5m]))'],
  ['job:copydesk_end_to_end_latency_seconds:p95_5m', 'histogram_quantile(0.95, sum by (job, le) (rate(copydesk_end_to_end_latency_seconds_bucket{%(selector)s}[5m])))'],
];
{
  prometheusRules+:: {
    groups+: [{
      name: 'copydesk.rules',
      rules: [{ record: rule[0], expr: rule[1] % $._config } for rule in rules],
    }],
  },
}
