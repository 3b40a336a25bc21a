/** PCA coefficients and code book entries as targets, against tables that NumPy and PyTorch learned (test/reference/mae.py). */
import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { nearestRows } from '../../src/base/nearestRows.ts';
import { Random } from '../../src/base/random.ts';
import { defaultRun } from '../../src/config/run.ts';
import { kMeans, lloyd } from '../../src/metrics/kMeans.ts';
import { principalComponents } from '../../src/metrics/principal.ts';
import { learnedTarget } from '../../src/objectives/learnedTargets.ts';
import { readFixture } from '../reference/fixture.ts';
import { colourSubject } from '../tinyRun.ts';
import { learnedOf } from './paintingFixture.ts';

const numbers = (values: readonly number[]) => Float32Array.from(values);
function expectClose(ours: ArrayLike<number>, theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [i, value] of theirs.entries()) expect(ours[i]).toBeCloseTo(value, 5);
}

describe('PCA coefficients', () => {
  const { inputs, outputs, settings } = readFixture('maePca');
  const [d, count] = [settings.patchLength, settings.outputs];

  it('are of the components that singular values give', () => {
    const { mean, components } = principalComponents(numbers(inputs.training.data), d, count);
    expectClose(mean, outputs.mean.data);
    expectClose(components, outputs.components.data);
  });

  it('are the target, and all of them together are the patch', () => {
    const learned = learnedOf(readFixture('maePca'));
    const { data, shape } = inputs.patches;
    expectClose(learned?.encode({ data: numbers(data), shape }).data ?? [], outputs.target.data);
    const whole = learnedOf({ ...readFixture('maePca'), settings: { ...settings, outputs: d } });
    const coefficients = whole?.encode({ data: numbers(data), shape }).data as Float32Array;
    expectClose(whole?.decode(coefficients) ?? [], data);
  });

  it('are refused where a patch has fewer numbers', () => {
    const config = defaultRun();
    const mae = { ...config.mae, target: 'pca', components: 192 } as const;
    const subject = colourSubject({ ...config, picture: { ...config.picture, size: 28, patch: 7 } }, 2);
    expect(learnedTarget({ ...mae, components: 147 }, subject)?.outputs).toBe(147);
    expect(() => learnedTarget(mae, subject)).toThrow(BadSettingError);
  });
});

describe('a code book', () => {
  const { inputs, outputs, settings } = readFixture('maeTokens');
  const [d, k] = [settings.patchLength, settings.outputs];
  const training = numbers(inputs.training.data);

  it('is what Lloyd’s rounds make of its first patches elsewhere', () => {
    const { centres, counts } = lloyd(training, training.slice(0, k * d), d, 10);
    expectClose(centres, outputs.centres.data);
    expect([...counts]).toEqual(outputs.counts.data);
  });

  it('tells patches by the nearest entry, and draws the most probable one', () => {
    const learned = learnedOf(readFixture('maeTokens'));
    const { data, shape } = inputs.patches;
    expect([...(learned?.encode({ data: numbers(data), shape }).data ?? [])]).toEqual(outputs.target.data);
    const drawn = learned?.decode(numbers([0, 0, 3, 1, 0, 0])) ?? [];
    expectClose(drawn, outputs.centres.data.slice(2 * d, 3 * d));
  });

  it('starts from patches that lie apart, the same for a seed', () => {
    const book = (seed: number) => kMeans(training, d, k, 10, new Random(seed, 'code book'));
    expect(book(1)).toEqual(book(1));
    expect(book(1).centres).not.toEqual(book(2).centres);
    expect(book(1).counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    // Three heaps far apart are found whatever the seed.
    const heaps = Float32Array.from({ length: 60 }, (_, i) => 10 * Math.floor(i / 20) + (i % 20) / 20);
    for (const seed of [1, 2, 3, 4]) {
      const { centres } = kMeans(heaps, 1, 3, 10, new Random(seed, 'code book'));
      expectClose(centres.toSorted(), [0.475, 10.475, 20.475]);
    }
  });

  it('takes the first of equally near entries', () => {
    expect([...nearestRows(numbers([0, 2, 2, 0]), 1, numbers([1, 2, -1]))]).toEqual([0, 1, 0]);
  });
});
