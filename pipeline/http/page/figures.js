// The worker's figures: rates and quantiles from its counters and histograms, the charts and the tables beside.

import { Chart, kWindow } from './charts.js';
import { element } from './text.js';

const kRateOver = 5000; // ms
const kQuantilesOver = 30_000; // ms
const kSlowest = 1; // s; right end of a stage's bar
const kFastest = 1e-5;
// An article's way; Prometheus' own order means nothing. A stage that is not named here comes last.
const kStageOrder = ['parse', 'tokenize', 'tag', 'entities', 'values', 'quotes', 'resolve', 'encode'];
const placeOf = (series) => (kStageOrder.includes(series.labels.stage) ? kStageOrder.indexOf(series.labels.stage) : kStageOrder.length);

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export const countText = (value) => (value >= 100 || Number.isInteger(value) ? whole : oneDigit).format(value);
export function secondsText(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1e-3) return `${whole.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${(seconds < 0.01 ? oneDigit : whole).format(seconds * 1e3)} ms`;
  return `${oneDigit.format(seconds)} s`;
}
export function bytesText(bytes) {
  if (bytes < 1024) return `${whole.format(bytes)} B`;
  if (bytes < 1024 ** 2) return `${whole.format(bytes / 1024)} KiB`;
  return `${oneDigit.format(bytes / 1024 ** 2)} MiB`;
}

/** The value that a share `q` of what happened between two cumulative histograms is below; NaN where nothing did. */
export function quantile(q, now, before) {
  if (!now) return NaN;
  const counts = now.buckets.map(([bound, count], i) => [bound, count - (before?.buckets[i]?.[1] ?? 0)]);
  const total = counts.at(-1)?.[1] ?? 0;
  if (!(total > 0)) return NaN;
  let lower = 0;
  let below = 0;
  for (const [bound, count] of counts) {
    if (count >= q * total) {
      if (bound === null) return lower; // beyond the last bound: all that is known
      return lower + (bound - lower) * ((q * total - below) / (count - below || 1));
    }
    lower = bound ?? lower;
    below = count;
  }
  return lower;
}

const valueOf = (metrics, name) => metrics[`copydesk_${name}`]?.[0]?.value ?? 0;
const seriesOf = (metrics, name) => metrics[`copydesk_${name}`] ?? [];
const byLabel = (metrics, name, label) => new Map(seriesOf(metrics, name).map((series) => [series.labels[label], series]));

export class Figures {
  #totals = []; // [at, articles, words, dead letters, lag]
  #latency = []; // [at, p50, p95]
  #recent = []; // {at, metrics} of the last kQuantilesOver
  #charts = {
    articles: new Chart(document.getElementById('chart-articles'), 'Articles per second', countText),
    words: new Chart(document.getElementById('chart-words'), 'Words per second', countText),
    lag: new Chart(document.getElementById('chart-lag'), 'Lag: articles waiting', countText),
    latency: new Chart(document.getElementById('chart-latency'), 'End to end: median, 95 %', secondsText),
  };
  published = 0;

  /** The worker was started anew, or the connection was lost for a while. */
  start() {
    this.#totals = [];
    this.#latency = [];
    this.#recent = [];
  }
  history(samples) {
    this.#totals = samples.filter((sample) => Array.isArray(sample) && sample.length === 5);
    this.#drawCharts(this.#totals.at(-1)?.[0] ?? Date.now());
  }

  add({ at, metrics }) {
    const sum = (name) => seriesOf(metrics, name).reduce((total, series) => total + series.value, 0);
    this.published = sum('records_published_total');
    const last = this.#totals.at(-1);
    if (!last || at > last[0]) {
      this.#totals.push([at, this.published, sum('words_total'), sum('records_dead_lettered_total'), sum('consumer_lag')]);
    }
    const drop = (list, age, atOf) => { while (list.length && atOf(list[0]) < at - age) list.shift(); };
    drop(this.#totals, kWindow + kRateOver, (total) => total[0]);
    drop(this.#latency, kWindow, (point) => point[0]);
    const before = this.#recent[0]?.metrics;
    this.#recent.push({ at, metrics });
    drop(this.#recent, kQuantilesOver, (entry) => entry.at);

    const [now] = seriesOf(metrics, 'end_to_end_latency_seconds');
    const then = before && seriesOf(before, 'end_to_end_latency_seconds')[0];
    this.#latency.push([at, quantile(0.5, now, then), quantile(0.95, now, then)]);
    this.#drawCharts(at);
    this.#stages(metrics, before);
    this.#partitions(metrics);
    this.#facts(metrics);
    this.#deadLetters(metrics);
  }

  #rates(which) {
    const totals = this.#totals;
    const points = [];
    for (let i = 1, from = 0; i < totals.length; i += 1) {
      while (from < i - 1 && totals[i][0] - totals[from][0] > kRateOver) from += 1;
      const seconds = (totals[i][0] - totals[from][0]) / 1000;
      if (seconds > 0) points.push([totals[i][0], Math.max(0, totals[i][which] - totals[from][which]) / seconds]);
    }
    return points;
  }
  #drawCharts(now) {
    const total = this.#totals.at(-1);
    this.#charts.articles.show(this.#rates(1), now, total ? `${countText(total[1])} in all` : '');
    this.#charts.words.show(this.#rates(2), now);
    this.#charts.lag.show(this.#totals.map(([at, , , , lag]) => [at, lag]), now);
    const latency = this.#latency.at(-1);
    this.#charts.latency.show(this.#latency, now, Number.isFinite(latency?.[2]) ? `95 % within ${secondsText(latency[2])}` : '');
  }

  #stages(metrics, before) {
    const then = before ? byLabel(before, 'stage_duration_seconds', 'stage') : new Map();
    const place = (seconds) => {
      const share = Math.log(Math.max(seconds, kFastest) / kFastest) / Math.log(kSlowest / kFastest);
      return 100 * Math.min(1, share);
    };
    const rows = [...seriesOf(metrics, 'stage_duration_seconds')].sort((a, b) => placeOf(a) - placeOf(b)).map((series) => {
      const { stage } = series.labels;
      const p50 = quantile(0.5, series, then.get(stage));
      const p95 = quantile(0.95, series, then.get(stage));
      const row = element('tr');
      const name = element('th', '', stage);
      name.scope = 'row';
      const cell = element('td', 'range');
      const track = element('span', 'track');
      if (Number.isFinite(p95)) {
        const bar = element('span', 'bar-range');
        bar.style.left = `${place(p50)}%`;
        bar.style.width = `${Math.max(2, place(p95) - place(p50))}%`;
        track.append(bar);
      }
      cell.append(track);
      row.append(name, cell, element('td', 'number', secondsText(p50)), element('td', 'number', secondsText(p95)));
      return row;
    });
    document.getElementById('stages').replaceChildren(...rows);
  }

  #partitions(metrics) {
    const lags = seriesOf(metrics, 'consumer_lag')
      .sort((a, b) => a.labels.topic.localeCompare(b.labels.topic) || a.labels.partition - b.labels.partition);
    const most = Math.max(1, ...lags.map((series) => series.value));
    document.getElementById('partitions-nothing').hidden = lags.length > 0;
    document.getElementById('partitions').replaceChildren(...lags.map((series) => {
      const row = element('tr');
      const name = element('th', '', series.labels.topic);
      name.scope = 'row';
      name.append(element('span', 'quiet', ` ${series.labels.partition}`));
      const cell = element('td', 'range');
      const track = element('span', 'track');
      const bar = element('span', 'bar-range');
      bar.style.width = `${(100 * series.value) / most}%`;
      track.append(bar);
      cell.append(track);
      row.append(name, cell, element('td', 'number', countText(series.value)));
      return row;
    }));
  }

  #facts(metrics) {
    const build = seriesOf(metrics, 'build_info')[0]?.labels ?? {};
    const inflight = valueOf(metrics, 'inflight_records');
    const facts = [
      ['In flight', `${countText(inflight)} ${inflight === 1 ? 'article' : 'articles'}, ${bytesText(valueOf(metrics, 'inflight_bytes'))}`],
      ['Threads busy', `${whole.format(100 * valueOf(metrics, 'executor_busy_ratio'))} %`],
      ['Input', valueOf(metrics, 'input_paused') ? 'waits for the output' : 'flowing'],
      ['Partitions held', countText(valueOf(metrics, 'assigned_partitions'))],
      ['Version', `${build.version ?? '–'}, librdkafka ${build.librdkafka ?? '–'}`],
    ];
    fill('facts', facts);
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
