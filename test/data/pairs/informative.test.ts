/** What a linear classifier makes of each member alone: something, and far from all. */

import { expect, it } from 'vitest';
import { PAIR_SECONDS, PAIR_SIZE } from '../../../src/config/modalities/pairShapes.ts';
import { CAPTION_WORDS, captionOf } from '../../../src/data/pairs/captions.ts';
import { corruptionRandom, corruptPicture, corruptPower, logPower } from '../../../src/data/pairs/corruption.ts';
import { drawDigit } from '../../../src/data/pairs/drawnDigit.ts';
import { speakDigit } from '../../../src/data/pairs/spokenDigit.ts';
import { type PairSplit, pairRandom, thingAt } from '../../../src/data/pairs/things.ts';
import { FeatureExtractor, FLOOR } from '../../../src/data/sound/features.ts';
import { applyLinearProbe, fitLinearProbe } from '../../../src/metrics/linearProbe.ts';

const SEED = 1;
const CORRUPTION = { occlusion: 0.5, noise: 0.25 };
const BANDS = 40;
const POOLED = 4;

const extractor = new FeatureExtractor({
  kind: 'running',
  features: 'log-mel',
  pieces: 25,
  framesPerToken: 2,
  bins: BANDS,
  seconds: PAIR_SECONDS,
  rate: 16_000,
  low: 60,
  high: 3800,
});

/** (8, 8) means of a corrupted picture. */
function pictureFeatures(split: PairSplit, i: number): number[] {
  const pixels = Float32Array.from(
    drawDigit(thingAt(SEED, split, i), pairRandom(SEED, split, i, 'picture')),
    (value) => value / 255,
  );
  corruptPicture(pixels, PAIR_SIZE, CORRUPTION, corruptionRandom(SEED, split, 'picture', i));
  const side = PAIR_SIZE / POOLED;
  const means = new Array<number>(side * side).fill(0);
  for (const [at, value] of pixels.entries()) {
    const [y, x] = [Math.floor(at / PAIR_SIZE), at % PAIR_SIZE].map((place) => Math.floor(place / POOLED));
    means[y * side + x] += value / POOLED ** 2;
  }
  return means;
}

/** Mean and largest log power of each band of a corrupted sound: when it is heard does not count. */
function soundFeatures(split: PairSplit, i: number): number[] {
  const { frames } = extractor.shape;
  const values = new Float32Array(frames * BANDS);
  extractor.extract(speakDigit(thingAt(SEED, split, i), pairRandom(SEED, split, i, 'sound')), values, 0);
  const power = values.map((value) => Math.max(0, Math.exp(value) - FLOOR));
  corruptPower(power, BANDS, CORRUPTION, corruptionRandom(SEED, split, 'sound', i));
  logPower(power);
  return Array.from({ length: 2 * BANDS }, (_, k) => {
    const band = Array.from({ length: frames }, (_, frame) => power[frame * BANDS + (k % BANDS)]);
    return k < BANDS ? band.reduce((sum, value) => sum + value, 0) / frames : Math.max(...band);
  });
}

/** Which words a caption has. */
function textFeatures(split: PairSplit, i: number): number[] {
  const words = captionOf(thingAt(SEED, split, i), 0.5, pairRandom(SEED, split, i, 'text')).split(' ');
  return CAPTION_WORDS.map((word) => Number(words.includes(word)));
}

it.each([
  ['picture', pictureFeatures, 0.35, 0.75],
  ['sound', soundFeatures, 0.45, 0.85],
  // Half of the captions name the digit; of the others a guess in ten is right.
  ['text', textFeatures, 0.5, 0.6],
] as const)('tells the digit by the %s alone more often than chance, and not always', (_, featuresOf, least, most) => {
  const rows = (split: PairSplit, count: number) => {
    const features = Array.from({ length: count }, (_, i) => featuresOf(split, i));
    return {
      features: Float32Array.from(features.flat()),
      d: features[0].length,
      labels: Array.from(features.keys(), (i) => i % 10),
    };
  };
  const probe = fitLinearProbe({ ...rows('train', 800), classes: 10 }, { weightDecay: 0.05 });
  const test = rows('heldOut', 400);
  const { predictions } = applyLinearProbe(probe, test.features);
  const right = Array.from(predictions).filter((label, i) => label === test.labels[i]).length / test.labels.length;
  expect(right).toBeGreaterThan(least);
  expect(right).toBeLessThan(most);
});
