/**
 * Noise and waves made of + - * / and comparisons only, so that every engine computes the same bits. Noise is read from
 * tiles made once; a picture gets its own by starting somewhere else in them.
 */
import { Random } from '../../base/random.ts';

/** Lattice of random numbers behind all noise. */
const LATTICE = 64;
const lattice = makeLattice();

function makeLattice(): Float32Array {
  const random = new Random(20_240_229, 'value noise');
  return Float32Array.from({ length: LATTICE * LATTICE }, () => random.between(-1, 1));
}

/** The random number in [-1, 1) of a whole cell: what tells one window of a building from the next. */
export function cellNoise(column: number, row: number): number {
  return lattice[(row & (LATTICE - 1)) * LATTICE + (column & (LATTICE - 1))] as number;
}

/** Smooth noise on the unit lattice that repeats every `period` cells, a power of two up to 64. */
function valueNoise(x: number, y: number, period: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fx = x - column;
  const fy = y - row;
  const u = fx * fx * (3 - 2 * fx);
  const v = fy * fy * (3 - 2 * fy);
  const left = column & (period - 1);
  const right = (column + 1) & (period - 1);
  const top = row & (period - 1);
  const bottom = (row + 1) & (period - 1);
  const upper = cellNoise(left, top) + (cellNoise(right, top) - cellNoise(left, top)) * u;
  const lower = cellNoise(left, bottom) + (cellNoise(right, bottom) - cellNoise(left, bottom)) * u;
  return upper + (lower - upper) * v;
}

/** A tile holds 32 x 32 cells of noise at 8 samples a cell. */
const TILE = 256;
const TILE_MASK = TILE - 1;
const SAMPLES_PER_CELL = 8;
const MOST_OCTAVES = 4;
/** From this many cells to a unit on, samples are finer than pixels and the nearest one will do. */
const FINE = 7;
let tiles: readonly Float32Array[] | undefined;

/** Noise is spread by this much, since a sum of octaves seldom comes near the sum of their weights. */
const SPREAD = 1 / 0.6;

/** Tile k is the weighted mean of k + 1 octaves, each twice as fine and of half the weight of the one before. */
function makeTiles(): Float32Array[] {
  const made: Float32Array[] = [];
  const sum = new Float64Array(TILE * TILE);
  let weights = 0;
  for (let octave = 0; octave < MOST_OCTAVES; octave++) {
    const finer = 2 ** octave;
    const weight = 1 / finer;
    const period = Math.min(LATTICE, 32 * finer);
    for (let i = 0; i < sum.length; i++) {
      const x = ((i & TILE_MASK) * finer) / SAMPLES_PER_CELL;
      const y = (Math.floor(i / TILE) * finer) / SAMPLES_PER_CELL;
      // The odd shifts keep the lattices of the octaves from lining up.
      sum[i] = (sum[i] as number) + weight * valueNoise(x + octave * 7.31, y + octave * 3.17, period);
    }
    weights += weight;
    made.push(Float32Array.from(sum, (value) => (SPREAD * value) / weights));
  }
  return made;
}

export type Field = (x: number, y: number) => number;
export type Curve = (x: number) => number;

/**
 * Noise of a picture, mostly in [-1, 1] and never beyond 1.7: `frequency` cells per unit, each further octave twice as fine
 * and half as strong, cells `stretch` times as wide as they are high (water, strata, cirrus).
 */
export function noiseField(random: Random, frequency: number, octaves: 1 | 2 | 3 | 4 = 1, stretch = 1): Field {
  // Far from zero, so that nothing a scene looks at has negative coordinates.
  const x0 = random.between(TILE, 2 * TILE);
  const y0 = random.between(TILE, 2 * TILE);
  const fy = frequency * SAMPLES_PER_CELL;
  const fx = fy / stretch;
  tiles ??= makeTiles();
  const tile = tiles[octaves - 1] as Float32Array;
  if (frequency >= FINE) {
    return (x, y) => tile[(Math.floor(y * fy + y0) & TILE_MASK) * TILE + (Math.floor(x * fx + x0) & TILE_MASK)] as number;
  }
  return (x, y) => {
    const u = x * fx + x0;
    const v = y * fy + y0;
    const column = Math.floor(u);
    const row = Math.floor(v);
    const left = column & TILE_MASK;
    const right = (column + 1) & TILE_MASK;
    const top = (row & TILE_MASK) * TILE;
    const bottom = ((row + 1) & TILE_MASK) * TILE;
    const across = u - column;
    const a = tile[top + left] as number;
    const c = tile[bottom + left] as number;
    const upper = a + ((tile[top + right] as number) - a) * across;
    const lower = c + ((tile[bottom + right] as number) - c) * across;
    return upper + (lower - upper) * (v - row);
  };
}

/** A gently rolling line in about [-1, 1]. */
export function rolling(random: Random, frequency: number, octaves: 1 | 2 | 3 | 4 = 2): Curve {
  const field = noiseField(random, frequency, octaves);
  return (x) => field(x, 0);
}

/** A line of sharp peaks in about [-1, 1]: folded noise, as mountains against the sky. */
export function peaks(random: Random, frequency: number): Curve {
  const coarse = noiseField(random, frequency);
  const middle = noiseField(random, frequency * 2.1);
  const fine = noiseField(random, frequency * 4.4);
  const fold = (n: number) => 1 - 2.4 * (n < 0 ? -n : n);
  return (x) => 0.62 * fold(coarse(x, 0)) + 0.28 * fold(middle(x, 0)) + 0.12 * fold(fine(x, 0));
}

/** The same curve between `from` and `to`, read from a table: for curves that a shader asks again for every pixel. */
export function tabulated(curve: Curve, from: number, to: number): Curve {
  const last = 128;
  const values = Float64Array.from({ length: last + 1 }, (_, i) => curve(from + ((to - from) * i) / last));
  const perUnit = last / (to - from);
  return (x) => {
    const t = Math.min(last - 0.001, Math.max(0, (x - from) * perUnit));
    const i = Math.floor(t);
    const value = values[i] as number;
    return value + ((values[i + 1] as number) - value) * (t - i);
  };
}

/** sin(2 pi turns) within 0.001, from two parabolas. */
export function wave(turns: number): number {
  const t = turns - Math.floor(turns);
  const half = t < 0.5 ? t : t - 0.5;
  const bump = 16 * half * (0.5 - half);
  const sine = bump * (0.775 + 0.225 * bump);
  return t < 0.5 ? sine : -sine;
}

/**
 * How much of [x - width / 2, x + width / 2] lies in stripes of share `duty` that start at every whole number: windows,
 * furrows and planks that turn into an even tone instead of shimmering when they are finer than a pixel.
 */
export function stripes(x: number, duty: number, width: number): number {
  return (stripesUpTo(x + width / 2, duty) - stripesUpTo(x - width / 2, duty)) / width;
}

function stripesUpTo(x: number, duty: number): number {
  const whole = Math.floor(x);
  const part = x - whole;
  return whole * duty + Math.min(part, duty);
}
