/** What this machine does at best on the threads of a recorded step: its peak and its bandwidth. */
import type { SimdInstance } from '../../ops/simd/instance.ts';
import { type RecordedCall, Walk } from '../../ops/simd/walk.ts';
import { panelled } from './cost.ts';
import type { Speeds } from './costs.ts';
import { HeapRoom } from './heapRoom.ts';

const SIDES = [128, 256, 512] as const;
/** Operations of a walk of products: some milliseconds. */
const WALK_FLOPS = 2 ** 28;
/** Rows of a product that a thread takes at a time, as kernels/products.ts has it at most. */
const PRODUCT_ROWS = 64;
const LEAST_BYTES = 2 ** 18;
const MOST_BYTES = 2 ** 27;
/** What a walk of copies touches in all, where that is not too many of them. */
const WALK_BYTES = 2 ** 28;
const MOST_COPIES = 200;
const PIECES_PER_THREAD = 4;
const ROUNDS = 12;
const TRIES = 5;

/** Products of two square matrices by the kernel of linear layers, the second in panels already. */
export class SquareProducts {
  private readonly room: HeapRoom;
  private readonly walk: Walk;
  private readonly flops: number;

  constructor(
    simd: SimdInstance,
    readonly side: number,
  ) {
    this.room = new HeapRoom(simd.heap);
    const floats = side * panelled(side);
    const [x, panels, y] = [floats, floats, floats].map((count) => this.room.take(4 * count));
    for (const at of [x, panels]) new Float32Array(simd.heap.memory.buffer, at, floats).fill(0.5);
    const call = {
      kind: 'range',
      name: 'linear',
      args: [x, panels, 0, y, side, side],
      count: side,
      grain: PRODUCT_ROWS,
    } as const;
    const products = Math.ceil(WALK_FLOPS / (2 * side ** 3));
    this.flops = products * 2 * side ** 3;
    this.walk = new Walk(simd, Array<RecordedCall>(products).fill(call), this.room.take);
  }

  /** Multiplies a few times for some milliseconds. @returns billions of operations a second, of the quickest: at first threads have to wake up */
  rate(): number {
    const times = Array.from({ length: TRIES }, () => millisecondsOf(this.walk));
    return this.flops / Math.min(...times) / 1e6;
  }

  dispose(): void {
    this.room.dispose();
  }
}

/** The side of square matrices whose products are the fastest here. */
export function fastestSide(simd: SimdInstance): number {
  const rates = SIDES.map((side) => {
    const products = new SquareProducts(simd, side);
    const rate = Math.max(products.rate(), products.rate());
    products.dispose();
    return rate;
  });
  return SIDES[rates.indexOf(Math.max(...rates))];
}

export type Bandwidths = Speeds['bandwidths'];

export function measureBandwidths(simd: SimdInstance): Bandwidths {
  const sizes = [];
  for (let bytes = LEAST_BYTES; bytes <= MOST_BYTES; bytes *= 2) sizes.push(bytes);
  return sizes.map((bytes) => ({ bytes, gbPerSecond: measureCopies(simd, bytes) }));
}

/** The faster of two at each size. */
export function fasterOf(a: Bandwidths, b: Bandwidths): Bandwidths {
  return a.map(({ bytes, gbPerSecond }, i) => ({ bytes, gbPerSecond: Math.max(gbPerSecond, b[i].gbPerSecond) }));
}

/**
 * Copies one half of so many bytes to the other, again and again: what fits a cache stays there.
 *
 * @returns gigabytes a second, what is read and what is written together, of the quickest walk
 */
function measureCopies(simd: SimdInstance, bytes: number): number {
  const room = new HeapRoom(simd.heap);
  try {
    const [from, to] = [bytes / 2, bytes / 2].map(room.take);
    new Float32Array(simd.heap.memory.buffer, from, bytes / 8).fill(0.5);
    const pieces = PIECES_PER_THREAD * (simd.threads?.active ?? 1);
    const floats = Math.floor(bytes / 8 / pieces);
    const call = { kind: 'range', name: 'copyRows', args: [from, to, floats, floats, floats], count: pieces, grain: 1 } as const;
    const copies = Math.min(MOST_COPIES, WALK_BYTES / bytes);
    const walk = new Walk(simd, Array<RecordedCall>(copies).fill(call), room.take);
    return (8 * floats * pieces * copies) / Math.min(...rounds(() => millisecondsOf(walk))) / 1e6;
  } finally {
    room.dispose();
  }
}

/** What some rounds say, after one that does not count. */
function rounds(body: () => number): number[] {
  body();
  return Array.from({ length: ROUNDS }, body);
}

function millisecondsOf(walk: Walk): number {
  const started = performance.now();
  walk.run();
  return performance.now() - started;
}
