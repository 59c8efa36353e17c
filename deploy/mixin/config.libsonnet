// SPDX-License-Identifier: Apache-2.0
// What an installation may want to change. `_config+:: { … }` over mixin.libsonnet wins.
{
  _config+:: {
    // Which series are Copydesk's, where `up` is asked and where series are recorded.
    selector: 'job=~".*copydesk.*"',
    // Where the runbook is. Put the address of your copy of docs/operating.md here: Alertmanager shows it as a link.
    runbookUrl: 'docs/operating.md#%s',

    // A backlog that takes longer than this to work off is worth a look, and worth waking somebody, seconds.
    catchUpWarning: 15 * 60,
    catchUpCritical: 60 * 60,
    // 95th percentile from the input record's timestamp to the acknowledgement of its output, seconds.
    latencyWarning: 60,
    // Dead letters among the articles read, 0 to 1.
    deadLetterShare: 0.01,
    // A busy executor, 0 to 1.
    busyRatio: 0.9,
    // Time to finish the articles of partitions that were taken away; below `delivery.drain_timeout` (20 s), seconds.
    drainWarning: 15,
    // Changes of the assignment of each worker in half an hour that are no deployment any more.
    rebalances: 6,

    dashboardTags: ['copydesk'],
    dashboardRefresh: '30s',
    dashboardUids: { overview: 'copydesk-overview', workers: 'copydesk-workers' },
  },
}
