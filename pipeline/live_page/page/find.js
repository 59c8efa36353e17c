// SPDX-License-Identifier: Apache-2.0
// Who and what among all that is kept a search finds by name.

import { element, groupOf, wordFor } from './text.js';

const kMost = 8;

/** Shows names that hold every word of the query as buttons; `openWho(entity, undefined, element)` opens one. */
export function drawFound(store, query, openWho) {
  const box = document.getElementById('found');
  const found = query.trim() ? store.named(query, kMost) : [];
  box.hidden = found.length === 0;
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  document.getElementById('found-names').replaceChildren(...found.map(({ key, entity, articles }) => {
    const item = element('li');
    const chip = element('button', `chip ${groupOf(entity.type)}`);
    chip.type = 'button';
    chip.dataset.key = key;
    chip.append(element('span', '', entity.name), element('span', 'quiet', String(articles)),
      element('span', 'hidden', ` ${articles === 1 ? 'article' : 'articles'}, ${wordFor(entity.type)}`));
    chip.addEventListener('click', () => openWho(entity, undefined, chip));
    item.append(chip);
    return item;
  }));
  if (focused) [...box.querySelectorAll('button')].find((button) => button.dataset.key === focused)?.focus();
}
