/** Rows moved, repeated and summed. */
import { bytes, loadPart, storePart } from './vector';

/** Copies `count` floats of every sample, which lie `xSample` floats apart in x and `ySample` in y. */
export function copyRows(x: usize, y: usize, xSample: i32, ySample: i32, count: i32, start: i32, end: i32): void {
  for (let sample = start; sample < end; sample++) {
    memory.copy(y + bytes(sample * ySample), x + bytes(sample * xSample), bytes(count));
  }
}

/** The elements `start` to `end` of x, int32, as floats. */
export function toFloats(x: usize, y: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) store<f32>(y + bytes(i), <f32>load<i32>(x + bytes(i)));
}

/** The elements `start` to `end` of x, bytes, as floats. */
export function boolsToFloats(x: usize, y: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) store<f32>(y + bytes(i), <f32>load<u8>(x + i));
}

/** Zeros in the elements `start` to `end` of y. */
export function fillZeros(y: usize, start: i32, end: i32): void {
  memory.fill(y + bytes(start), 0, bytes(end - start));
}

/** The rows `start` to `end` of y: each row of x (rows, width) `times` times in a row, times `factor`. */
export function repeatRows(x: usize, y: usize, times: i32, width: i32, factor: f32, start: i32, end: i32): void {
  const scale = f32x4.splat(factor);
  for (let row = start; row < end; row++) {
    const from = x + bytes((row / times) * width);
    const to = y + bytes(row * width);
    for (let i = 0; i < width; i += 4) {
      storePart(to + bytes(i), f32x4.mul(loadPart(from + bytes(i), width - i, 0), scale), width - i);
    }
  }
}

/** y (samples, width): the sum, in order, of each sample's rows of x (samples, rows, width), times `factor`. */
export function sumSamples(x: usize, y: usize, rows: i32, width: i32, factor: f32, start: i32, end: i32): void {
  const scale = f32x4.splat(factor);
  for (let sample = start; sample < end; sample++) {
    for (let i = 0; i < width; i += 4) {
      const left = width - i;
      let from = x + bytes(sample * rows * width + i);
      let total = f32x4.splat(0);
      for (let row = 0; row < rows; row++) {
        total = f32x4.add(total, loadPart(from, left, 0));
        from += bytes(width);
      }
      storePart(y + bytes(sample * width + i), f32x4.mul(total, scale), left);
    }
  }
}
