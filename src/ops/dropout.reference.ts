import type { DropoutSettings } from './dropout.ts';

/** Numbers are dropped whose draw falls below the rate; the others are scaled by 1 / (1 - rate). */
export function dropoutReference(
  x: ArrayLike<number>,
  [seed, step]: readonly [number, number],
  { rate, stream, group }: DropoutSettings,
): Float64Array {
  return Float64Array.from(x, (value, i) => {
    const share = randomReference(seed, step, stream, Math.floor(i / group)) / 2 ** 32;
    return share < rate ? 0 : value / (1 - rate);
  });
}

/** The generator over whole numbers without end: whoever works with 32 bits has to arrive at the same. */
export function randomReference(seed: number, step: number, stream: number, place: number): number {
  const key = mix(mix(mix(word(seed)) ^ word(step)) ^ word(stream));
  return Number(mix(mix(word(place)) ^ key));
}

function mix(value: bigint): bigint {
  const state = (value * 747796405n + 2891336453n) % WORDS;
  const shuffled = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) % WORDS;
  return (shuffled >> 22n) ^ shuffled;
}

const WORDS = 2n ** 32n;

/** A whole number, negative ones too, as 32 bits. */
function word(value: number): bigint {
  return BigInt.asUintN(32, BigInt(value));
}
