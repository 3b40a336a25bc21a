import { bytes, loadPart, storePart, sumLanes } from './vector';

/** Rows `start` to `end` of y = x / sqrt(|x|^2 + epsilon), and what they were divided by, inverted. */
export function l2Normalise(
  x: usize,
  y: usize,
  inverseNorms: usize,
  width: i32,
  epsilon: f32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const at = bytes(row * width);
    const inverseNorm: f32 = 1 / sqrt<f32>(dot(x + at, x + at, width) + epsilon);
    store<f32>(inverseNorms + bytes(row), inverseNorm);
    for (let i = 0; i < width; i += 4) {
      const value = loadPart(x + at + bytes(i), width - i, 0);
      storePart(y + at + bytes(i), f32x4.mul(value, f32x4.splat(inverseNorm)), width - i);
    }
  }
}

/** dx = (dy - y (y . dy)) / norm for the rows `start` to `end`. */
export function l2NormaliseGrad(
  dy: usize,
  y: usize,
  inverseNorms: usize,
  dx: usize,
  width: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const at = bytes(row * width);
    const along = f32x4.splat(dot(y + at, dy + at, width));
    const inverseNorm = f32x4.splat(load<f32>(inverseNorms + bytes(row)));
    for (let i = 0; i < width; i += 4) {
      const left = width - i;
      const across = f32x4.sub(
        loadPart(dy + at + bytes(i), left, 0),
        f32x4.mul(loadPart(y + at + bytes(i), left, 0), along),
      );
      storePart(dx + at + bytes(i), f32x4.mul(across, inverseNorm), left);
    }
  }
}

/** The sum of products of two rows. */
@inline
function dot(a: usize, b: usize, count: i32): f32 {
  let total = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    total = f32x4.add(total, f32x4.mul(loadPart(a + bytes(i), left, 0), loadPart(b + bytes(i), left, 0)));
  }
  return sumLanes(total);
}
