// SPDX-License-Identifier: Apache-2.0
// The list of articles and the one that is read.

import { element, groupOf, groups, renderArticle, wordFor } from './text.js';

const kShownFor = 8000; // ms that an article stays while the page follows the wire
const kMostChips = 60;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateText = (text) => { const at = Date.parse(text ?? ''); return Number.isNaN(at) ? '' : date.format(at); };
const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** "latest 200 of 10,412" */
function countsText({ size, received }) {
  if (!size) return '';
  return received > size ? `latest ${size} of ${received.toLocaleString()}` : `latest ${size}`;
}

export class Reader {
  #store;
  #openWho;
  #list = document.getElementById('wire');
  #story = document.getElementById('story');
  #follow = document.getElementById('follow');
  #items = new Map(); // id -> {node, article}
  #following = true;
  #shown; // the article on show
  #shownAt = 0;
  query = '';

  /** `openWho(entity, articleId, element)` shows what is known of an entity. */
  constructor(store, openWho) {
    this.#store = store;
    this.#openWho = openWho;
    this.#makeLegend();
    this.#follow.addEventListener('click', () => this.follow(!this.#following));
    this.#story.addEventListener('click', (event) => this.#clicked(event));
    for (const type of ['pointerover', 'pointerout']) {
      this.#story.addEventListener(type, (event) => this.#light(event.target.closest?.('.quote'), type === 'pointerover'));
    }
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  follow(on) {
    this.#following = on;
    this.#follow.setAttribute('aria-pressed', String(on));
    this.#follow.textContent = on ? 'Following' : 'Follow';
    if (on) this.#show(this.#store.search(this.query)[0]);
    this.refresh();
  }

  /** Shows an article because someone asked for it, at a code-point offset if given. */
  open(id, start) {
    const article = this.#store.get(id);
    if (!article) return;
    this.#show(article);
    this.follow(false);
    if (start === undefined) return;
    const node = this.#story.querySelector(`[data-start="${Number(start)}"]`);
    node?.scrollIntoView({ block: 'center' });
    node?.classList.add('found');
    setTimeout(() => node?.classList.remove('found'), 2000);
  }

  /** After the articles kept, or the query, have changed. */
  refresh() {
    const articles = this.#store.search(this.query);
    if (this.#shown && !this.#store.get(this.#shown.id)) this.#show(undefined);
    const due = performance.now() - this.#shownAt >= kShownFor;
    if (!this.#shown || (this.#following && due && articles[0] && articles[0] !== this.#shown)) this.#show(articles[0]);
    else if (this.#store.get(this.#shown.id) !== this.#shown) this.#show(this.#store.get(this.#shown.id)); // a new version
    this.#drawList(articles);
    document.getElementById('empty').hidden = this.#shown !== undefined;
    document.getElementById('wire-count').textContent = this.query
      ? `${articles.length} of ${this.#store.size}` : countsText(this.#store);
    const nothing = document.getElementById('wire-nothing');
    nothing.hidden = articles.length > 0;
    nothing.textContent = this.#store.size ? 'No article kept here holds these words.' : 'No articles yet.';
  }

  #drawList(articles) {
    const wanted = new Set(articles.map((article) => article.id));
    for (const [id, { node }] of this.#items) {
      if (wanted.has(id)) continue;
      node.remove();
      this.#items.delete(id);
    }
    let before = this.#list.firstElementChild;
    for (const article of articles) {
      let item = this.#items.get(article.id);
      if (item?.article !== article) {
        if (item && before === item.node) before = before.nextElementSibling;
        item?.node.remove();
        item = { article, node: this.#makeItem(article) };
        this.#items.set(article.id, item);
      }
      if (item.node === before) before = before.nextElementSibling;
      else this.#list.insertBefore(item.node, before);
      const current = article === this.#shown;
      const button = item.node.firstElementChild;
      if (current) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  }

  #makeItem(article) {
    const item = element('li');
    const button = element('button', 'to-story');
    button.type = 'button';
    const quotes = article.record.quotes?.length ?? 0;
    const meta = element('span', 'quiet');
    const time = element('time', '', clock.format(article.at));
    time.dateTime = new Date(article.at).toISOString();
    meta.append(time, quotes ? ` · ${plural(quotes, 'quote', 'quotes')}` : '');
    if (article.updated || Number(article.record.version) > 1) meta.append(' · ', element('b', 'badge', 'update'));
    button.append(meta, element('span', 'title', article.title));
    button.addEventListener('click', () => this.open(article.id));
    item.append(button);
    return item;
  }

  #show(article) {
    this.#shown = article;
    this.#shownAt = performance.now();
    this.#story.replaceChildren();
    this.#story.hidden = article === undefined;
    if (!article) return;
    const { record } = article;
    this.#story.dataset.id = record.id;
    this.#story.lang = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(record.language ?? '') ? record.language : 'en';
    const kicker = element('p', 'kicker');
    const parts = [dateText(record.published) || clock.format(article.at)];
    if (record.version && record.version !== '1') parts.push(`version ${record.version}`);
    if (record.analysis === 'segmentation') parts.push(`language “${record.language}”: words and sentences only`);
    kicker.textContent = parts.join(' · ');
    if (Date.parse(record.embargoed ?? '') > Date.now()) {
      kicker.append(' ', element('b', 'badge', `embargoed until ${dateText(record.embargoed)}`));
    }
    if (record.duplicate_of) kicker.append(' ', element('b', 'badge', `nearly the same as ${record.duplicate_of}`));
    this.#story.append(kicker);
    renderArticle(record, this.#story);
    this.#chips(article);
    document.getElementById('reader').scrollTop = 0;
  }

  #chips(article) {
    const entities = [...article.entities.values()];
    if (!entities.length) return;
    const list = element('ul', 'chips');
    entities.sort((a, b) => (b.quoted ?? 0) - (a.quoted ?? 0) || (b.mentions ?? 0) - (a.mentions ?? 0));
    for (const entity of entities.slice(0, kMostChips)) {
      const item = element('li');
      const chip = element('button', `chip ${groupOf(entity.type)}`);
      chip.type = 'button';
      chip.dataset.entity = entity.id;
      chip.append(element('span', '', entity.name));
      if (entity.quoted) chip.append(element('span', 'quiet', ` ${plural(entity.quoted, 'quote', 'quotes')}`));
      chip.append(element('span', 'hidden', `, ${wordFor(entity.type)}`));
      item.append(chip);
      list.append(item);
    }
    this.#story.append(element('h3', '', 'Who and what is in it'), list);
  }

  #clicked(event) {
    const node = event.target.closest('[data-entity]');
    if (node) {
      event.preventDefault();
      const entity = this.#shown?.entities.get(node.dataset.entity);
      if (!entity) return;
      this.follow(false);
      this.#openWho(entity, this.#shown.id, node);
      return;
    }
    const quote = this.#quoteOf(event.target.closest('.quote'));
    const speaker = this.#shown?.entities.get(quote?.speaker?.entity);
    if (speaker) {
      this.follow(false);
      this.#openWho(speaker, this.#shown.id, event.target);
    }
  }

  #quoteOf(node) {
    return node && this.#shown?.record.quotes?.find((quote) => quote.id === node.dataset.quote);
  }
  /** Lights a quote up together with its speaker and cue. */
  #light(node, on) {
    const quote = this.#quoteOf(node);
    if (!quote) return;
    const id = CSS.escape(quote.id);
    for (const part of this.#story.querySelectorAll(`[data-quote="${id}"], [data-cue-of="${id}"]`)) part.classList.toggle('lit', on);
    if (quote.speaker?.start === undefined) return;
    for (const part of this.#story.querySelectorAll(`[data-start="${Number(quote.speaker.start)}"]`)) {
      if (!part.classList.contains('quote')) part.classList.toggle('lit', on);
    }
  }

  #makeLegend() {
    const legend = document.getElementById('legend');
    for (const { id, label } of [...groups, { id: 'quotes', label: 'Quotes' }]) {
      const key = element('button', `key ${id}`);
      key.type = 'button';
      key.append(element('span', 'sample'), element('span', '', label));
      key.setAttribute('aria-pressed', 'true');
      key.addEventListener('click', () => {
        const off = this.#story.classList.toggle(`no-${id}`);
        key.setAttribute('aria-pressed', String(!off));
      });
      legend.append(key);
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const articles = this.#store.search(this.query);
      const at = articles.indexOf(this.#shown);
      const next = articles[Math.min(Math.max(at + step, 0), articles.length - 1)];
      if (next) this.open(next.id);
    } else if (event.key === '/') {
      event.preventDefault();
      document.getElementById('search').focus();
    } else if (event.key === 'f') {
      this.follow(!this.#following);
    }
  }
}
