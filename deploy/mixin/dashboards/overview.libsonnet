// SPDX-License-Identifier: Apache-2.0
// For the wall and for the first look: is the wire enriched, how late, and what goes wrong.
local p = import 'panels.libsonnet';
local t = p.target;

local finished(window) =
  '(sum(rate(copydesk_records_published_total{%(s)s}[%(w)s])) + sum(rate(copydesk_records_dead_lettered_total{%(s)s}[%(w)s])))' % { s: p.instances, w: window };
local catch_up = 'sum(copydesk_consumer_lag{%s}) / clamp_min(%s, 0.001)' % [p.topics, finished('5m')];

{
  grafanaDashboards+:: {
    local c = $._config,
    'copydesk-overview.json': p.dashboard(
      c,
      c.dashboardUids.overview,
      'Copydesk / Overview',
      'Throughput, lag, latency, errors and saturation of all workers of a Copydesk installation.',
      [
        ['Now', [
          p.stat('Articles per second', 'Enriched records that the broker acknowledged, all workers together.', 'suffix: /s',
                 'sum(rate(copydesk_records_published_total{%s}[$__rate_interval]))' % p.instances, decimals=1),
          p.stat('Articles waiting', 'Articles of the input that are not yet read and committed. A few seconds of traffic are normal.', 'short',
                 'sum(copydesk_consumer_lag{%s})' % p.topics, decimals=0),
          p.stat('Time to catch up', 'What waits, divided by what is finished a second: the age of the backlog. The alerts CopydeskBacklog and CopydeskBacklogLong fire at the thresholds.', 's',
                 catch_up, [[null, 'green'], [c.catchUpWarning, 'orange'], [c.catchUpCritical, 'red']]),
          p.stat('Latency, 95 %', 'From the timestamp of the input record to the acknowledgement of its output: 19 of 20 articles are faster.', 's',
                 'histogram_quantile(0.95, sum by (le) (rate(copydesk_end_to_end_latency_seconds_bucket{%s}[$__rate_interval])))' % p.instances,
                 [[null, 'green'], [c.latencyWarning / 6, 'orange'], [c.latencyWarning, 'red']]),
          p.stat('Dead letters', 'Share of the articles read in the last 15 minutes that could not be enriched.', 'percentunit',
                 'sum(rate(copydesk_records_dead_lettered_total{%s}[15m])) / clamp_min(sum(rate(copydesk_records_consumed_total{%s}[15m])), 0.001)' % [p.instances, p.topics],
                 [[null, 'green'], [c.deadLetterShare / 2, 'orange'], [c.deadLetterShare, 'red']], decimals=2),
          p.stat('Workers', 'Workers that Prometheus reaches.', 'short',
                 'count(copydesk_build_info{%s})' % p.instances, [[null, 'red'], [1, 'green']], decimals=0),
        ]],
        ['Throughput', [
          p.lines('Articles in and out', 'Articles read from the input topic, and records acknowledged on the output topic. They differ by dead letters, and while what is in flight grows.', 'suffix: /s', [
            t('sum by (topic) (rate(copydesk_records_consumed_total{%s}[$__rate_interval]))' % p.topics, 'in: {{topic}}'),
            t('sum by (topic) (rate(copydesk_records_published_total{%s}[$__rate_interval]))' % p.instances, 'out: {{topic}}'),
          ]),
          p.lines('Words per second', 'Words of the articles published: a fairer measure of work than articles.', 'suffix: words/s', [
            t('sum(rate(copydesk_words_total{%s}[$__rate_interval]))' % p.instances, 'words'),
          ], width=6),
          p.lines('Bytes in and out', 'Values read and published, uncompressed. What the topics store is smaller by the compression.', 'Bps', [
            t('sum(rate(copydesk_bytes_consumed_total{%s}[$__rate_interval]))' % p.instances, 'in'),
            t('sum(rate(copydesk_bytes_published_total{%s}[$__rate_interval]))' % p.instances, 'out'),
          ], width=6),
        ]],
        ['Waiting', [
          p.lines('Articles waiting', 'Articles that are not yet read and committed, by topic. Growing for minutes: too few workers, or a stuck partition.', 'short', [
            t('sum by (topic) (copydesk_consumer_lag{%s})' % p.topics, '{{topic}}'),
          ], width=8),
          p.lines('Time to catch up', 'What waits, divided by what is finished a second.', 's', [
            t(catch_up, 'time to catch up'),
          ], [[null, 'green'], [c.catchUpWarning, 'orange'], [c.catchUpCritical, 'red']], width=8),
          p.lines('Fullest partitions', 'The ten partitions with the most articles waiting. One far above the others is hot, or stuck.', 'short', [
            t('topk(10, max by (topic, partition) (copydesk_consumer_lag{%s}))' % p.topics, '{{topic}} / {{partition}}'),
          ], width=8),
        ]],
        ['Latency', [
          p.heatmap('Latency, broker to broker', 'How many articles took how long from the timestamp of the input record to the acknowledgement of the output; includes the wait in the input topic.',
                    'sum by (le) (increase(copydesk_end_to_end_latency_seconds_bucket{%s}[$__rate_interval]))' % p.instances),
          p.lines('Latency, broker to broker', 'From the timestamp of the input record to the acknowledgement of its output.', 's',
                  p.quantiles('copydesk_end_to_end_latency_seconds', p.instances), [[null, 'green'], [c.latencyWarning, 'red']], width=6),
          p.lines('Latency in the worker', 'From the arrival in the worker to the acknowledgement. High here: the worker or the output is slow. Low here and high beside: articles wait in the input topic.', 's',
                  p.quantiles('copydesk_article_latency_seconds', p.instances), width=6),
        ]],
        ['What is found', [
          p.lines('Entities per article', 'People, organisations, places, … of an article; each counts once. A sudden drop is a change in the sources or a fault.', 'short', [
            t('sum by (type) (rate(copydesk_entities_total{%s}[$__rate_interval])) / on () group_left () sum(rate(copydesk_records_published_total{%s}[$__rate_interval]))' % [p.instances, p.instances], '{{type}}'),
          ]),
          p.lines('Quotes per article', 'Direct, indirect and mixed quotes of an article.', 'short', [
            t('sum by (type) (rate(copydesk_quotes_total{%s}[$__rate_interval])) / on () group_left () sum(rate(copydesk_records_published_total{%s}[$__rate_interval]))' % [p.instances, p.instances], '{{type}}'),
          ]),
        ]],
        ['Errors', [
          p.lines('Dead letters by reason', 'Articles that could not be enriched. docs/dead-letters.md says what each reason means and what to do.', 'suffix: /s', [
            t('sum by (reason) (rate(copydesk_records_dead_lettered_total{%s}[$__rate_interval])) > 0 or on () label_replace(sum(rate(copydesk_records_dead_lettered_total{%s}[$__rate_interval])), "reason", "none", "", "")' % [p.instances, p.instances], '{{reason}}'),
          ], width=6),
          p.lines('Deliveries refused', 'Refusals by Kafka error, by the broker or by the producer before it: of records that were sent alone. Their articles become dead letters, or go in another form.', 'suffix: /s', [
            t('sum by (code) (rate(copydesk_delivery_failures_total{%s}[$__rate_interval]))' % p.instances, '{{code}}'),
          ], width=6),
          p.lines('Articles expired', 'Articles that the input topic\'s retention deleted before a worker could read them: they were never enriched. There should be none.', 'short', [
            t('sum by (topic) (increase(copydesk_records_expired_total{%s}[$__rate_interval]))' % p.topics, '{{topic}}'),
          ], [[null, 'green'], [1, 'red']], width=6),
          p.lines('Records refused', 'Records that the output or the dead-letter topic refused one by one, by Kafka error. Each became a dead letter, or was sent in another form.', 'suffix: /s', [
            t('sum by (topic, code) (rate(copydesk_records_refused_total{%s}[$__rate_interval])) > 0 or on () label_replace(label_replace(sum(rate(copydesk_records_refused_total{%s}[$__rate_interval])), "topic", "none", "", ""), "code", "", "", "")' % [p.instances, p.instances], '{{topic}} {{code}}'),
          ], width=6),
          p.lines('Frames removed', 'Articles that came in a schema registry\'s frame, which was taken off, by its format: confluent or glue.', 'suffix: /s', [
            t('sum by (format) (rate(copydesk_frames_removed_total{%s}[$__rate_interval]))' % p.instances, '{{format}}'),
          ], width=6),
          p.lines('Commits refused', 'By Kafka error. Single ones at rebalances are harmless.', 'suffix: /s', [
            t('sum by (code) (rate(copydesk_commit_failures_total{%s}[$__rate_interval]))' % p.instances, '{{code}}'),
          ], width=6),
          p.lines('Rebalances', 'Changes of the assignment. Without deployments there should be none; lost means that the group went on without a worker.', 'short', [
            t('sum by (type) (increase(copydesk_rebalances_total{%s}[$__rate_interval]))' % p.instances, '{{type}}'),
          ], width=6),
        ]],
        ['Saturation', [
          p.lines('Executor busy', 'Share of the threads that run stages. Near 100 % with a growing lag: add workers or cores.', 'percentunit', [
            t('avg by (instance) (copydesk_executor_busy_ratio{%s})' % p.instances, '{{instance}}'),
          ], [[null, 'green'], [c.busyRatio, 'orange']], width=6, max=1),
          p.lines('Articles in flight', 'Taken in and not yet acknowledged. At limits.inflight_records the input waits.', 'short', [
            t('sum by (instance) (copydesk_inflight_records{%s})' % p.instances, '{{instance}}'),
          ], width=6),
          p.lines('Bytes in flight', 'Bytes of those articles and of their outputs. At limits.inflight_bytes the input waits.', 'bytes', [
            t('sum by (instance) (copydesk_inflight_bytes{%s})' % p.instances, '{{instance}}'),
          ], width=6),
          p.lines('Input paused', 'Share of the time that a worker waited for its limits in flight. Often with idle threads: the broker is slow to acknowledge.', 'percentunit', [
            t('avg by (instance) (avg_over_time(copydesk_input_paused{%s}[$__rate_interval]))' % p.instances, '{{instance}}'),
          ], [[null, 'green'], [0.8, 'orange']], width=6, max=1),
          p.lines('Cores', 'Cores that each worker uses, all its threads together.', 'short', [
            t('sum by (instance) (rate(process_cpu_seconds_total{%s}[$__rate_interval]))' % p.instances, '{{instance}}'),
          ]),
          p.lines('Memory', 'Memory of each worker in RAM. Flat once the limits in flight have been reached.', 'bytes', [
            t('max by (instance) (process_resident_memory_bytes{%s})' % p.instances, '{{instance}}'),
          ]),
        ]],
      ],
    ),
  },
}
