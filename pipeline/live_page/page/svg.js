// SPDX-License-Identifier: Apache-2.0
// Elements of SVG.

const kNamespace = 'http://www.w3.org/2000/svg';

export function svg(name, attributes = {}, text = undefined) {
  const made = document.createElementNS(kNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
