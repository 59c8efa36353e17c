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
  #ahead = 0; // ms by which this machine's clock is ahead of the worker's

  limits({ kept_articles: count, kept_for: seconds, now }) {
    this.#ahead = Number.isFinite(now) ? Date.now() - now : 0;
    if (count > 0) this.#limit = Math.min(count, 1000);
    if (seconds > 0) this.#keptFor = seconds * 1000;
  }
  clear() { this.#articles.clear(); }

  add(record) {
    if (typeof record?.id !== 'string' || typeof record.text !== 'string') return false;
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

  /** People by how often they are quoted in what is kept: [{key, entity, quotes, articles}]. */
  mostQuoted(count) {
    const people = new Map();
    for (const article of this.list()) {
      const here = new Map();
      for (const quote of article.record.quotes ?? []) {
        const entity = article.entities.get(quote.speaker?.entity);
        if (entity?.type === 'PERSON' && !entity.unnamed) here.set(entity, (here.get(entity) ?? 0) + 1);
      }
      for (const [entity, quotes] of here) {
        const key = keyOf(entity);
        const person = people.get(key) ?? { key, entity, quotes: 0, articles: 0 };
        person.quotes += quotes;
        person.articles += 1;
        people.set(key, person);
      }
    }
    return [...people.values()].sort((a, b) => b.quotes - a.quotes || a.entity.name.localeCompare(b.entity.name)).slice(0, count);
  }
}
