import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { keptCount } from '../../src/config/counts.ts';
import {
  blockMask,
  cellCount,
  drawInverseBlocks,
  type Grid,
  gridMask,
  inverseBlockMask,
  randomMask,
  spanMask,
  unitKeptCount,
  unitMask,
} from '../../src/objectives/masks.ts';

const SEEDS = 300;

interface Drawing {
  grid: Grid;
  kept: number;
  draw(random: Random): Int32Array;
}

/** Every kind of mask on `grid`, keeping about 1 - ratio of it. */
function drawings(grid: Grid, ratio: number): Record<string, Drawing> {
  const n = cellCount(grid);
  const kept = keptCount(n, ratio);
  const ofUnits = unitKeptCount(grid, 2, ratio);
  return {
    random: { grid, kept, draw: (random) => randomMask(grid, kept, random) },
    block: { grid, kept, draw: (random) => blockMask(grid, kept, random) },
    grid: { grid, kept, draw: (random) => gridMask(grid, kept, random) },
    'inverse block': { grid, kept, draw: (random) => inverseBlockMask(grid, kept, { ratio, block: 3, adjust: 0.1 }, random) },
    span: { grid, kept, draw: (random) => spanMask(grid, kept, { ratio, block: 3, adjust: 0.1 }, random) },
    unit: { grid, kept: ofUnits, draw: (random) => unitMask(grid, ofUnits, 2, random) },
  };
}

const GRIDS: readonly [Grid, number][] = [
  [[8, 8], 0.75],
  [[14, 14], 0.8],
  [[7, 7], 0.6],
  [[4, 6], 0.5],
  [[2, 2], 0.75],
  [[98], 0.5],
  [[40], 0.9],
];
const CASES = GRIDS.flatMap(([grid, ratio]) =>
  Object.entries(drawings(grid, ratio))
    // Of one unit none can stay.
    .filter(([, { kept }]) => kept > 0)
    .map(([name, drawing]) => ({ name, where: `[${grid}] at ${ratio}`, drawing })),
);

function draws({ draw }: Drawing, count = SEEDS): Int32Array[] {
  return Array.from({ length: count }, (_, seed) => draw(new Random(seed, 'mask')));
}

/** How often each cell is among the first `kept`, over `count` draws. */
function keptShares(drawing: Drawing, count: number): number[] {
  const shares = new Array<number>(cellCount(drawing.grid)).fill(0);
  for (const order of draws(drawing, count)) {
    for (const cell of order.subarray(0, drawing.kept)) shares[cell] = (shares[cell] ?? 0) + 1 / count;
  }
  return shares;
}

function keptSet(order: Int32Array, kept: number): Set<number> {
  return new Set(order.subarray(0, kept));
}

function text(order: Int32Array, kept: number): string {
  return [...order.subarray(0, kept)].sort((a, b) => a - b).join(' ');
}

/** Pairs of neighbouring cells (right and below) that are both in `cells`. */
function neighbours(cells: Set<number>, grid: Grid): number {
  const columns = grid.at(-1) ?? 0;
  return [...cells].reduce((sum, cell) => {
    const right = (cell + 1) % columns !== 0 && cells.has(cell + 1) ? 1 : 0;
    return sum + right + (grid.length > 1 && cells.has(cell + columns) ? 1 : 0);
  }, 0);
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

describe('keptCount', () => {
  it.each([
    [64, 0.75, 16],
    [196, 0.8, 39],
    [196, 0.75, 49],
    [49, 0.75, 12],
    // Each of these is one too low without the nudge.
    [10, 0.9, 1],
    [100, 0.8, 20],
    [64, 0, 64],
    [64, 1, 0],
  ])('of %i cells at ratio %d is %i', (n, ratio, expected) => {
    expect(keptCount(n, ratio)).toBe(expected);
  });

  it('never lies below the count in whole hundredths', () => {
    const wrong = [];
    for (let n = 1; n <= 256; n++) {
      for (let percent = 0; percent <= 100; percent++) {
        if (keptCount(n, percent / 100) !== Math.floor((n * (100 - percent)) / 100)) wrong.push([n, percent]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe.each(CASES)('the $name mask on $where', ({ drawing }) => {
  it('is a permutation of the cells for every seed', () => {
    const all = Int32Array.from({ length: cellCount(drawing.grid) }, (_, i) => i);
    const wrong = draws(drawing).filter((order) => order.sort().join() !== all.join());
    expect(wrong).toEqual([]);
    expect(drawing.draw(new Random(1, 'mask'))).toBeInstanceOf(Int32Array);
  });

  it('is the same for the same seed, and differs from sample to sample of one stream', () => {
    expect(drawing.draw(new Random(5, 'mask'))).toEqual(drawing.draw(new Random(5, 'mask')));
    const stream = new Random(6, 'mask');
    const seen = new Set(Array.from({ length: 100 }, () => text(drawing.draw(stream), drawing.kept)));
    expect(seen.size).toBeGreaterThan(1);
  });

  it('puts kept and removed cells in random order, so that a row number is no position', () => {
    const n = cellCount(drawing.grid);
    const ranks = draws(drawing, 2000).map((order) => [order[0] ?? 0, order[n - 1] ?? 0]);
    for (const side of [0, 1]) {
      const cells = ranks.map((pair) => pair[side] ?? 0);
      // The mean cell over 2000 draws: n / sqrt(12 * 2000) is one standard error.
      expect(Math.abs(mean(cells) - (n - 1) / 2)).toBeLessThan((4.5 * n) / Math.sqrt(12 * 2000));
    }
  });
});

describe('randomMask', () => {
  it.each<[Grid, number]>([
    [[8, 8], 16],
    [[30], 12],
  ])('on [%s] keeps every cell, and every pair, equally often', (grid, kept) => {
    const n = cellCount(grid);
    const count = 4000;
    const drawing = { grid, kept, draw: (random: Random) => randomMask(grid, kept, random) };
    const share = kept / n;
    const error = Math.sqrt((share * (1 - share)) / count);
    for (const value of keptShares(drawing, count)) expect(Math.abs(value - share)).toBeLessThan(4.5 * error);

    const sets = draws(drawing, count).map((order) => keptSet(order, kept));
    const pair = (kept * (kept - 1)) / (n * (n - 1));
    for (const [a, b] of [
      [0, 1],
      [3, 17],
      [n - 2, n - 1],
    ] as const) {
      const both = mean(sets.map((set) => (set.has(a) && set.has(b) ? 1 : 0)));
      expect(Math.abs(both - pair)).toBeLessThan(4.5 * Math.sqrt((pair * (1 - pair)) / count));
    }
  });
});

describe('blockMask', () => {
  it.each<[Grid, number]>([
    [[8, 8], 32],
    [[14, 14], 121],
    [[98], 49],
  ])('on [%s] removes cells that lie together far more than at random', (grid, kept) => {
    const removedTogether = (draw: (random: Random) => Int32Array): number =>
      mean(draws({ grid, kept, draw }).map((order) => neighbours(new Set(order.subarray(kept)), grid)));
    const blocks = removedTogether((random) => blockMask(grid, kept, random));
    const scattered = removedTogether((random) => randomMask(grid, kept, random));
    expect(blocks).toBeGreaterThan(1.3 * scattered);
  });

  it('removes a whole rectangle of at least the smallest area, or several', () => {
    // 14 x 14 with 16 removed: BEiT draws exactly one rectangle of 16 cells at most, so most masks are one.
    const grid = [14, 14];
    const whole = draws({ grid, kept: 180, draw: (random) => blockMask(grid, 180, random) }).filter((order) => {
      const cells = [...order.subarray(180)];
      const rows = cells.map((cell) => Math.floor(cell / 14));
      const columns = cells.map((cell) => cell % 14);
      const height = Math.max(...rows) - Math.min(...rows) + 1;
      const width = Math.max(...columns) - Math.min(...columns) + 1;
      return height * width === 16;
    });
    expect(whole.length).toBeGreaterThan(SEEDS / 4);
  });

  it('removes one span, or few, on a line', () => {
    const spans = draws({ grid: [98], kept: 49, draw: (random) => blockMask([98], 49, random) }).map(
      (order) => 49 - neighbours(new Set(order.subarray(49)), [98]),
    );
    // 25 spans is what a random mask leaves.
    expect(mean(spans)).toBeLessThan(8);
  });
});

describe('gridMask', () => {
  it.each<[Grid]>([[[8, 8]], [[14, 14]], [[6, 10]]])('keeps one of each 2 x 2 on [%s] at 75 %, in all four places', (grid) => {
    const kept = cellCount(grid) / 4;
    const columns = grid[1] ?? 0;
    const corners = draws({ grid, kept, draw: (random) => gridMask(grid, kept, random) }).map((order) => {
      const places = new Set([...order.subarray(0, kept)].map((cell) => `${Math.floor(cell / columns) % 2} ${cell % 2}`));
      expect(places.size).toBe(1);
      return [...places][0];
    });
    expect(new Set(corners).size).toBe(4);
  });

  it('is a chequerboard at a half and one of each 4 x 4 at a sixteenth', () => {
    for (const order of draws({ grid: [8, 8], kept: 32, draw: (random) => gridMask([8, 8], 32, random) }, 50)) {
      expect(neighbours(keptSet(order, 32), [8, 8])).toBe(0);
    }
    for (const order of draws({ grid: [8, 8], kept: 4, draw: (random) => gridMask([8, 8], 4, random) }, 50)) {
      const places = new Set([...order.subarray(0, 4)].map((cell) => `${Math.floor(cell / 8) % 4} ${cell % 4}`));
      expect(places.size).toBe(1);
    }
  });

  it('keeps every fourth token of a line at 75 %', () => {
    for (const order of draws({ grid: [32], kept: 8, draw: (random) => gridMask([32], 8, random) }, 50)) {
      const cells = [...keptSet(order, 8)].sort((a, b) => a - b);
      expect(cells.slice(1).map((cell, i) => cell - (cells[i] ?? 0))).toEqual(new Array(7).fill(4));
    }
  });

  it('fills up at random from the next regular grid', () => {
    const sets = draws({ grid: [8, 8], kept: 18, draw: (random) => gridMask([8, 8], 18, random) }).map((order) =>
      text(order, 18),
    );
    // A regular count has 16 masks at most; 18 adds two of the four cells of the next step.
    expect(new Set(sets).size).toBeGreaterThan(32);
    for (const order of draws({ grid: [8, 8], kept: 18, draw: (random) => gridMask([8, 8], 18, random) }, 50)) {
      expect(neighbours(keptSet(order, 18), [8, 8])).toBe(0);
    }
  });

  it('keeps every cell equally often where 4 divides the sides', () => {
    const drawing = { grid: [8, 8], kept: 18, draw: (random: Random) => gridMask([8, 8], 18, random) };
    for (const share of keptShares(drawing, 4000)) expect(Math.abs(share - 18 / 64)).toBeLessThan(0.032);
  });
});

describe('inverseBlockMask', () => {
  // Measured for methods 3.5: centres, kept cells, cells in blocks, cells filled at random.
  it.each([
    { side: 14, ratio: 0.8, adjust: 0.07, centres: 5, kept: 39, covered: 37.5, fill: 2.4 },
    { side: 8, ratio: 0.75, adjust: 0.1, centres: 2, kept: 16, covered: undefined, fill: 2.2 },
    { side: 8, ratio: 0.8, adjust: 0.07, centres: 1, kept: 12, covered: 7.5, fill: 4.5 },
    { side: 8, ratio: 0.7, adjust: 0.2, centres: 3, kept: 19, covered: undefined, fill: 1.0 },
  ])(
    'covers what was measured on $side x $side at $ratio and $adjust',
    ({ side, ratio, adjust, centres, kept, covered, fill }) => {
      const grid = [side, side];
      const options = { ratio, block: 3, adjust };
      expect(keptCount(side * side, ratio)).toBe(kept);
      const counts = Array.from({ length: 4000 }, (_, seed) => {
        const blocks = drawInverseBlocks(grid, options, new Random(seed, 'mask'));
        expect(blocks.centres).toBe(centres);
        return blocks.covered.reduce((a, b) => a + b);
      });
      if (covered !== undefined) expect(Math.abs(mean(counts) - covered)).toBeLessThan(0.4);
      expect(Math.abs(mean(counts.map((count) => Math.max(0, kept - count))) - fill)).toBeLessThan(0.3);
    },
  );

  it('keeps all covered cells where they are too few, and only covered ones where they are too many', () => {
    const options = { ratio: 0.7, block: 3, adjust: 0.2 };
    const seen = { few: 0, many: 0 };
    for (let seed = 0; seed < SEEDS; seed++) {
      const { covered } = drawInverseBlocks([8, 8], options, new Random(seed, 'mask'));
      const order = inverseBlockMask([8, 8], 19, options, new Random(seed, 'mask'));
      const inBlocks = order.subarray(0, 19).reduce((sum, cell) => sum + (covered[cell] ?? 0), 0);
      const count = covered.reduce((a, b) => a + b);
      seen[count < 19 ? 'few' : 'many']++;
      expect(inBlocks).toBe(Math.min(19, count));
    }
    expect(seen.few).toBeGreaterThan(20);
    expect(seen.many).toBeGreaterThan(20);
  });

  it('marks a B x B square around each centre, cut at the border, not shifted', () => {
    const sizes = new Map<number, number>();
    for (let seed = 0; seed < 6400; seed++) {
      const { covered } = drawInverseBlocks([8, 8], { ratio: 0.8, block: 3, adjust: 0.07 }, new Random(seed, 'mask'));
      const count = covered.reduce((a, b) => a + b);
      sizes.set(count, (sizes.get(count) ?? 0) + 1);
    }
    // Of 64 centres 4 lie in a corner (4 cells), 24 at an edge (6), 36 inside (9).
    expect([...sizes.keys()].sort()).toEqual([4, 6, 9]);
    expect((sizes.get(4) ?? 0) / 6400).toBeCloseTo(4 / 64, 1);
    expect((sizes.get(6) ?? 0) / 6400).toBeCloseTo(24 / 64, 1);
  });

  it('reaches further up and left than down and right for an even block, as the reference code does', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 500; seed++) {
      const { covered, centres } = drawInverseBlocks([5, 5], { ratio: 0.9, block: 2, adjust: 0.1 }, new Random(seed, 'mask'));
      expect(centres).toBe(1);
      seen.add(covered.join(''));
    }
    // A centre at row and column 0 keeps one cell; none at the last row or column is cut.
    expect(seen).toContain('1'.padEnd(25, '0'));
    expect(seen).not.toContain('1'.padStart(25, '0'));
  });

  it('divides by B, not by its square, on a line, and marks spans', () => {
    const { centres } = drawInverseBlocks([98], { ratio: 0.5, block: 5, adjust: 0.05 }, new Random(1, 'mask'));
    expect(centres).toBe(Math.floor((98 * 0.55) / 5));
    for (let seed = 0; seed < 200; seed++) {
      const { covered } = drawInverseBlocks([12], { ratio: 0.8, block: 3, adjust: 0.1 }, new Random(seed, 'mask'));
      expect(covered.join('')).toMatch(/^0*1{2,3}0*$/);
    }
  });

  it('gives one image several different masks', () => {
    const random = new Random(3, 'mask');
    const masks = Array.from({ length: 16 }, () =>
      text(inverseBlockMask([8, 8], 16, { ratio: 0.75, block: 3, adjust: 0.1 }, random), 16),
    );
    expect(new Set(masks).size).toBe(16);
  });
});

describe('spanMask', () => {
  const options = { ratio: 0.5, block: 5, adjust: 0.05 };

  it.each([
    [98, 10],
    [24, 2],
    [16, 1],
  ])('draws as many centres as would cover 0.55 of %i: %i', (n, centres) => {
    const covered = new Set<number>();
    for (let seed = 0; seed < SEEDS; seed++) {
      const order = spanMask([n], n - 1, options, new Random(seed, 'mask'));
      covered.add(order[n - 1]);
      expect(drawInverseBlocks([n], options, new Random(seed, 'mask')).centres).toBe(centres);
    }
    // The one that is removed may be any.
    expect(covered.size).toBeGreaterThan(0.9 * n);
  });

  /** Pairs of neighbours among the removed of 98 frames, mean over draws. */
  const joined = (draw: (random: Random) => Int32Array) =>
    mean(draws({ grid: [98], kept: 49, draw }).map((order) => neighbours(new Set(order.subarray(49)), [98])));

  it('removes spans: more of what is removed lies side by side than in a random mask or where spans stay', () => {
    const spans = joined((random) => spanMask([98], 49, options, random));
    // 48 or 49 pairs of neighbours at random; spans of five have four each.
    expect(joined((random) => randomMask([98], 49, random))).toBeLessThan(26);
    expect(spans).toBeGreaterThan(33);
  });

  it('removes all that spans cover where it is too little, and only such where it is too much', () => {
    const seen = { few: 0, many: 0 };
    const more = { ...options, adjust: 0.3 };
    for (let seed = 0; seed < SEEDS; seed++) {
      // The same centres as half is kept.
      const { covered, centres } = drawInverseBlocks([24], more, new Random(seed, 'mask'));
      expect(centres).toBe(3);
      const order = spanMask([24], 12, more, new Random(seed, 'mask'));
      const count = covered.reduce((a, b) => a + b);
      seen[count < 12 ? 'few' : 'many']++;
      const covers = order.subarray(12).reduce((sum, cell) => sum + covered[cell], 0);
      expect(covers).toBe(Math.min(12, count));
    }
    expect(seen.few).toBeGreaterThan(20);
    expect(seen.many).toBeGreaterThan(20);
  });
});

describe('unitMask', () => {
  it.each([
    [[8, 8], 2, 0.6, 64 - 4 * 10],
    [[8, 8], 4, 0.6, 64 - 16 * 3],
    [[12, 12], 2, 0.6, 144 - 4 * 22],
    [[8, 8], 1, 0.6, 64 - 39],
    [[12], 3, 0.5, 6],
    // 0.55 * 100 units is 55.00000000000001 in binary, which is not 56.
    [[20, 20], 2, 0.55, 400 - 4 * 55],
    // 7 x 7 has 16 units of 2 x 2, cut at the border: 10 of them are 30.6 of 49 cells on average.
    [[7, 7], 2, 0.6, 49 - 30],
  ] as const)('keeps what ceil(ratio * units) leave of [%s]: unit %i, ratio %d', (grid, unit, ratio, expected) => {
    expect(unitKeptCount(grid, unit, ratio)).toBe(expected);
  });

  it.each<[Grid, number, number]>([
    [[8, 8], 2, 10],
    [[6, 4], 2, 3],
    [[12], 3, 2],
  ])('removes whole units of [%s], each equally often', (grid, unit, removedUnits) => {
    const size = unit ** grid.length;
    const n = cellCount(grid);
    const kept = n - removedUnits * size;
    const columns = grid.at(-1) ?? 0;
    const unitOf = (cell: number): string =>
      `${grid.length > 1 ? Math.floor(Math.floor(cell / columns) / unit) : 0} ${Math.floor((cell % columns) / unit)}`;
    const drawing = { grid, kept, draw: (random: Random) => unitMask(grid, kept, unit, random) };
    for (const order of draws(drawing)) {
      expect(new Set([...order.subarray(kept)].map(unitOf)).size).toBe(removedUnits);
    }
    const share = kept / n;
    for (const value of keptShares(drawing, 4000)) {
      expect(Math.abs(value - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / 4000));
    }
  });

  it('cuts one unit only when units do not fit', () => {
    const kept = unitKeptCount([7, 7], 2, 0.6);
    for (const order of draws({ grid: [7, 7], kept, draw: (random) => unitMask([7, 7], kept, 2, random) })) {
      const removed = new Set(order.subarray(kept));
      const mixed = new Set<string>();
      for (const cell of order.subarray(0, kept)) {
        const [row, column] = [Math.floor(cell / 7), cell % 7];
        const unit = [0, 1, 2, 3].map((i) => [row - (row % 2) + (i >> 1), column - (column % 2) + (i & 1)] as const);
        if (unit.some(([r, c]) => r < 7 && c < 7 && removed.has(r * 7 + c))) mixed.add(`${unit[0]}`);
      }
      expect(mixed.size).toBeLessThanOrEqual(1);
    }
  });
});

describe('every mask', () => {
  it('refuses counts and grids that cannot be', () => {
    const random = new Random(1, 'mask');
    for (const draw of [randomMask, blockMask, gridMask]) {
      expect(() => draw([4, 4], 17, random)).toThrow('keep 17 of 16');
      expect(() => draw([4, 4], 2.5, random)).toThrow('keep');
    }
    expect(() => unitMask([4, 4], -1, 2, random)).toThrow('keep');
    expect(() => unitMask([4, 4], 4, 0, random)).toThrow('unit');
    expect(() => inverseBlockMask([4, 4], 4, { ratio: -1, block: 3, adjust: 0 }, random)).toThrow('keep');
    expect(() => inverseBlockMask([4, 4], 17, { ratio: 0.5, block: 3, adjust: 0 }, random)).toThrow('keep 17 of 16');
    expect(() => spanMask([16], 17, { ratio: 0.5, block: 5, adjust: 0 }, random)).toThrow('keep 17 of 16');
    expect(() => gridMask([2, 2, 2], 4, random)).toThrow('sides');
  });
});
