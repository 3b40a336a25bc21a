import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { alignmentOf, embeddingPlane } from '../../src/metrics/alignment.ts';

const d = 2;

function rows(...numbers: number[]) {
  return { rows: Float32Array.from(numbers), d };
}

function noise(count: number, width: number, random: Random): Float32Array {
  return Float32Array.from({ length: count * width }, () => random.normal());
}

describe('alignment', () => {
  it('agrees with two samples by hand, whatever the lengths', () => {
    const a = rows(3, 0, 0, 5);
    const b = rows(0, 1, 0, 2);
    // Cosines of pairs 0 and 1, of others 1 and 0; means (.5, .5) and (0, 1).
    expect(alignmentOf(a, b)).toEqual({
      distance: expect.closeTo(Math.SQRT1_2, 12),
      pairs: 0.5,
      others: 0.5,
      contrast: 0,
      count: 2,
    });
    expect(alignmentOf(a, rows(7, 0, 0, 7))).toMatchObject({ distance: 0, pairs: 1, others: 0, contrast: 1 });
  });

  it('is the mean over all ordered pairs of different samples', () => {
    const random = new Random(2, 'alignment');
    const a = { rows: noise(6, 5, random), d: 5 };
    const b = { rows: noise(6, 5, random), d: 5 };
    const cosine = (i: number, j: number) => {
      const [x, y] = [a.rows.subarray(i * 5, i * 5 + 5), b.rows.subarray(j * 5, j * 5 + 5)];
      const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, value, k) => sum + value * v[k], 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    };
    let own = 0;
    let others = 0;
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        if (i === j) own += cosine(i, j) / 6;
        else others += cosine(i, j) / 30;
    const found = alignmentOf(a, b);
    expect(found.pairs).toBeCloseTo(own, 6);
    expect(found.others).toBeCloseTo(others, 6);
    expect(found.contrast).toBeCloseTo(own - others, 6);
  });

  it('is of samples that have both', () => {
    const a = { ...rows(1, 0, 0, 1, 1, 1), present: [1, 1, 0] };
    const b = { ...rows(1, 0, Number.NaN, 1, 1, 1), present: [1, 0, 1] };
    expect(alignmentOf(a, b)).toEqual({ distance: 0, pairs: 1, others: Number.NaN, contrast: Number.NaN, count: 1 });
  });

  it('refuses other samples', () => {
    expect(() => alignmentOf(rows(1, 0), rows(1, 0, 0, 1))).toThrow('same samples');
  });
});

describe('the plane of embeddings', () => {
  const random = new Random(3, 'plane');
  const one = { rows: noise(50, 6, random), d: 6 };

  it('has the same axes for all: equal rows lie on one spot', () => {
    const { coordinates } = embeddingPlane([one, { ...one, rows: one.rows.map((value) => 3 * value) }]);
    coordinates[0].forEach((value, i) => {
      expect(value).toBeCloseTo(coordinates[1][i], 6);
    });
  });

  it('shows the two directions of largest variance, and says how much that is', () => {
    const flat = { rows: Float32Array.from({ length: 40 * 3 }, (_, i) => (i % 3 === 2 ? 0 : random.normal())), d: 3 };
    const { coordinates, shares } = embeddingPlane([flat]);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 9);
    expect(shares[0]).toBeGreaterThan(shares[1]);
    // Distances on the plane are those of the rows at length 1.
    const [x, y] = [coordinates[0], flat.rows];
    const unit = (i: number) => [y[3 * i], y[3 * i + 1]].map((value) => value / Math.hypot(y[3 * i], y[3 * i + 1]));
    expect(Math.hypot(x[0] - x[2], x[1] - x[3])).toBeCloseTo(Math.hypot(unit(0)[0] - unit(1)[0], unit(0)[1] - unit(1)[1]), 5);
  });

  it('does not hang on what is not there, and is the same every time', () => {
    const far = one.rows.slice();
    far.fill(1e6, 0, 6);
    const present = Uint8Array.from({ length: 50 }, (_, i) => Number(i > 0));
    const plane = embeddingPlane([{ ...one, present }]);
    const other = embeddingPlane([{ d: 6, rows: far, present }]);
    expect(other.coordinates[0].subarray(2)).toEqual(plane.coordinates[0].subarray(2));
    expect(embeddingPlane([{ ...one, present }])).toEqual(plane);
  });
});
