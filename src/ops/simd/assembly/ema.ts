import { bytes, loadPart, storePart } from './vector';

/** average += (values - average) (1 - rate), in place, `rate` a scalar, for the elements from `start` to `end`. */
export function ema(average: usize, values: usize, rate: usize, start: i32, end: i32): void {
  const share = f32x4.splat(1 - load<f32>(rate));
  for (let i = start; i < end; i += 4) {
    const left = end - i;
    const at = bytes(i);
    const old = loadPart(average + at, left, 0);
    const step = f32x4.mul(f32x4.sub(loadPart(values + at, left, 0), old), share);
    storePart(average + at, f32x4.add(old, step), left);
  }
}
