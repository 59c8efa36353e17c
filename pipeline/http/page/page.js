// The live page: connects the stream of events with what is shown.

import { connect } from './connection.js';
import { Figures } from './figures.js';
import { drawMostQuoted, Reader } from './reader.js';
import { Store } from './store.js';
import { Who } from './who.js';

const kDrawEvery = 500; // ms; however fast articles come

const store = new Store();
const figures = new Figures();
const who = new Who(store, (id, start) => reader.open(id, start));
const openWho = (entity, articleId, from) => who.open(entity, articleId, from);
const reader = new Reader(store, openWho);

function draw() {
  store.forgetOld();
  reader.refresh();
  who.refresh();
  drawMostQuoted(store, openWho);
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
    drawSoon();
  },
  history: (samples) => figures.history(samples),
  article(record) { if (store.add(record)) drawSoon(); },
  recall(id) { if (store.remove(id)) draw(); }, // at once
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

const search = document.getElementById('search');
search.addEventListener('input', () => { reader.query = search.value; reader.refresh(); });
document.getElementById('search-form').addEventListener('submit', (event) => event.preventDefault());

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
