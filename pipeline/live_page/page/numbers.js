// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them.

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export const countText = (value) => (value >= 100 || Number.isInteger(value) ? whole : oneDigit).format(value);
export const shareText = (share) => `${whole.format(100 * share)} %`;
export function secondsText(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1e-3) return `${whole.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${(seconds < 0.01 ? oneDigit : whole).format(seconds * 1e3)} ms`;
  return `${oneDigit.format(seconds)} s`;
}
export function bytesText(bytes) {
  if (bytes < 1024) return `${whole.format(bytes)} B`;
  if (bytes < 1024 ** 2) return `${whole.format(bytes / 1024)} KiB`;
  return `${oneDigit.format(bytes / 1024 ** 2)} MiB`;
}
