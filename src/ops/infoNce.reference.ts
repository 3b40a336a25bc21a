import type { ModalityPair } from './infoNce.ts';

/** In double precision: [loss, the loss of each pair], 0 for pairs with fewer than two complete samples. z (k, B, E), present (k, B). */
export function infoNceReference(
  z: ArrayLike<number>,
  present: ArrayLike<number>,
  { batch, width, temperature, pairs }: { batch: number; width: number; temperature: number; pairs: readonly ModalityPair[] },
): number[] {
  const has = (modality: number, sample: number) => present[modality * batch + sample] > 0;
  const samples = Array.from({ length: batch }, (_, sample) => sample);
  const score = (a: number, i: number, b: number, j: number): number => {
    let sum = 0;
    for (let e = 0; e < width; e++) sum += z[(a * batch + i) * width + e] * z[(b * batch + j) * width + e];
    return sum / temperature;
  };
  const surprise = (a: number, b: number, i: number): number => {
    const scores = samples.filter((j) => has(b, j)).map((j) => score(a, i, b, j));
    const highest = Math.max(...scores);
    return highest + Math.log(scores.reduce((sum, value) => sum + Math.exp(value - highest), 0)) - score(a, i, b, i);
  };
  const complete = pairs.map(([a, b]) => samples.filter((i) => has(a, i) && has(b, i)));
  const losses = pairs.map(([a, b], p) => {
    if (complete[p].length < 2) return 0;
    return complete[p].reduce((sum, i) => sum + surprise(a, b, i) + surprise(b, a, i), 0) / (2 * complete[p].length);
  });
  const counted = complete.filter(({ length }) => length >= 2).length;
  return [losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, counted), ...losses];
}
