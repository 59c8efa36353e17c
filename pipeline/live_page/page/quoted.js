// SPDX-License-Identifier: Apache-2.0
// The people quoted most.

import { keyOf } from './store.js';
import { element } from './text.js';

const kListed = 8;

/** `people` as the server counts them; `openWho(entity, undefined, element)` shows what is known of one. */
export function drawQuoted(people, openWho) {
  const most = Math.max(1, ...people.map((person) => person.quotes));
  const list = document.getElementById('quoted');
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  document.getElementById('quoted-nothing').hidden = people.length > 0;
  list.replaceChildren(...people.slice(0, kListed).map(({ name, role, quotes, articles }) => {
    const entity = { type: 'PERSON', name, role };
    const item = element('li');
    const button = element('button', 'to-story');
    button.type = 'button';
    button.dataset.key = keyOf(entity);
    button.title = `${quotes} ${quotes === 1 ? 'quote' : 'quotes'} in ${articles} ${articles === 1 ? 'article' : 'articles'}`;
    const who = element('span', 'quoted-name', name);
    if (role) who.append(element('span', 'quiet', ` ${role}`));
    const bar = element('span', 'share');
    bar.style.width = `${(100 * quotes) / most}%`;
    button.append(who, element('span', 'number', String(quotes)), element('span', 'hidden', quotes === 1 ? ' quote' : ' quotes'), bar);
    button.addEventListener('click', () => openWho(entity, undefined, button));
    item.append(button);
    return item;
  }));
  if (focused) [...list.querySelectorAll('button')].find((button) => button.dataset.key === focused)?.focus();
}
