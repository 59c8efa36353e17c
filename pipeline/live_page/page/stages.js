// SPDX-License-Identifier: Apache-2.0
// How long each stage takes for an article.

import { secondsText } from './numbers.js';
import { element } from './text.js';

const kQuantilesOver = 30_000; // ms
const kSlowest = 1; // s; right end of a stage's bar
const kFastest = 1e-5;
// An article's way; Prometheus' own order means nothing. A stage that is not named here comes last.
const kOrder = ['parse', 'tokenize', 'fingerprint', 'tag', 'entities', 'values', 'quotes', 'resolve', 'encode'];
const placeOf = (series) => (kOrder.includes(series.labels.stage) ? kOrder.indexOf(series.labels.stage) : kOrder.length);

/** The value that a share `q` of what happened between two cumulative histograms is below; NaN where nothing did. */
function quantile(q, now, before) {
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

/** Where a time stands on a bar, in percent; logarithmic. */
function place(seconds) {
  const share = Math.log(Math.max(seconds, kFastest) / kFastest) / Math.log(kSlowest / kFastest);
  return 100 * Math.min(1, share);
}

export class Stages {
  #recent = []; // [at, series by stage] of the last kQuantilesOver

  clear() { this.#recent = []; }

  /** `all`: the series of copydesk_stage_duration_seconds. */
  show(at, all) {
    const before = this.#recent[0]?.[1] ?? new Map();
    this.#recent.push([at, new Map(all.map((series) => [series.labels.stage, series]))]);
    while (this.#recent[0][0] < at - kQuantilesOver) this.#recent.shift();
    const rows = [...all].sort((a, b) => placeOf(a) - placeOf(b)).map((series) => {
      const { stage } = series.labels;
      const p50 = quantile(0.5, series, before.get(stage));
      const p95 = quantile(0.95, series, before.get(stage));
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
}
