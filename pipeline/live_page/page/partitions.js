// SPDX-License-Identifier: Apache-2.0
// How many articles wait in each partition that this worker holds.

import { countText } from './numbers.js';
import { element } from './text.js';

const kListed = 24;

/** `lags`: the series of copydesk_consumer_lag. */
export function drawPartitions(lags) {
  const inOrder = [...lags].sort((a, b) => a.labels.topic.localeCompare(b.labels.topic) || a.labels.partition - b.labels.partition);
  // Of many, those that are furthest behind.
  const listed = inOrder.length > kListed ? [...inOrder].sort((a, b) => b.value - a.value).slice(0, kListed) : inOrder;
  const most = Math.max(1, ...listed.map((series) => series.value));
  const nothing = document.getElementById('partitions-nothing');
  nothing.hidden = lags.length > 0 && lags.length <= kListed;
  nothing.textContent = lags.length ? `and ${lags.length - kListed} more, none further behind` : 'This worker holds no partition yet.';
  document.getElementById('partitions').replaceChildren(...listed.map((series) => {
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
