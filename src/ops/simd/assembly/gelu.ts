import { exponential, scaledTail } from './exponential';
import { bytes, loadPart, storePart } from './vector';

const INVERSE_SQRT_2PI: f32 = 0.3989422804;

/** y = x Phi(x) for the elements from `start` to `end`. */
export function gelu(x: usize, y: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i += 4) {
    const value = loadPart(x + bytes(i), end - i, 0);
    storePart(y + bytes(i), f32x4.mul(value, cumulative(value, density(value))), end - i);
  }
}

/** dx = dy (Phi(x) + x phi(x)) for the elements from `start` to `end`. */
export function geluGrad(x: usize, dy: usize, dx: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i += 4) {
    const value = loadPart(x + bytes(i), end - i, 0);
    const bell = density(value);
    const slope = f32x4.mul(f32x4.mul(value, bell), f32x4.splat(INVERSE_SQRT_2PI));
    const derivative = f32x4.add(cumulative(value, bell), slope);
    storePart(dx + bytes(i), f32x4.mul(loadPart(dy + bytes(i), end - i, 0), derivative), end - i);
  }
}

/** e^(-x^2 / 2). */
@inline
function density(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** Phi(x), given e^(-x^2 / 2). */
@inline
function cumulative(x: v128, bell: v128): v128 {
  const tail = f32x4.mul(scaledTail(f32x4.abs(x)), bell);
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}
