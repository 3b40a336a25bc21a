import { bytes } from './vector';

/**
 * Drops elements of x, from `start` to `end`: those whose draw, one for `group` neighbours, lies below `threshold`; the others times `factor`.
 *
 * @param key two int32: seed and step
 */
export function dropout(
  x: usize,
  key: usize,
  y: usize,
  stream: u32,
  group: i32,
  threshold: u32,
  factor: f32,
  start: i32,
  end: i32,
): void {
  const draws = mix(mix(mix(load<u32>(key)) ^ load<u32>(key, 4)) ^ stream);
  for (let i = start; i < end; i++) {
    const scale: f32 = mix(mix(i / group) ^ draws) < threshold ? 0 : factor;
    store<f32>(y + bytes(i), load<f32>(x + bytes(i)) * scale);
  }
}

/** As `mix` in ops/dropout.ts. */
@inline
function mix(value: u32): u32 {
  const state = value * 747796405 + 2891336453;
  const word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737;
  return (word >> 22) ^ word;
}
