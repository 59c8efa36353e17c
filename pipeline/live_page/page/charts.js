// SPDX-License-Identifier: Apache-2.0
// Line charts of the last minutes or the last hour, as SVG.

import { svg } from './svg.js';
import { element } from './text.js';

const kTop = 16; // px above the highest value, for its label
const kBottom = 14; // below zero, for the times
const kGap = 3; // a line breaks where points are further apart than so many of the steps before

const agoText = (span) => (span >= 3_600_000 ? `${span / 3_600_000} h ago` : `${span / 60_000} min ago`);
const timeText = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The smallest of 1, 2, 5 × 10^n that is at least `value`. */
function niceCeiling(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/** Runs of points without a gap. */
function runsOf(points, longest) {
  const runs = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run && point[0] - run.at(-1)[0] <= longest) run.push(point);
    else runs.push([point]);
  }
  return runs.filter((run) => run.length > 1);
}

/** A chart with a title, its newest value in large figures, and one or two lines. */
export class Chart {
  #title;
  #format;
  #value = element('p', 'value', '–');
  #note = element('span', 'note');
  #svg;
  #readout = element('p', 'readout');
  #points = [];
  #now = 0;
  #span = 60_000;
  #width = 280;
  #height = 64;

  /** `format` turns a number into text. */
  constructor(figure, title, format) {
    this.#title = title;
    this.#format = format;
    this.#svg = svg('svg', { role: 'img', 'aria-label': `${title}: no figures yet` });
    this.#readout.setAttribute('aria-hidden', 'true');
    figure.append(element('figcaption', '', title), this.#value, this.#svg, this.#readout);
    new ResizeObserver(([entry]) => {
      this.#width = Math.max(80, Math.round(entry.contentRect.width));
      this.#height = Math.max(40, Math.round(entry.contentRect.height));
      this.#draw();
    }).observe(this.#svg);
    this.#svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#svg.addEventListener('pointerleave', () => { this.#readout.textContent = ''; });
  }

  /** `points` are [Unix ms, value, second value?], oldest first; `span` is how many ms before `now` the chart begins. */
  show(points, { now, span, value, note }) {
    this.#points = points.filter(([at, first]) => at >= now - span && Number.isFinite(first));
    this.#now = now;
    this.#span = span;
    this.#value.replaceChildren(Number.isFinite(value) ? this.#format(value) : '–', this.#note);
    this.#note.textContent = note;
    this.#draw();
  }

  #draw() {
    const points = this.#points;
    const [width, height] = [this.#width, this.#height];
    const largest = points.reduce((most, point) => Math.max(most, point[1], point[2] || 0), 0);
    const highest = niceCeiling(largest);
    const x = (at) => (width * (1 - (this.#now - at) / this.#span)).toFixed(1);
    const y = (value) => (height - kBottom - (value / highest) * (height - kBottom - kTop)).toFixed(1);
    const line = (run, which) => run.map((point, i) => `${i ? 'L' : 'M'}${x(point[0])} ${y(point[which])}`).join('');
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const parts = [
      svg('line', { class: 'grid', x1: 0, x2: width, y1: y(highest), y2: y(highest) }),
      svg('line', { class: 'axis', x1: 0, x2: width, y1: y(0), y2: y(0) }),
    ];
    const longest = Math.max(this.#span / 20, 3000, kGap * (this.#span / 240));
    for (const run of runsOf(points, longest)) {
      parts.push(svg('path', { class: 'area', d: `${line(run, 1)}L${x(run.at(-1)[0])} ${y(0)}L${x(run[0][0])} ${y(0)}Z` }));
    }
    for (const run of runsOf(points.filter((point) => Number.isFinite(point[2])), longest)) parts.push(svg('path', { class: 'line second', d: line(run, 2) }));
    for (const run of runsOf(points, longest)) parts.push(svg('path', { class: 'line', d: line(run, 1) }));
    parts.push(
      svg('text', { x: width, y: y(highest) - 4, 'text-anchor': 'end' }, this.#format(highest)),
      svg('text', { x: 0, y: height - 2 }, agoText(this.#span)),
      svg('text', { x: width, y: height - 2, 'text-anchor': 'end' }, 'now'),
    );
    this.#svg.replaceChildren(...parts);
    const now = points.at(-1);
    if (now) this.#svg.setAttribute('aria-label', `${this.#title}, from ${agoText(this.#span)}: now ${this.#format(now[1])}, highest ${this.#format(largest)}`);
  }

  #point(event) {
    const box = this.#svg.getBoundingClientRect();
    const at = this.#now - this.#span * (1 - (event.clientX - box.left) / box.width);
    const nearest = this.#points.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs((best?.[0] ?? -Infinity) - at) ? point : best), undefined);
    if (!nearest) return;
    const values = nearest.slice(1).filter((value) => Number.isFinite(value)).map(this.#format).join(' / ');
    this.#readout.textContent = `${timeText.format(nearest[0])}  ${values}`;
  }
}
