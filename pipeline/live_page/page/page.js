// SPDX-License-Identifier: Apache-2.0
// The live page: connects the stream of events with what is shown.

import { connect } from './connection.js';
import { Figures } from './figures.js';
import { drawFound } from './find.js';
import { Group } from './group.js';
import { Reader } from './reader.js';
import { Store } from './store.js';
import { Tally } from './tally.js';
import { offerThemes } from './theme.js';
import { Who } from './who.js';

const kDrawEvery = 500; // ms; however fast articles come

const store = new Store();
const group = new Group();
const figures = new Figures(group);
const openWho = (entity, articleId, from) => who.open(entity, articleId, from);
const tally = new Tally(openWho);
const who = new Who(store, (id, start) => reader.open(id, start), (key) => tally.about(key));
const reader = new Reader(store, openWho);
const search = document.getElementById('search');

function draw() {
  store.forgetOld();
  reader.query = search.value;
  reader.refresh();
  drawFound(store, search.value, openWho);
  who.refresh();
}
let drawing;
function drawSoon() {
  drawing ??= setTimeout(() => { drawing = undefined; draw(); }, kDrawEvery);
}

connect({
  start(limits) {
    store.clear();
    store.limits(limits);
    figures.start();
    tally.clear();
    group.clear();
    drawSoon();
  },
  history: (samples) => figures.history(samples),
  article(record) { if (store.add(record)) drawSoon(); },
  recall(id) { // at once
    const article = store.get(id);
    if (!article) return;
    store.remove(id);
    tally.withdraw(article);
    draw();
  },
  tally(counts) {
    tally.show(counts);
    who.refresh();
  },
  group: (members) => group.show(members),
  figures(value) {
    figures.add(value);
    document.getElementById('empty-hint').textContent = figures.published > 0 && !store.size
      ? 'Articles are being published, but none that this page can show: records larger than 256 KiB, and articles enriched in place (output.format: ninjs), are not shown.'
      : '';
  },
}, (state, text) => {
  const node = document.getElementById('connection');
  node.dataset.state = state;
  document.getElementById('connection-text').textContent = text;
});

search.addEventListener('input', draw);
document.getElementById('search-form').addEventListener('submit', (event) => event.preventDefault());
offerThemes(document.getElementById('theme'));

const clock = document.getElementById('clock');
const clockText = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
function tick() {
  const now = new Date();
  clock.textContent = clockText.format(now);
  clock.dateTime = now.toISOString();
  if (store.forgetOld()) draw(); // also while no article comes
  else reader.refresh();
}
setInterval(tick, 1000);
tick();
