import { exponential, scaledTail } from './exponential';
import { bytes, loadPart, storePart } from './vector';

const INVERSE_SQRT_2PI: f32 = 0.3989422804;

/**
 * y = x Phi(x) for the elements from `start` to `end`. Two vectors at a time, as in all loops around `exponential`: V8 builds
 * each constant anew in every turn of a loop, three instructions for the two or four of arithmetic that need it.
 */
export function gelu(x: usize, y: usize, start: i32, end: i32): void {
  let i = start;
  for (; i + 8 <= end; i += 8) {
    const at = bytes(i);
    const first = value(v128.load(x + at));
    const second = value(v128.load(x + at, 16));
    v128.store(y + at, first);
    v128.store(y + at, second, 16);
  }
  for (; i < end; i += 4) storePart(y + bytes(i), value(loadPart(x + bytes(i), end - i, 0)), end - i);
}

/** dx = dy (Phi(x) + x phi(x)) for the elements from `start` to `end`. */
export function geluGrad(x: usize, dy: usize, dx: usize, start: i32, end: i32): void {
  let i = start;
  for (; i + 8 <= end; i += 8) {
    const at = bytes(i);
    const first = f32x4.mul(v128.load(dy + at), derivative(v128.load(x + at)));
    const second = f32x4.mul(v128.load(dy + at, 16), derivative(v128.load(x + at, 16)));
    v128.store(dx + at, first);
    v128.store(dx + at, second, 16);
  }
  for (; i < end; i += 4) {
    const slope = derivative(loadPart(x + bytes(i), end - i, 0));
    storePart(dx + bytes(i), f32x4.mul(loadPart(dy + bytes(i), end - i, 0), slope), end - i);
  }
}

/** y = GELU(x) and slope = GELU'(x), which share most of their work; y or slope may be x. */
export function geluWithSlope(x: usize, y: usize, slope: usize, count: i32): void {
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const at = bytes(i);
    const first = v128.load(x + at);
    const second = v128.load(x + at, 16);
    const firstHeight = bell(first);
    const secondHeight = bell(second);
    const firstShare = cumulative(first, firstHeight);
    const secondShare = cumulative(second, secondHeight);
    v128.store(y + at, f32x4.mul(first, firstShare));
    v128.store(y + at, f32x4.mul(second, secondShare), 16);
    v128.store(slope + at, f32x4.add(firstShare, f32x4.mul(first, density(firstHeight))));
    v128.store(slope + at, f32x4.add(secondShare, f32x4.mul(second, density(secondHeight))), 16);
  }
  for (; i < count; i += 4) {
    const left = count - i;
    const input = loadPart(x + bytes(i), left, 0);
    const height = bell(input);
    const share = cumulative(input, height);
    storePart(y + bytes(i), f32x4.mul(input, share), left);
    storePart(slope + bytes(i), f32x4.add(share, f32x4.mul(input, density(height))), left);
  }
}

@inline
function value(x: v128): v128 {
  return f32x4.mul(x, cumulative(x, bell(x)));
}

@inline
function derivative(x: v128): v128 {
  const height = bell(x);
  return f32x4.add(cumulative(x, height), f32x4.mul(x, density(height)));
}

/** phi(x), given e^(-x^2 / 2). */
@inline
function density(height: v128): v128 {
  return f32x4.mul(height, f32x4.splat(INVERSE_SQRT_2PI));
}

/** e^(-x^2 / 2). */
@inline
function bell(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** Phi(x), given e^(-x^2 / 2). */
@inline
function cumulative(x: v128, height: v128): v128 {
  const tail = f32x4.mul(scaledTail(f32x4.abs(x)), height);
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}
