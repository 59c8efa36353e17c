// SPDX-License-Identifier: Apache-2.0
// The panel about one person, organisation or place: what they said and where they are mentioned, in all that is kept.

import { keyOf } from './store.js';
import { around, element, groupOf, wordFor } from './text.js';

const kMostQuotes = 40;
const kMostMentions = 6; // per article

export class Who {
  #store;
  #panel = document.getElementById('who');
  #key;
  #entity; // as it was when opened
  #about;
  #articleId; // the article it was opened from comes first
  #openStory;
  #cameFrom;

  /**
   * `openStory(id, start)` shows an article, at an offset; `about(key)` says what is counted of an entity beyond what is
   * kept, if anything.
   */
  constructor(store, openStory, about) {
    this.#store = store;
    this.#about = about;
    this.#openStory = openStory;
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#key !== undefined) this.close();
    });
  }

  open(entity, articleId, from) {
    this.#key = keyOf(entity);
    this.#entity = entity;
    this.#articleId = articleId;
    this.#cameFrom = from;
    this.refresh();
    for (const scrolled of [this.#panel, this.#panel.parentElement, this.#panel.closest('.side')]) scrolled.scrollTop = 0;
    this.#panel.querySelector('h2')?.focus({ preventScroll: true });
  }
  close() {
    this.#key = undefined;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    document.body.classList.remove('who-open');
    if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
  }

  /** After the articles kept have changed. */
  refresh() {
    if (this.#key === undefined) return;
    const found = this.#store.occurrences(this.#key);
    const counted = this.#about(this.#key);
    if (!found.length && !counted) return this.close();
    found.sort((a, b) => (b.article.id === this.#articleId) - (a.article.id === this.#articleId));
    const hadFocus = this.#panel.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
    const entity = found[0]?.entity ?? this.#entity;
    const role = found.map((place) => place.entity.role).find(Boolean);

    const head = element('header');
    const name = element('h2', `who-name ${groupOf(entity.type)}`, entity.name);
    name.id = 'who-name';
    name.tabIndex = -1;
    name.dataset.focus = 'name';
    const close = element('button', 'close', 'Close');
    close.type = 'button';
    close.dataset.focus = 'close';
    close.addEventListener('click', () => this.close());
    head.append(name, close);
    const aliases = [...new Set(found.flatMap((place) => place.entity.aliases ?? []))].slice(0, 6);
    const what = entity.unnamed ? 'unnamed source' : wordFor(entity.type);
    const facts = element('p', 'quiet', [role ?? what, aliases.length ? `also “${aliases.join('”, “')}”` : ''].filter(Boolean).join(', '));
    const more = [counted, found.length ? '' : 'none of them among the articles kept on this page'].filter(Boolean).join('; ');
    this.#panel.replaceChildren(head, facts, ...(more ? [element('p', 'quiet', more)] : []), ...this.#said(found), ...this.#mentioned(found));
    this.#panel.hidden = false;
    document.body.classList.add('who-open');
    if (hadFocus) this.#panel.querySelector(`[data-focus="${CSS.escape(hadFocus)}"]`)?.focus();
  }

  #link(article, start, className, ...content) {
    const link = element('button', className);
    link.type = 'button';
    link.dataset.focus = `${article.id}:${start}`;
    link.append(...content);
    link.addEventListener('click', () => this.#openStory(article.id, start));
    return link;
  }

  #said(found) {
    const quotes = found.flatMap(({ article, quotes: said }) => said.map((quote) => ({ article, quote })));
    if (!quotes.length) return [];
    const list = element('ul', 'said');
    for (const { article, quote } of quotes.slice(0, kMostQuotes)) {
      const item = element('li');
      const words = element('blockquote', quote.type === 'indirect' ? 'indirect' : '', quote.text.replace(/\s+/g, ' '));
      const source = [quote.cue?.text, quote.type === 'direct' ? '' : quote.type, article.id === this.#articleId ? '' : article.title];
      item.append(this.#link(article, quote.start, 'to-story', words, element('span', 'quiet', source.filter(Boolean).join(' · '))));
      list.append(item);
    }
    return [element('h3', '', `Said (${quotes.length})`), list];
  }

  #mentioned(found) {
    if (!found.length) return [];
    const count = found.reduce((sum, place) => sum + place.mentions.length, 0);
    const out = [element('h3', '', `Mentioned (${count})`)];
    for (const { article, mentions } of found) {
      const list = element('ul', 'mentions');
      for (const mention of mentions.slice(0, kMostMentions)) {
        const { before, text, after } = around(article.record, mention);
        const item = element('li');
        item.append(this.#link(article, mention.start, 'to-story', `… ${before}`, element('strong', '', text), `${after} …`));
        list.append(item);
      }
      if (mentions.length > kMostMentions) list.append(element('li', 'quiet', `and ${mentions.length - kMostMentions} more`));
      out.push(element('h4', '', article.id === this.#articleId ? 'In this article' : article.title), list);
    }
    return out;
  }
}
