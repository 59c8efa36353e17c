// SPDX-License-Identifier: Apache-2.0
// The places that most articles name: on a map, and as a list.

import { frame, project } from './projection.js';
import { svg } from './svg.js';
import { element } from './text.js';
import { land, regions } from './world.js';

const kListed = 8;
const kLabels = 6;
const kLabelHeight = 14; // px
const kLabelChar = 6.6; // px, about

/** Where a place is marked, if anybody knows. */
const pointOf = ({ lat, lon, geonames }) => {
  if (Number.isFinite(lat) && Number.isFinite(lon)) return project(lat, lon);
  return regions[geonames] && project(...regions[geonames]);
};

export class Places {
  #openWho;
  #map = document.getElementById('map');
  #svg = svg('svg', { role: 'img' });
  #land = svg('path', { class: 'land', d: land });
  #marks = svg('g');
  #list = document.getElementById('places');
  #places = [];
  #width = 288;

  /** `openWho(entity, undefined, element)` shows what is known of a place. */
  constructor(openWho) {
    this.#openWho = openWho;
    this.#svg.append(this.#land, this.#marks);
    this.#map.append(this.#svg);
    new ResizeObserver(([entry]) => {
      this.#width = Math.max(120, Math.round(entry.contentRect.width));
      this.#draw();
    }).observe(this.#map);
  }

  show(places) {
    this.#places = places.slice();
    this.#draw();
    this.#drawList();
    document.getElementById('places-nothing').hidden = places.length > 0;
  }

  #draw() {
    const scale = this.#width / frame.width;
    const height = Math.round(frame.height * scale);
    this.#svg.setAttribute('viewBox', `0 0 ${this.#width} ${height}`);
    this.#land.setAttribute('transform', `scale(${scale}) translate(${-frame.x} ${-frame.y})`);
    const most = Math.max(1, ...this.#places.map((place) => place.articles));
    const marked = [];
    for (const place of this.#places) {
      const point = pointOf(place);
      if (!point) continue;
      const radius = (this.#width / 288) * (2 + 5 * Math.sqrt(place.articles / most));
      marked.push({ place, x: (point[0] - frame.x) * scale, y: (point[1] - frame.y) * scale, radius });
    }
    const dots = marked.map(({ x, y, radius }) => svg('circle', { class: 'dot-place', cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1) }));
    this.#marks.replaceChildren(...dots.reverse(), ...this.#labels(marked));
    const listed = marked.slice(0, kListed).map(({ place }) => `${place.name} ${place.articles}`).join(', ');
    this.#svg.setAttribute('aria-label', marked.length ? `Map of the places in most articles: ${listed}` : 'Map of the world: no place on it yet');
    document.getElementById('map-credit').hidden = marked.length === 0;
  }

  /** Names of the first places, where there is room beside the dot. */
  #labels(marked) {
    const taken = [];
    const labels = [];
    for (const { place, x, y, radius } of marked) {
      if (labels.length === kLabels) break;
      const width = place.name.length * kLabelChar;
      const right = x + radius + 3 + width < this.#width;
      const from = right ? x + radius + 3 : x - radius - 3 - width;
      const box = { left: from, right: from + width, top: y - kLabelHeight / 2, bottom: y + kLabelHeight / 2 };
      const clash = from < 0 || taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      if (clash) continue;
      taken.push(box);
      labels.push(svg('text', {
        class: 'map-label', x: (right ? x + radius + 3 : x - radius - 3).toFixed(1), y: (y + 4).toFixed(1), 'text-anchor': right ? 'start' : 'end',
      }, place.name));
    }
    return labels;
  }

  #drawList() {
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.#list.replaceChildren(...this.#places.slice(0, kListed).map((place) => {
      const item = element('li');
      const button = element('button', 'to-story');
      button.type = 'button';
      button.dataset.key = place.name;
      button.append(element('span', 'place-name', place.name), element('span', 'number', String(place.articles)),
        element('span', 'hidden', place.articles === 1 ? ' article' : ' articles'));
      button.addEventListener('click', () => this.#openWho({ type: place.type, name: place.name }, undefined, button));
      item.append(button);
      return item;
    }));
    if (focused !== undefined) [...this.#list.querySelectorAll('button')].find((button) => button.dataset.key === focused)?.focus();
  }
}
