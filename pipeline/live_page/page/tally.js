// SPDX-License-Identifier: Apache-2.0
// Who was quoted and which places were named in all articles of the last hour, as the server counts them.

import { Places } from './places.js';
import { drawQuoted } from './quoted.js';
import { keyOf } from './store.js';

/** "last hour", "last 12 min" */
function spanText(seconds) {
  if (seconds >= 3540) return 'last hour';
  if (seconds < 60) return 'so far';
  return `last ${Math.floor(seconds / 60)} min`;
}

export class Tally {
  #openWho;
  #places;
  #shown = { seconds: 0, people: [], places: [] };
  #counts = new Map(); // key of an entity -> what was counted, in words

  constructor(openWho) {
    this.#openWho = openWho;
    this.#places = new Places(openWho);
  }
  clear() { this.show({ seconds: 0, people: [], places: [] }); }

  /** What a recalled article named goes at once; what others named too comes back with the server's next count. */
  withdraw(article) {
    const gone = new Set([...article.entities.values()].map(keyOf));
    this.show({
      ...this.#shown,
      people: this.#shown.people.filter(({ name }) => !gone.has(keyOf({ type: 'PERSON', name }))),
      places: this.#shown.places.filter((place) => !gone.has(keyOf(place))),
    });
  }

  show(counts) {
    this.#shown = counts;
    const { seconds, people, places } = counts;
    const span = spanText(seconds);
    for (const id of ['quoted-span', 'places-span']) document.getElementById(id).textContent = span;
    const articlesText = (count) => `${count} ${count === 1 ? 'article' : 'articles'}`;
    this.#counts = new Map([
      ...people.map((person) => [keyOf({ type: 'PERSON', name: person.name }), `${person.quotes} ${person.quotes === 1 ? 'quote' : 'quotes'} in ${articlesText(person.articles)}, ${span}`]),
      ...places.map((place) => [keyOf(place), `in ${articlesText(place.articles)}, ${span}`]),
    ]);
    drawQuoted(people, this.#openWho);
    this.#places.show(places);
  }

  /** What is counted of an entity, in words, if it is among the most. */
  about(key) { return this.#counts.get(key); }
}
