import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { componentColours, cosineRows, effectiveRank, firstComponents, project } from '../../src/metrics/latents.ts';
import { expectAllClose } from '../ops/support/closeness.ts';
import reference from '../reference/metrics.json';

const { latents } = reference;
const CLOSE = { absolute: 2e-6, relative: 2e-6 };
const vectors = Float32Array.from(latents.vectors);
const others = Float32Array.from(latents.others);

function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed, 'latents');
  return Float32Array.from({ length: count }, () => random.normal());
}

describe('firstComponents', () => {
  it('are those of NumPy, sign included', () => {
    const fitted = firstComponents(vectors, 6, 3);
    for (const key of ['mean', 'directions', 'deviations', 'shares'] as const) {
      expectAllClose(fitted[key], latents[key], CLOSE);
    }
    expectAllClose(project(others, fitted), latents.projected, CLOSE);
  });

  it('are the same for the vectors upside down, and unchanged by another run', () => {
    const rows = latents.vectors.length / 6;
    const turned = vectors.map((_, i) => vectors[(rows - 1 - Math.floor(i / 6)) * 6 + (i % 6)] ?? 0);
    expectAllClose(firstComponents(turned, 6, 3).directions, latents.directions, CLOSE);
    expect(firstComponents(vectors, 6, 3)).toEqual(firstComponents(vectors, 6, 3));
  });

  it('have no deviation where there are fewer directions than components', () => {
    const line = Float32Array.from({ length: 40 }, (_, i) => Math.floor(i / 4) * ((i % 4) + 1));
    const { deviations, shares } = firstComponents(line, 4, 3);
    expect(deviations[0]).toBeCloseTo(Math.sqrt(30 * 8.25), 5);
    expect(deviations[1]).toBeLessThan(1e-6);
    expect(shares[0]).toBeCloseTo(1, 9);
    expectAllClose(firstComponents(new Float32Array(8).fill(3), 4, 3).shares, [0, 0, 0], CLOSE);
  });

  it('refuse rows that do not fit', () => {
    expect(() => firstComponents(vectors, 5, 3)).toThrow('rows of 5');
    expect(() => firstComponents(vectors, 6, 7)).toThrow('7 components');
    expect(() => firstComponents(new Float32Array(0), 6, 3)).toThrow('rows');
  });
});

describe('componentColours', () => {
  const components = firstComponents(vectors, 6, 3);

  it('puts the mean at middle grey and 2.5 deviations at the end of the scale', () => {
    const { mean, directions, deviations } = components;
    const at = (component: number, steps: number): Uint8ClampedArray =>
      componentColours(
        Float32Array.from(
          mean,
          (value, j) => value + steps * (deviations[component] ?? 0) * (directions[component * 6 + j] ?? 0),
        ),
        components,
      );
    expectAllClose(at(0, 0), [127.5, 127.5, 127.5], { absolute: 0.51, relative: 0 });
    expectAllClose(at(1, 2.5), [127.5, 255, 127.5], { absolute: 0.51, relative: 0 });
    expectAllClose(at(2, -1.25), [127.5, 127.5, 63.75], { absolute: 0.51, relative: 0 });
    expect(at(0, -9)[0]).toBe(0);
  });

  it('draws a shrunken copy in paler colours, on the same scale', () => {
    const { mean } = components;
    const pale = vectors.map((value, i) => (mean[i % 6] ?? 0) + 0.1 * (value - (mean[i % 6] ?? 0)));
    const range = (colours: Uint8ClampedArray): number => Math.max(...colours) - Math.min(...colours);
    expect(range(componentColours(vectors, components))).toBeGreaterThan(150);
    expect(range(componentColours(pale, components))).toBeLessThan(30);
  });

  it('stays grey without variance and for numbers that are not finite', () => {
    const flat = new Float32Array(24).fill(2);
    expect(new Set(componentColours(flat, firstComponents(flat, 6, 3)))).toEqual(new Set([128]));
    expect([...componentColours(new Float32Array(6).fill(Number.NaN), components)]).toEqual([128, 128, 128]);
    expect(() => componentColours(flat, firstComponents(flat, 6, 2))).toThrow('red');
  });
});

describe('cosineRows', () => {
  it('are those of NumPy', () => {
    expectAllClose(cosineRows(vectors.subarray(0, 30), others, 6), latents.cosines, CLOSE);
  });

  it('ignore length, are -1 for opposites and 0 for a row of zeros', () => {
    const a = Float32Array.of(1, 2, 1e-20, 2e-20, 0, 0, 3, 0);
    const b = Float32Array.of(10, 20, -1, -2, 1, 1, 0, 5);
    expectAllClose(cosineRows(a, b, 2), [1, -1, 0, 0], CLOSE);
    expect(() => cosineRows(a, b.subarray(2), 2)).toThrow('against');
  });
});

describe('effectiveRank', () => {
  it('is that of NumPy for tall and for wide matrices', () => {
    expect(effectiveRank(vectors, 6)).toBeCloseTo(latents.rank, 5);
    expect(effectiveRank(Float32Array.from(latents.wide), 9)).toBeCloseTo(latents.wideRank, 5);
  });

  it('counts equal directions, and 1 for copies of one vector', () => {
    const identity = Float32Array.from({ length: 64 }, (_, i) => Number(i % 9 === 0));
    expect(effectiveRank(identity, 8)).toBeCloseTo(8, 9);
    const copies = Float32Array.from({ length: 400 }, (_, i) => (i % 8) - 3);
    expect(effectiveRank(copies, 8)).toBeCloseTo(1, 4);
    expect(effectiveRank(new Float32Array(16), 8)).toBe(0);
    expect(effectiveRank(Float32Array.of(1, Number.NaN), 2)).toBeNaN();
  });

  it('is near d for noise, and fast enough to look at while training', () => {
    const noise = normals(1024 * 128, 3);
    const start = performance.now();
    expect(effectiveRank(noise, 128)).toBeGreaterThan(115);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
