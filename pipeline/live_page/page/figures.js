// SPDX-License-Identifier: Apache-2.0
// The worker's figures: the charts above and the tables beside.

import { Chart } from './charts.js';
import { History } from './history.js';
import { bytesText, countText, secondsText, shareText } from './numbers.js';
import { drawPartitions } from './partitions.js';
import { Stages } from './stages.js';
import { element } from './text.js';

const [kArticles, kWords, , kLag, kMedian, kMost] = [1, 2, 3, 4, 5, 6]; // columns of a sample

const seriesOf = (metrics, name) => metrics[`copydesk_${name}`] ?? [];
const valueOf = (metrics, name) => seriesOf(metrics, name)[0]?.value ?? 0;

export class Figures {
  #history = new History();
  #stages = new Stages();
  #group;
  #charts = {
    articles: new Chart(document.getElementById('chart-articles'), 'Articles per second', countText),
    words: new Chart(document.getElementById('chart-words'), 'Words per second', countText),
    lag: new Chart(document.getElementById('chart-lag'), 'Lag: articles waiting', countText),
    latency: new Chart(document.getElementById('chart-latency'), 'End to end: median, 95 %', secondsText),
  };
  published = 0;

  /** `group` is told which partitions this worker holds. */
  constructor(group) { this.#group = group; }

  /** The worker was started anew, or the connection was lost for a while. */
  start() {
    this.#history.clear();
    this.#stages.clear();
  }
  history(samples) {
    this.#history.set(samples);
    this.draw();
  }
  add({ at, sample, metrics }) {
    this.#history.add(sample);
    this.published = sample?.[kArticles] ?? 0;
    this.draw();
    const lags = seriesOf(metrics, 'consumer_lag');
    this.#stages.show(at, seriesOf(metrics, 'stage_duration_seconds'));
    drawPartitions(lags);
    this.#group.holds(lags);
    this.#facts(metrics);
    this.#deadLetters(metrics);
  }

  draw() {
    const history = this.#history;
    const { last, span } = history;
    if (!last) return;
    const show = (chart, points, value, note) => chart.show(points, { now: last[0], span, value, note });
    show(this.#charts.articles, history.rates(kArticles), history.rate(kArticles), `${countText(last[kArticles])} in all`);
    show(this.#charts.words, history.rates(kWords), history.rate(kWords), '');
    show(this.#charts.lag, history.peaks(kLag), last[kLag], '');
    show(this.#charts.latency, history.peaks(kMedian, kMost), last[kMedian] ?? NaN,
      last[kMost] === null ? 'no article in 30 s' : `95 % within ${secondsText(last[kMost])}`);
  }

  #facts(metrics) {
    const build = seriesOf(metrics, 'build_info')[0]?.labels ?? {};
    const inflight = valueOf(metrics, 'inflight_records');
    const expired = valueOf(metrics, 'records_expired_total');
    fill('facts', [
      ['In flight', `${countText(inflight)} ${inflight === 1 ? 'article' : 'articles'}, ${bytesText(valueOf(metrics, 'inflight_bytes'))}`],
      ['Threads busy', shareText(valueOf(metrics, 'executor_busy_ratio'))],
      ['Memory', bytesText(metrics.process_resident_memory_bytes?.[0]?.value ?? 0)],
      ['Input', valueOf(metrics, 'input_paused') ? 'waits for the output' : 'flowing'],
      ['Partitions held', countText(valueOf(metrics, 'assigned_partitions'))],
      ...(expired ? [['Deleted unread', countText(expired)]] : []),
      ['Version', `${build.version ?? '–'}, librdkafka ${build.librdkafka ?? '–'}`],
    ]);
  }
  #deadLetters(metrics) {
    const reasons = seriesOf(metrics, 'records_dead_lettered_total').filter((series) => series.value > 0)
      .sort((a, b) => b.value - a.value).map((series) => [series.labels.reason.replaceAll('_', ' '), countText(series.value)]);
    fill('dead', reasons.length ? reasons : [['None', '']]);
  }
}

function fill(id, pairs) {
  document.getElementById(id).replaceChildren(...pairs.map(([term, text]) => {
    const pair = element('div');
    pair.append(element('dt', '', term), element('dd', '', text));
    return pair;
  }));
}
