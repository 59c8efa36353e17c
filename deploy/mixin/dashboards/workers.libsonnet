// SPDX-License-Identifier: Apache-2.0
// The drill-down: which worker, which partition, which stage.
local p = import 'panels.libsonnet';
local t = p.target;
local stage = p.instances + ', stage=~"$stage"';

{
  grafanaDashboards+:: {
    local c = $._config,
    'copydesk-workers.json': p.dashboard(
      c,
      c.dashboardUids.workers,
      'Copydesk / Workers and stages',
      'Each worker of a Copydesk installation, its partitions, and the time that each stage takes.',
      [
        ['Workers', [
          p.table('Workers', 'What each worker runs and does now.', [
            ['Version', 'short', 'max by (instance, version, librdkafka) (copydesk_build_info{%s})' % p.instances],
            ['Partitions', 'short', 'max by (instance) (copydesk_assigned_partitions{%s})' % p.instances],
            ['Articles/s', 'short', 'sum by (instance) (rate(copydesk_records_published_total{%s}[$__rate_interval]))' % p.instances],
            ['Waiting', 'short', 'sum by (instance) (copydesk_consumer_lag{%s})' % p.topics],
            ['In flight', 'short', 'max by (instance) (copydesk_inflight_records{%s})' % p.instances],
            ['Busy', 'percentunit', 'max by (instance) (copydesk_executor_busy_ratio{%s})' % p.instances],
            ['Cores', 'short', 'sum by (instance) (rate(process_cpu_seconds_total{%s}[$__rate_interval]))' % p.instances],
            ['Memory', 'bytes', 'max by (instance) (process_resident_memory_bytes{%s})' % p.instances],
            ['Started', 'dateTimeFromNow', 'max by (instance) (process_start_time_seconds{%s}) * 1000' % p.instances],
            ['Latency 95 %', 's', 'histogram_quantile(0.95, sum by (instance, le) (rate(copydesk_article_latency_seconds_bucket{%s}[$__rate_interval])))' % p.instances],
          ]),
          p.lines('Articles per second', 'Records acknowledged, by worker. Workers with as many partitions should be alike.', 'suffix: /s', [
            t('sum by (instance) (rate(copydesk_records_published_total{%s}[$__rate_interval]))' % p.instances, '{{instance}}'),
          ], width=8),
          p.lines('Executor busy', 'Share of a worker\'s threads that run stages.', 'percentunit', [
            t('max by (instance) (copydesk_executor_busy_ratio{%s})' % p.instances, '{{instance}}'),
          ], [[null, 'green'], [c.busyRatio, 'orange']], width=8, max=1),
          p.lines('Latency in the worker, 95 %', 'From the arrival of an article to the acknowledgement, by worker.', 's', [
            t('histogram_quantile(0.95, sum by (instance, le) (rate(copydesk_article_latency_seconds_bucket{%s}[$__rate_interval])))' % p.instances, '{{instance}}'),
          ], width=8),
          p.lines('Articles in flight', 'Taken in and not yet acknowledged, by worker.', 'short', [
            t('max by (instance) (copydesk_inflight_records{%s})' % p.instances, '{{instance}}'),
          ], width=8),
          p.lines('Input paused', 'Share of the time at the limits in flight, by worker.', 'percentunit', [
            t('avg by (instance) (avg_over_time(copydesk_input_paused{%s}[$__rate_interval]))' % p.instances, '{{instance}}'),
          ], [[null, 'green'], [0.8, 'orange']], width=8, max=1),
          p.lines('Dead letters', 'Articles that could not be enriched, by worker. On one worker alone: look at the partitions that it has.', 'suffix: /s', [
            t('sum by (instance) (rate(copydesk_records_dead_lettered_total{%s}[$__rate_interval]))' % p.instances, '{{instance}}'),
          ], width=8),
        ]],
        ['Partitions', [
          p.lines('Articles waiting, by partition', 'Articles that are not yet read and committed. The series of a partition moves with it to its new worker.', 'short', [
            t('max by (topic, partition) (copydesk_consumer_lag{%s})' % p.topics, '{{topic}} / {{partition}}'),
          ]),
          p.lines('Partitions, by worker', 'Input partitions that each worker holds. 0 for long: more workers than partitions, or it cannot join.', 'short', [
            t('max by (instance) (copydesk_assigned_partitions{%s})' % p.instances, '{{instance}}'),
          ]),
        ]],
        ['Stages', [
          p.lines('CPU by stage', 'Seconds that each stage ran per second: on how many cores it kept busy.', 'short', [
            t('sum by (stage) (rate(copydesk_stage_duration_seconds_sum{%s}[$__rate_interval]))' % stage, '{{stage}}'),
          ], stacked=true),
          p.lines('Mean time by stage', 'Time of one stage on one article.', 's', [
            t('sum by (stage) (rate(copydesk_stage_duration_seconds_sum{%s}[$__rate_interval])) / sum by (stage) (rate(copydesk_stage_duration_seconds_count{%s}[$__rate_interval]))' % [stage, stage], '{{stage}}'),
          ]),
          p.lines('95 % by stage', '19 of 20 articles take less than this in the stage.', 's', [
            t('histogram_quantile(0.95, sum by (stage, le) (rate(copydesk_stage_duration_seconds_bucket{%s}[$__rate_interval])))' % stage, '{{stage}}'),
          ], width=8),
          p.lines('Articles by stage', 'Runs of each stage per second. Stages after a refusal do not run.', 'suffix: /s', [
            t('sum by (stage) (rate(copydesk_stage_duration_seconds_count{%s}[$__rate_interval]))' % stage, '{{stage}}'),
          ], width=8),
          p.heatmap('Time of the chosen stages', 'How many articles took how long in the stages chosen above; choose one.',
                    'sum by (le) (increase(copydesk_stage_duration_seconds_bucket{%s}[$__rate_interval]))' % stage, width=8),
        ]],
        ['The group', [
          p.lines('Rebalances, by worker', 'Changes of the assignment: assign, revoke, lost.', 'short', [
            t('sum by (instance, type) (increase(copydesk_rebalances_total{%s}[$__rate_interval]))' % p.instances, '{{instance}} {{type}}'),
          ], width=6),
          p.lines('Drain at revocation, 95 %', 'Time to finish the articles of partitions that were taken away. Past delivery.drain_timeout they are dropped and computed again by the next owner.', 's', [
            t('histogram_quantile(0.95, sum by (le) (rate(copydesk_revoke_drain_seconds_bucket{%s}[$__rate_interval])))' % p.instances, '95 %'),
          ], [[null, 'green'], [c.drainWarning, 'orange']], width=6),
          p.lines('Commits refused, by worker', 'Commits that the broker refused, by Kafka error. Single ones at rebalances are harmless.', 'suffix: /s', [
            t('sum by (instance, code) (rate(copydesk_commit_failures_total{%s}[$__rate_interval]))' % p.instances, '{{instance}} {{code}}'),
          ], width=6),
          p.lines('Deliveries refused, by worker', 'Records refused as too large, by worker. One worker alone: look at the sources of its partitions.', 'suffix: /s', [
            t('sum by (instance, code) (rate(copydesk_delivery_failures_total{%s}[$__rate_interval]))' % p.instances, '{{instance}} {{code}}'),
          ], width=6),
        ]],
      ],
      [p.variable('stage', 'Stage', 'Stage of the pipeline', 'label_values(copydesk_stage_duration_seconds_count{job=~"$job"}, stage)')],
    ),
  },
}
