// SPDX-License-Identifier: Apache-2.0
// An article's text with its names, quotes and cues marked. Text goes in as text nodes only.

const kDeepest = 6; // marks inside one another
const kMostMarks = 4000; // per article; the rest of a monstrous one stays plain

/** Groups of types, as the legend shows them. */
export const groups = [
  { id: 'person', label: 'People', types: ['PERSON'] },
  { id: 'org', label: 'Organisations', types: ['ORG'] },
  { id: 'place', label: 'Places', types: ['GPE', 'LOC', 'FAC'] },
  { id: 'other', label: 'Other', types: ['NORP', 'PRODUCT', 'EVENT', 'WORK_OF_ART', 'LAW', 'LANGUAGE'] },
  { id: 'value', label: 'Dates, amounts', types: ['DATE', 'TIME', 'PERCENT', 'MONEY', 'QUANTITY', 'ORDINAL', 'CARDINAL'] },
];
const groupOfType = new Map(groups.flatMap((group) => group.types.map((type) => [type, group.id])));
export const groupOf = (type) => groupOfType.get(type) ?? 'other';

const words = {
  PERSON: 'person', NORP: 'group of people', FAC: 'building or site', ORG: 'organisation', GPE: 'place', LOC: 'place',
  PRODUCT: 'product', EVENT: 'event', WORK_OF_ART: 'work', LAW: 'law', LANGUAGE: 'language', DATE: 'date', TIME: 'time',
  PERCENT: 'percentage', MONEY: 'amount of money', QUANTITY: 'quantity', ORDINAL: 'rank', CARDINAL: 'number',
};
export const wordFor = (type) => words[type] ?? 'name';

/** Converts a record's offsets, which count code points, to indexes of a JavaScript string, which count UTF-16 units. */
export function indexOfCodePoint(text) {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return (offset) => Math.min(Math.max(offset | 0, 0), text.length);
  const starts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; count += 1) {
    starts[count] = i;
    const unit = text.charCodeAt(i);
    i += unit >= 0xd800 && unit < 0xdc00 ? 2 : 1;
  }
  starts[count] = text.length;
  return (offset) => starts[Math.min(Math.max(offset | 0, 0), count)];
}

/** An element with a class and text. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Everything that is marked in a record, in text order, outer marks first. */
function marksOf(record, index) {
  const marks = [];
  const add = (rank, start, end, source, more) => {
    const mark = { rank, start: index(start), end: index(end), from: start, to: end, source, ...more };
    if (mark.end > mark.start && marks.length < kMostMarks) marks.push(mark);
  };
  const speakers = new Set((record.quotes ?? []).map(({ speaker }) => `${speaker?.start} ${speaker?.end}`));
  const mentioned = new Set((record.mentions ?? []).map((mention) => `${mention.start} ${mention.end}`));
  for (const quote of record.quotes ?? []) {
    for (const [start, end] of quote.spans ?? []) add(0, start, end, quote, { what: 'quote' });
    if (quote.cue?.end > quote.cue?.start) add(2, quote.cue.start, quote.cue.end, quote, { what: 'cue' });
    const speaker = quote.speaker;
    if (speaker?.end > speaker?.start && !mentioned.has(`${speaker.start} ${speaker.end}`)) add(1, speaker.start, speaker.end, quote, { what: 'speaker' });
  }
  for (const mention of record.mentions ?? []) {
    add(1, mention.start, mention.end, mention, { what: 'mention', speaks: speakers.has(`${mention.start} ${mention.end}`) });
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank);
}

const sameWords = (a, b) => {
  const bare = (text) => String(text).toLocaleLowerCase('en').replace(/^(the|an?) /, '');
  return bare(a) === bare(b);
};

function open(mark, parent, entities, continued) {
  let made;
  if (mark.what === 'quote') {
    made = element('span', `quote ${mark.source.type === 'indirect' ? 'indirect' : 'direct'}`);
    made.dataset.quote = mark.source.id;
  } else if (mark.what === 'cue') {
    made = element('span', 'cue');
    made.dataset.cueOf = mark.source.id;
  } else if (mark.what === 'speaker') {
    const entity = mark.source.speaker.entity;
    made = element('span', entities.has(entity) ? `name ${groupOf(entities.get(entity).type)} speaker` : 'speaker');
    if (entities.has(entity)) made.dataset.entity = entity;
  } else {
    const { type, kind, entity } = mark.source;
    const link = entity !== undefined && kind === 'name' && !continued && !parent.closest('a');
    made = element(link ? 'a' : 'span', `name ${groupOf(type)} ${kind === 'name' ? '' : kind}`.trim());
    if (link) made.href = '#who';
    if (entity !== undefined) made.dataset.entity = entity;
    const full = entities.get(entity)?.name;
    made.title = full && full !== mark.source.text ? `${full} (${wordFor(type)})` : wordFor(type);
    // Who spoke, where the text itself has "she" or "the minister" and not the name.
    if (full && mark.speaks && !continued && kind !== 'name' && !sameWords(full, mark.source.text)) made.dataset.resolved = full;
  }
  made.dataset.start = mark.from;
  made.dataset.end = mark.to;
  parent.append(made);
  return made;
}

/**
 * Appends `text` between two indexes to `into` as paragraphs (elements made by `block`), with everything marked.
 * Marks may nest, cross each other and run over several paragraphs.
 */
function renderRange(text, marks, entities, [from, to], into, block) {
  let next = 0;
  while (next < marks.length && marks[next].start < from) next += 1;
  let opened = []; // outermost first
  const breaks = /\n[^\S\n]*\n\s*/g;
  breaks.lastIndex = from;
  for (let start = from; start < to; ) {
    const gap = breaks.exec(text);
    const end = gap && gap.index < to ? gap.index : to;
    const paragraph = block();
    const top = () => (opened.length ? opened[opened.length - 1].node : paragraph);
    const reopen = (marksLeft) => {
      opened = [];
      for (const mark of marksLeft) opened.push({ mark, node: open(mark, top(), entities, true) });
    };
    reopen(opened.map((entry) => entry.mark).filter((mark) => mark.end > start));
    for (let at = start; ; ) {
      const firstOver = opened.findIndex((entry) => entry.mark.end <= at);
      if (firstOver >= 0) {
        const inner = opened.slice(firstOver + 1).map((entry) => entry.mark).filter((mark) => mark.end > at);
        opened.length = firstOver;
        for (const mark of inner) opened.push({ mark, node: open(mark, top(), entities, true) });
      }
      if (at >= end) break;
      while (next < marks.length && marks[next].start <= at) {
        const mark = marks[next];
        next += 1;
        if (opened.length < kDeepest && mark.end > at) opened.push({ mark, node: open(mark, top(), entities, false) });
      }
      let stop = next < marks.length ? Math.min(marks[next].start, end) : end;
      for (const entry of opened) stop = Math.min(stop, entry.mark.end);
      if (stop > at) top().append(text.slice(at, stop));
      at = stop;
    }
    if (paragraph.textContent.trim()) into.append(paragraph);
    start = gap && gap.index < to ? breaks.lastIndex : to;
  }
}

/** Where headline and body of a record stand, as indexes of its text. */
export function segmentsOf(record, index = indexOfCodePoint(record.text)) {
  const headline = record.segments?.find((segment) => segment.field === 'headline');
  const body = record.segments?.find((segment) => segment.field === 'body');
  return {
    headline: headline ? [index(headline.start), index(headline.end)] : null,
    body: body ? [index(body.start), index(body.end)] : [headline ? index(headline.end) : 0, record.text.length],
  };
}

/** The headline, or else the first words of the text, for lists. */
export function titleOf(record) {
  const { headline } = segmentsOf(record);
  if (headline) return record.text.slice(...headline).trim();
  const line = record.text.trimStart().split('\n', 1)[0].trimEnd();
  return line.length > 90 ? `${line.slice(0, 88).replace(/\s+\S*$/, '')} …` : line || record.id;
}

/** The whole article: a headline (h2) and paragraphs, all marked. */
export function renderArticle(record, into) {
  const index = indexOfCodePoint(record.text);
  const marks = marksOf(record, index);
  const entities = new Map((record.entities ?? []).map((entity) => [entity.id, entity]));
  const { headline, body } = segmentsOf(record, index);
  if (headline) renderRange(record.text, marks, entities, headline, into, () => element('h2', 'headline'));
  else into.append(element('h2', 'hidden', titleOf(record)));
  const text = element('div', 'text');
  renderRange(record.text, marks, entities, body, text, () => element('p'));
  into.append(text);
}

/** The words around a mention: {before, text, after}. */
export function around(record, mention) {
  const index = indexOfCodePoint(record.text);
  const start = index(mention.start);
  const end = index(mention.end);
  const clean = (piece) => piece.replace(/\s+/g, ' ');
  const before = record.text.slice(Math.max(0, start - 70), start).replace(/^\S*\s/, '');
  const after = record.text.slice(end, end + 90).replace(/\s\S*$/, '');
  const lastBreak = before.lastIndexOf('\n');
  const firstBreak = after.indexOf('\n');
  return {
    before: clean(before.slice(lastBreak + 1)),
    text: record.text.slice(start, end),
    after: clean(firstBreak < 0 ? after : after.slice(0, firstBreak)),
  };
}
