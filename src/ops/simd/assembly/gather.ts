/** Rows by index, and back. An index that names no row takes zeros, and gives nothing back. */
import { add } from './layout';
import { rescale } from './softmax';
import { bytes, loadPart, storePart } from './vector';

/**
 * y[place] = x[index[place]] for the places `start` to `end`; every `taken` of them look at another sample of `rows` rows, or at the
 * same rows if `shared`.
 */
export function gatherRows(
  x: usize,
  index: usize,
  y: usize,
  rows: i32,
  taken: i32,
  width: i32,
  shared: i32,
  start: i32,
  end: i32,
): void {
  for (let place = start; place < end; place++) {
    const row = load<i32>(index + bytes(place));
    const to = y + bytes(place * width);
    if (<u32>row >= <u32>rows) {
      memory.fill(to, 0, bytes(width));
      continue;
    }
    const first = shared != 0 ? 0 : (place / taken) * rows;
    const from = x + bytes((first + row) * width);
    for (let i = 0; i < width; i += 4) storePart(to + bytes(i), loadPart(from + bytes(i), width - i, 0), width - i);
  }
}

/** dx (samples, rows, width): every row gets the sum, in order, of the rows of dy (samples, taken, width) that took it. */
export function scatterRows(
  dy: usize,
  index: usize,
  dx: usize,
  rows: i32,
  taken: i32,
  width: i32,
  start: i32,
  end: i32,
): void {
  for (let sample = start; sample < end; sample++) {
    const first = sample * taken;
    scatterTable(dy + bytes(first * width), index + bytes(first), dx + bytes(sample * rows * width), taken, width, 0, rows);
  }
}

/** The rows `start` to `end` of dTable (rows, width): each the sum, in order, of the rows of dy (places, width) that took it. */
export function scatterTable(dy: usize, index: usize, dTable: usize, places: i32, width: i32, start: i32, end: i32): void {
  memory.fill(dTable + bytes(start * width), 0, bytes((end - start) * width));
  for (let place = 0; place < places; place++) {
    const row = load<i32>(index + bytes(place));
    if (row < start || row >= end) continue;
    const to = dTable + bytes(row * width);
    add(dy + bytes(place * width), to, to, width);
  }
}

/** y[place] = table[index[place]] * scale for the places `start` to `end`. */
export function embedWords(
  table: usize,
  index: usize,
  y: usize,
  words: i32,
  width: i32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  const factor = f32x4.splat(scale);
  for (let place = start; place < end; place++) {
    const word = load<i32>(index + bytes(place));
    const to = y + bytes(place * width);
    if (<u32>word >= <u32>words) {
      memory.fill(to, 0, bytes(width));
      continue;
    }
    const from = table + bytes(word * width);
    for (let i = 0; i < width; i += 4) {
      storePart(to + bytes(i), f32x4.mul(loadPart(from + bytes(i), width - i, 0), factor), width - i);
    }
  }
}

/** `scatterTable` times `scale`. */
export function embedWordsGrad(
  dy: usize,
  index: usize,
  dTable: usize,
  places: i32,
  width: i32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  scatterTable(dy, index, dTable, places, width, start, end);
  rescale(dTable + bytes(start * width), (end - start) * width, scale);
}
