import { logarithm } from './logarithm';
import { exponentials, maximum, rescale } from './softmax';
import { bytes } from './vector';

/**
 * Softmax of the rows `start` to `end` into `probabilities`, and their -log softmax(logits)[label] into `losses`, doubles. A
 * label that names no class counts as in tfjs's one-hot: nothing is picked.
 */
export function crossEntropy(
  logits: usize,
  labels: usize,
  probabilities: usize,
  losses: usize,
  classes: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const input = logits + bytes(row * classes);
    const output = probabilities + bytes(row * classes);
    const label = load<i32>(labels + bytes(row));
    const highest = maximum(input, classes);
    const total = exponentials(input, output, classes, highest, 1);
    rescale(output, classes, 1 / total);
    let loss = logarithm(total);
    if (<u32>label < <u32>classes) loss -= <f64>(load<f32>(input + bytes(label)) - highest);
    store<f64>(losses + 2 * bytes(row), loss);
  }
}

/** (softmax - one-hot) * dy / rows for the rows `start` to `end` of all; dy is a scalar. */
export function crossEntropyGrad(
  probabilities: usize,
  labels: usize,
  dLogits: usize,
  dy: usize,
  rows: i32,
  classes: i32,
  start: i32,
  end: i32,
): void {
  const scale = <f32>(<f64>load<f32>(dy) / <f64>rows);
  for (let row = start; row < end; row++) {
    const output = dLogits + bytes(row * classes);
    const label = load<i32>(labels + bytes(row));
    memory.copy(output, probabilities + bytes(row * classes), bytes(classes));
    if (<u32>label < <u32>classes) {
      const target = output + bytes(label);
      store<f32>(target, load<f32>(target) - 1);
    }
    rescale(output, classes, scale);
  }
}

/**
 * Of the rows `start` to `end`: (softmax - one-hot) * scale into `dLogits`, -log softmax(logits)[label] into `losses`, doubles, and
 * into `rights`, doubles, whether no logit is higher than the label's. A label that is no word costs without end.
 */
export function wordLoss(
  logits: usize,
  labels: usize,
  dLogits: usize,
  losses: usize,
  rights: usize,
  scale: f32,
  words: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const input = logits + bytes(row * words);
    const output = dLogits + bytes(row * words);
    const label = load<i32>(labels + bytes(row));
    const highest = maximum(input, words);
    const isWord = <u32>label < <u32>words;
    const below: f32 = isWord ? highest - load<f32>(input + bytes(label)) : Infinity;
    const total = exponentials(input, output, words, highest, 1);
    rescale(output, words, scale / total);
    if (isWord) {
      const target = output + bytes(label);
      store<f32>(target, load<f32>(target) - scale);
    }
    store<f64>(losses + 2 * bytes(row), logarithm(total) + <f64>below);
    store<f64>(rights + 2 * bytes(row), below <= 0 ? 1 : 0);
  }
}
