import { bytes } from './vector';

/** Of the rows `start` to `end`: whether the first of the highest logits is at the label, 1 or 0, into `rights`, doubles. */
export function accuracy(logits: usize, labels: usize, rights: usize, classes: i32, start: i32, end: i32): void {
  for (let row = start; row < end; row++) {
    const input = logits + bytes(row * classes);
    let best = 0;
    let highest = load<f32>(input);
    for (let k = 1; k < classes; k++) {
      const score = load<f32>(input + bytes(k));
      if (score > highest) {
        highest = score;
        best = k;
      }
    }
    store<f64>(rights + 2 * bytes(row), best == load<i32>(labels + bytes(row)) ? 1 : 0);
  }
}
