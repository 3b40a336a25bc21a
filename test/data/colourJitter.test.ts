/** Colour jitter of training pictures, by hand numbers. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import { defaultRun } from '../../src/config/run.ts';
import { applyView, randomView, wholeView } from '../../src/data/augment.ts';

const OFF = { flip: true, minCrop: 0.5, brightness: 0, contrast: 0, saturation: 0 };
const SAME = { brightness: 1, contrast: 1, saturation: 1 };

/** Two pixels of a picture of 2 x 2: one of these colours, the others black. */
function looked(colour: readonly number[], factors: Partial<typeof SAME>): number[] {
  const source = new Uint8Array(4 * colour.length);
  source.set(colour);
  const target = new Float32Array(source.length);
  applyView(source, 2, colour.length, { ...wholeView(2), colours: { ...SAME, ...factors } }, target);
  return [...target].slice(0, 2 * colour.length);
}

const expectNear = (ours: readonly number[], theirs: readonly number[]) => {
  expect(ours).toHaveLength(theirs.length);
  for (const [i, value] of theirs.entries()) expect(ours[i]).toBeCloseTo(value, 3);
};

describe('colour jitter', () => {
  it('blends with black, with the mean grey and with a pixel’s own grey, and stays among colours', () => {
    expectNear(looked([200, 100, 40], {}), [200, 100, 40, 0, 0, 0]);
    expectNear(looked([200, 100, 40], { brightness: 0.5 }), [100, 50, 20, 0, 0, 0]);
    expectNear(looked([200, 100, 40], { brightness: 1.5 }), [255, 150, 60, 0, 0, 0]);
    // Grey 0.299 200 + 0.587 100 + 0.114 40 = 123.06; a quarter of it is the mean of the picture.
    expectNear(looked([200, 100, 40], { saturation: 0 }), [123.06, 123.06, 123.06, 0, 0, 0]);
    expectNear(looked([200, 100, 40], { saturation: 2 }), [255, 76.94, 0, 0, 0, 0]);
    expectNear(looked([200, 100, 40], { contrast: 0 }), Array(6).fill(30.765));
    expectNear(looked([200, 100, 40], { contrast: 2 }), [255, 169.235, 49.235, 0, 0, 0]);
    expectNear(looked([200], { saturation: 0 }), [200, 0]);
  });

  it('draws factors within its strength, the same for a seed, and nothing where it is off', () => {
    const draw = (seed: number) => randomView(8, { ...OFF, brightness: 0.4, saturation: 0.2 }, new Random(seed));
    expect(draw(3)).toEqual(draw(3));
    const drawn = Array.from({ length: 200 }, (_, seed) => draw(seed).colours ?? SAME);
    expect(drawn.every(({ contrast }) => contrast === 1)).toBe(true);
    expect(Math.min(...drawn.map(({ brightness }) => brightness))).toBeGreaterThanOrEqual(0.6);
    expect(Math.max(...drawn.map(({ brightness }) => brightness))).toBeGreaterThan(1.3);
    expect(Math.max(...drawn.map(({ saturation }) => saturation))).toBeLessThanOrEqual(1.2);
    const off = randomView(8, OFF, new Random(3));
    expect(off).not.toHaveProperty('colours');
    // What is drawn without it is drawn with it too: flips and crops are the same.
    expect(draw(3)).toMatchObject(off);
  });

  it('is off unless set, and where labels are learned', () => {
    const config = defaultRun();
    expect(config.picture).toMatchObject({ brightness: 0, contrast: 0, saturation: 0 });
    const jittered = { ...config, picture: { ...config.picture, brightness: 0.4, contrast: 0.4, saturation: 0.4 } };
    expect(fineTuneConfig(jittered).picture).toMatchObject({ brightness: 0, contrast: 0, saturation: 0 });
  });
});
