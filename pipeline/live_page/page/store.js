// SPDX-License-Identifier: Apache-2.0
// The articles that the page keeps: bounded in number and age, newest first, one version of each.

import { titleOf } from './text.js';

const newerVersion = (a, b) => {
  const x = Number(a.version);
  const y = Number(b.version);
  if (Number.isFinite(x) && Number.isFinite(y)) return x >= y;
  return true; // versions that are not numbers come in order
};

/** The same person, organisation or place in another article has the same key. */
export const keyOf = (entity) => `${entity.type}\n${entity.name.toLocaleLowerCase('en')}`;

export class Store {
  #articles = new Map(); // by id, oldest first
  #limit = 200;
  #keptFor = 3_600_000;
  received = 0; // articles, since the page was opened or the worker started
  #ahead = 0; // ms by which this machine's clock is ahead of the worker's

  limits({ kept_articles: count, kept_for: seconds, now }) {
    this.#ahead = Number.isFinite(now) ? Date.now() - now : 0;
    if (count > 0) this.#limit = Math.min(count, 1000);
    if (seconds > 0) this.#keptFor = seconds * 1000;
  }
  clear() {
    this.#articles.clear();
    this.received = 0;
  }

  add(record) {
    if (typeof record?.id !== 'string' || typeof record.text !== 'string') return false;
    this.received += 1;
    const known = this.#articles.get(record.id);
    if (record.superseded || (known && !newerVersion(record, known.record))) return false;
    this.#articles.delete(record.id);
    const enriched = Date.parse(record.provenance?.enriched ?? '');
    // It may have been kept by the worker for a while before this page was opened.
    const since = Number.isNaN(enriched) ? Date.now() : Math.min(Date.now(), enriched + this.#ahead);
    this.#articles.set(record.id, {
      record,
      id: record.id,
      title: titleOf(record),
      at: Number.isNaN(enriched) ? Date.now() : enriched,
      since,
      updated: known !== undefined && (known.updated || known.record.text !== record.text),
      entities: new Map((record.entities ?? []).map((entity) => [entity.id, entity])),
      search: undefined,
    });
    this.forgetOld();
    return true;
  }
  remove(id) { return this.#articles.delete(id); }

  /** True where something went. */
  forgetOld() {
    const oldest = Date.now() - this.#keptFor;
    const before = this.#articles.size;
    for (const [id, article] of this.#articles) {
      if (article.since < oldest) this.#articles.delete(id);
    }
    for (const id of this.#articles.keys()) {
      if (this.#articles.size <= this.#limit) break;
      this.#articles.delete(id);
    }
    return this.#articles.size < before;
  }

  get size() { return this.#articles.size; }
  get(id) { return this.#articles.get(id); }
  newest() { return this.list()[0]; }
  list() { return [...this.#articles.values()].reverse(); }

  /** Articles that hold every word of the query in their text, their names or their roles. */
  search(query) {
    const terms = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (!terms.length) return this.list();
    return this.list().filter((article) => {
      article.search ??= [article.record.text, ...[...article.entities.values()].map((e) => `${e.name} ${e.role ?? ''}`)]
        .join('\n').toLocaleLowerCase();
      return terms.every((term) => article.search.includes(term));
    });
  }

  /** Where an entity occurs: [{article, entity, mentions, quotes}], newest first. */
  occurrences(key) {
    const found = [];
    for (const article of this.list()) {
      for (const entity of article.entities.values()) {
        if (keyOf(entity) !== key) continue;
        found.push({
          article,
          entity,
          mentions: (article.record.mentions ?? []).filter((mention) => mention.entity === entity.id),
          quotes: (article.record.quotes ?? []).filter((quote) => quote.speaker?.entity === entity.id),
        });
      }
    }
    return found;
  }

  /** Names that hold every word of the query: [{key, entity, articles}], those in most articles first. */
  named(query, most) {
    const terms = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = new Map();
    for (const article of this.list()) {
      const here = new Set();
      for (const entity of article.entities.values()) {
        const name = entity.name.toLocaleLowerCase();
        const key = keyOf(entity);
        if (entity.unnamed || here.has(key) || !terms.every((term) => name.includes(term))) continue;
        here.add(key);
        const counted = found.get(key) ?? { key, entity, articles: 0 };
        counted.articles += 1;
        found.set(key, counted);
      }
    }
    return [...found.values()].sort((a, b) => b.articles - a.articles || a.entity.name.localeCompare(b.entity.name)).slice(0, most);
  }
}
