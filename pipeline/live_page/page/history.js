// SPDX-License-Identifier: Apache-2.0
// The worker's figures of the last hour: the last ten minutes second by second, before that one in fifteen seconds.

const kHour = 3_600_000; // ms, as the next
const kFine = 600_000;
const kCoarseStep = 15_000;
const kRateOver = 10_000; // rates are over so much, or over some steps: calm lines
const kThinEvery = 60; // samples
const kPoints = 240; // in a chart
const kStepsOfRate = 3;
const kSpans = [60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, kHour];
const kLag = 4; // a column
const kColumns = 7; // at, articles, words, dead letters, lag, median and 95 % of the latency

export class History {
  #samples = [];
  #sinceThinned = 0;

  clear() { this.#samples = []; }
  set(samples) { this.#samples = samples.filter((sample) => Array.isArray(sample) && sample.length >= kColumns); }
  add(sample) {
    const last = this.#samples.at(-1);
    if (!Array.isArray(sample) || (last && sample[0] <= last[0])) return;
    this.#samples.push(sample);
    this.#sinceThinned += 1;
    if (this.#sinceThinned < kThinEvery) return;
    this.#sinceThinned = 0;
    const slot = ([at]) => Math.floor(at / kCoarseStep);
    const fine = slot([sample[0] - kFine]);
    let lag = 0; // the highest of a slot stays
    this.#samples = this.#samples.filter((old, i, all) => {
      if (old[0] < sample[0] - kHour - kRateOver) return false;
      if (slot(old) >= fine) return true;
      lag = Math.max(lag, old[kLag]);
      if (slot(all[i + 1]) === slot(old)) return false;
      old[kLag] = lag;
      lag = 0;
      return true;
    });
  }

  get size() { return this.#samples.length; }
  get last() { return this.#samples.at(-1); }
  /** The shortest of the spans of charts that shows all there is. */
  get span() {
    const age = this.#samples.length ? this.last[0] - this.#samples[0][0] : 0;
    return kSpans.find((span) => span >= age) ?? kHour;
  }

  /** Indexes of the samples that are drawn: the last of every step. */
  #drawn() {
    const samples = this.#samples;
    if (!samples.length) return [];
    const from = this.last[0] - this.span;
    const step = this.span / kPoints;
    const slot = (i) => Math.floor(samples[i][0] / step);
    const drawn = [];
    for (let i = 0; i < samples.length; i += 1) {
      if (samples[i][0] >= from && (i + 1 === samples.length || slot(i + 1) !== slot(i))) drawn.push(i);
    }
    return drawn;
  }

  /** What a total grew by in a second: [[at, rate], …]. */
  rates(column) {
    const samples = this.#samples;
    let from = 0;
    const over = Math.max(kRateOver, (kStepsOfRate * this.span) / kPoints);
    return this.#drawn().filter((i) => i > 0).map((i) => {
      while (from + 1 < i && samples[i][0] - samples[from + 1][0] >= over) from += 1;
      const seconds = (samples[i][0] - samples[from][0]) / 1000;
      return [samples[i][0], Math.max(0, samples[i][column] - samples[from][column]) / seconds];
    });
  }
  /** The newest rate. */
  rate(column) {
    const samples = this.#samples;
    const last = this.last;
    const first = samples.find(([at]) => at >= (last?.[0] ?? 0) - kRateOver);
    return first && first !== last ? Math.max(0, last[column] - first[column]) / ((last[0] - first[0]) / 1000) : 0;
  }
  /** The highest value within each step, for each column: [[at, value, …], …]; NaN where nothing is known. */
  peaks(...columns) {
    let next = 0;
    return this.#drawn().map((i) => {
      const point = [this.#samples[i][0], ...columns.map(() => NaN)];
      for (; next <= i; next += 1) {
        if (point[0] - this.#samples[next][0] > Math.max(1000, this.span / kPoints)) continue;
        columns.forEach((column, n) => {
          const value = this.#samples[next][column];
          if (value !== null && !(value < point[n + 1])) point[n + 1] = value;
        });
      }
      return point;
    });
  }
}
