// Line charts of the last minutes, as SVG.

import { element } from './text.js';

const svgNamespace = 'http://www.w3.org/2000/svg';
const kHeight = 64;
export const kWindow = 600_000; // ms
const kSpans = [60_000, 120_000, 300_000];

function svg(name, attributes = {}) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The smallest of 1, 2, 5 × 10^n that is at least `value`. */
function niceCeiling(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

const timeText = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A chart with a title, its newest value in large figures, and one or two lines. */
export class Chart {
  #figure;
  #title;
  #format;
  #value;
  #note;
  #svg;
  #readout;
  #points = [];
  #now = 0;
  #width = 280;
  #span = kWindow; // what is drawn of it: less while there is little to see

  /** `format` turns a number into text. */
  constructor(figure, title, format) {
    this.#figure = figure;
    this.#title = title;
    this.#format = format;
    const caption = element('figcaption', '', title);
    this.#value = element('p', 'value', '–');
    this.#note = element('span', 'note');
    this.#svg = svg('svg', { role: 'img', height: kHeight, 'aria-label': title });
    this.#readout = element('output', 'readout');
    this.#readout.setAttribute('aria-hidden', 'true');
    figure.append(caption, this.#value, this.#svg, this.#readout);
    new ResizeObserver(([entry]) => {
      this.#width = Math.max(80, Math.round(entry.contentRect.width));
      this.#draw();
    }).observe(this.#svg);
    this.#svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#svg.addEventListener('pointerleave', () => { this.#readout.textContent = ''; });
  }

  /** `points` are [Unix ms, value, second value?], oldest first; `note` says more beside the large value. */
  show(points, now, note = '') {
    this.#points = points.filter(([at, value]) => at > now - kWindow && Number.isFinite(value));
    this.#now = now;
    const age = this.#points.length ? now - this.#points[0][0] : 0;
    this.#span = kSpans.find((span) => span >= age) ?? kWindow;
    const last = this.#points.at(-1);
    this.#value.replaceChildren(last ? this.#format(last[1]) : '–', this.#note);
    this.#note.textContent = note;
    this.#draw();
  }

  #x(at) { return this.#width * (1 - (this.#now - at) / this.#span); }

  #draw() {
    const points = this.#points;
    const highest = niceCeiling(Math.max(0, ...points.map((point) => Math.max(point[1], point[2] ?? 0))));
    const y = (value) => kHeight - 14 - (value / highest) * (kHeight - 22);
    const path = (which) => points.filter((point) => Number.isFinite(point[which]))
      .map((point, i) => `${i ? 'L' : 'M'}${this.#x(point[0]).toFixed(1)} ${y(point[which]).toFixed(1)}`).join('');
    this.#svg.setAttribute('viewBox', `0 0 ${this.#width} ${kHeight}`);
    const parts = [
      svg('line', { class: 'grid', x1: 0, x2: this.#width, y1: y(highest), y2: y(highest) }),
      svg('line', { class: 'axis', x1: 0, x2: this.#width, y1: y(0), y2: y(0) }),
    ];
    if (points.length > 1) {
      const first = this.#x(points[0][0]).toFixed(1);
      const last = this.#x(points.at(-1)[0]).toFixed(1);
      parts.push(svg('path', { class: 'area', d: `${path(1)}L${last} ${y(0)}L${first} ${y(0)}Z` }));
      if (points.some((point) => point[2] !== undefined)) parts.push(svg('path', { class: 'line second', d: path(2) }));
      parts.push(svg('path', { class: 'line', d: path(1) }));
    }
    const label = (x, at, anchor, text) => {
      const made = svg('text', { x, y: at, 'text-anchor': anchor });
      made.textContent = text;
      parts.push(made);
    };
    label(this.#width, y(highest) - 3, 'end', this.#format(highest));
    label(0, kHeight - 2, 'start', `${this.#span / 60_000} min ago`);
    label(this.#width, kHeight - 2, 'end', 'now');
    this.#svg.replaceChildren(...parts);
    const now = points.at(-1);
    this.#svg.setAttribute('aria-label', now
      ? `${this.#title}, last ${this.#span / 60_000} min: now ${this.#format(now[1])}, highest ${this.#format(Math.max(...points.map((p) => p[1])))}`
      : `${this.#title}: no figures yet`);
  }

  #point(event) {
    const box = this.#svg.getBoundingClientRect();
    const at = this.#now - this.#span * (1 - (event.clientX - box.left) / box.width);
    const nearest = this.#points.reduce((best, point) => (Math.abs(point[0] - at) < Math.abs((best?.[0] ?? -Infinity) - at) ? point : best), undefined);
    if (!nearest) return;
    const values = nearest.slice(1).filter((value) => value !== undefined).map(this.#format).join(' / ');
    this.#readout.textContent = `${timeText.format(nearest[0])}  ${values}`;
  }
}
