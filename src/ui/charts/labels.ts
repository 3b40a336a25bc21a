/** Labels at the ends of lines, moved apart where lines end close together. */

/**
 * Moves positions as little as needed so that neighbours are at least `gap` apart and all lie within [low, high]; the
 * order is kept. When there is not room for all, they are spread evenly.
 */
export function spreadLabels(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b] || a - b);
  const room = order.length > 1 ? Math.min(gap, (high - low) / (order.length - 1)) : gap;
  const placed = order.map((index) => positions[index]);
  // Downwards, each at least `room` below the one before; then back up from the lower edge.
  for (let i = 0; i < placed.length; i++) placed[i] = Math.max(placed[i], i === 0 ? low : placed[i - 1] + room);
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i], i === placed.length - 1 ? high : placed[i + 1] - room);
  }
  const spread = new Array<number>(positions.length);
  for (const [rank, index] of order.entries()) spread[index] = placed[rank];
  return spread;
}

/** The smallest of 1, 2, 5 x 10^k that is not below `value`: a calm upper end for a growing axis. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 5, 10].find((factor) => factor * power >= value - 1e-9 * power) ?? 10) * power;
}

/** Evenly spaced ticks from 0 to `end`, four or five of them. */
export function evenTicks(end: number): number[] {
  const leading = end / 10 ** Math.floor(Math.log10(end) + 1e-9);
  const parts = leading > 2.5 && leading < 3.5 ? 3 : leading > 4.5 && leading < 5.5 ? 5 : 4;
  return Array.from({ length: parts + 1 }, (_, i) => (end * i) / parts);
}

/** The smallest of 1, 2, 2.5, 5 x 10^k that is not below `value`: the distance of two ticks. */
export function niceStep(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5].find((factor) => factor * power >= value - 1e-9 * power) ?? 10) * power;
}
