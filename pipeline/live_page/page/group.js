// SPDX-License-Identifier: Apache-2.0
// The workers that share the input: the members of the consumer group, as Kafka tells.

import { element } from './text.js';

const kListed = 12;
const kUndescribed = 'Kafka names no member, though this worker holds partitions. It does so for groups of the new protocol (KIP-848) where librdkafka is too old to describe them.';

/** "0–2, 5" */
export function rangesText(numbers) {
  const ranges = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}${to === from + 1 ? ', ' : '–'}${to}`)).join(', ');
}

export class Group {
  #group;
  #held = new Set(); // "topic partition" of this worker

  show(group) {
    this.#group = group;
    this.#draw();
  }
  clear() { this.show(undefined); }

  /** `lags`: the series of the worker's own partitions. */
  holds(lags) {
    const held = new Set(lags.map(({ labels }) => `${labels.topic} ${labels.partition}`));
    if (held.size === this.#held.size && [...held].every((partition) => this.#held.has(partition))) return;
    this.#held = held;
    this.#draw();
  }

  #draw() {
    const group = this.#group;
    const members = group?.members ?? [];
    const say = (text) => {
      const nothing = document.getElementById('group-nothing');
      nothing.textContent = text;
      nothing.hidden = !text;
    };
    document.getElementById('group-name').textContent = group ? `group ${group.id}` : '';
    if (group?.problem) say(`Kafka does not say who is in the group: ${group.problem}`);
    else if (!group) say('Kafka has not said yet who is in the group.');
    else if (!members.length && this.#held.size) say(kUndescribed);
    else if (group.count > kListed) say(`and ${group.count - Math.min(kListed, members.length)} more; the group is ${stateText(group.state)}`);
    else say(group.state === 'Stable' && members.length ? '' : `The group is ${stateText(group.state)}.`);
    document.getElementById('group').replaceChildren(...members.slice(0, kListed).map((member) => this.#row(member)));
  }

  #row({ client, host, instance, partitions }) {
    const row = element('tr');
    const name = element('th', '', instance ?? client);
    name.scope = 'row';
    if (partitions.some(([topic, partition]) => this.#held.has(`${topic} ${partition}`))) name.append(' ', element('b', 'this', 'this one'));
    const held = element('td', 'number', partitions.length ? rangesText(partitions.map(([, partition]) => partition)) : 'none');
    row.append(name, element('td', 'quiet', host), held);
    return row;
  }
}

const stateText = (state) => String(state).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLocaleLowerCase('en') || 'unknown';
