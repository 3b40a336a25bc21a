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

/** Every n-th of evenly meant ticks, with the smallest n at which none touches its neighbour; the first always stays. */
export function crowd(ticks: readonly number[], placeOf: (tick: number) => number, roomOf: (tick: number) => number): number[] {
  for (let every = 1; every < ticks.length; every++) {
    const kept = ticks.filter((_, index) => index % every === 0);
    const fit = kept.every((tick, index) => {
      if (index === 0) return true;
      const before = kept[index - 1];
      return Math.abs(placeOf(tick) - placeOf(before)) >= (roomOf(tick) + roomOf(before)) / 2;
    });
    if (fit) return kept;
  }
  return ticks.slice(0, 1);
}
