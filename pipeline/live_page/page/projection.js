// SPDX-License-Identifier: Apache-2.0
// Equal Earth, a map projection that shows areas as they are: B. Šavrič, T. Patterson, B. Jenny (2018). A unit is a
// thousandth of the globe's radius, as in world.js.

const kUnits = 1000;
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const radians = (degrees) => (degrees * Math.PI) / 180;

/** What is shown of the world: all of it but Antarctica. */
export const frame = { x: -2720, y: -1330, width: 5440, height: 2460 };

/** [x, y] of a place; y grows downwards. */
export function project(latitude, longitude) {
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin(radians(latitude)));
  const slope = 9 * A4 * t ** 8 + 7 * A3 * t ** 6 + 3 * A2 * t ** 2 + A1;
  const x = (2 * Math.sqrt(3) * radians(longitude) * Math.cos(t)) / (3 * slope);
  const y = A4 * t ** 9 + A3 * t ** 7 + A2 * t ** 3 + A1 * t;
  return [x * kUnits, -y * kUnits];
}
