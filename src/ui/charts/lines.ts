/** Lines and points as they are drawn. */
import type { Plot, Scale } from './plot.ts';
import type { Point } from './types.ts';

/** A point on the screen. */
export interface Spot {
  x: number;
  y: number;
  point: Point;
}

/** Points that have a place on both axes. */
export function spotsOf(points: readonly Point[], toX: Scale, toY: Scale): Spot[] {
  const spots = points.map((point): Spot => ({ x: toX(point.x), y: toY(point.y), point }));
  return spots.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
}

/** No more corners than can be told apart: of each column of pixels the first, the lowest, the highest and the last. */
export function thinned(spots: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  for (let from = 0; from < spots.length; ) {
    const column = Math.floor(spots[from].x);
    let to = from;
    let low = from;
    let high = from;
    for (; to < spots.length && Math.floor(spots[to].x) === column; to++) {
      if (spots[to].y < spots[low].y) low = to;
      if (spots[to].y > spots[high].y) high = to;
    }
    const corners = [...new Set([from, low, high, to - 1])].toSorted((a, b) => a - b);
    kept.push(...corners.map((index) => spots[index]));
    from = to;
  }
  return kept;
}

/** The `points` attribute of a polyline. */
export function corners(spots: readonly Spot[]): string {
  return thinned(spots)
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ');
}

export interface Beyond extends Spot {
  side: 'above' | 'below';
}

/** What lies above or below the plot: one for each stretch of a line that leaves it, where it is farthest away. */
export function beyond(spots: readonly Spot[], { top, bottom }: Plot): Beyond[] {
  const signs: Beyond[] = [];
  let before: Beyond['side'] | null = null;
  for (const spot of spots) {
    const side = spot.y < top - 0.5 ? 'above' : spot.y > bottom + 0.5 ? 'below' : null;
    const farther = Math.abs(spot.y) > Math.abs(signs.at(-1)?.y ?? 0);
    if (side !== null && side !== before) signs.push({ ...spot, side });
    else if (side !== null && farther) signs[signs.length - 1] = { ...spot, side };
    before = side;
  }
  return signs;
}
