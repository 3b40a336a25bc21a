import { describe, expect, it } from 'vitest';
import { EMPTY, FIRST_WORD } from '../../src/config/modalities/tokens.ts';
import type { PatchBatch } from '../../src/objectives/objective.ts';
import { withNoise } from '../../src/trainer/memberNoise.ts';

const WORDS = 40;
const member = (values: Float32Array | Int32Array, patches: number): PatchBatch => ({
  values,
  count: 1,
  patches,
  patchLength: values.length / patches,
});

const batch: PatchBatch = {
  values: new Float32Array(),
  count: 1,
  patches: 0,
  patchLength: 0,
  members: {
    picture: member(new Float32Array(10_000), 10),
    text: member(
      Int32Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? EMPTY : FIRST_WORD + 3)),
      2000,
    ),
  },
};

const valuesOf = (levels: Parameters<typeof withNoise>[1], sense: 'picture' | 'text') =>
  Array.from(withNoise(batch, levels, WORDS).members?.[sense]?.values ?? []);

describe('withNoise', () => {
  it('touches nothing but the senses that it is asked to', () => {
    const noisy = withNoise(batch, { picture: 0.5 }, WORDS);
    expect(noisy.members?.text).toBe(batch.members?.text);
    expect(withNoise(batch, {}, WORDS).members?.picture).toBe(batch.members?.picture);
    expect(batch.members?.picture?.values.every((value) => value === 0)).toBe(true);
  });

  it('is twice the spread of what was trained on at 1, and the same noise at every level, only stronger', () => {
    const full = valuesOf({ picture: 1 }, 'picture');
    const deviation = Math.sqrt(full.reduce((sum, value) => sum + value * value, 0) / full.length);
    expect(deviation).toBeCloseTo(2, 1);
    const quarter = valuesOf({ picture: 0.25 }, 'picture');
    full.forEach((value, i) => {
      if (i % 500 === 0) expect(quarter[i]).toBeCloseTo(value / 4, 6);
    });
  });

  it('exchanges a share of the words, those of a lower level among them, and never fills empty places', () => {
    const changed = (level: number) =>
      valuesOf({ text: level }, 'text').flatMap((id, i) => (id === (i % 2 === 0 ? EMPTY : FIRST_WORD + 3) ? [] : [i]));
    const [some, most] = [changed(0.3), changed(0.8)];
    expect(some.every((place) => most.includes(place))).toBe(true);
    expect(some.every((place) => place % 2 === 1)).toBe(true);
    expect(some.length / 1000).toBeGreaterThan(0.24);
    expect(some.length / 1000).toBeLessThan(0.36);
  });
});
