import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { addQueries, nearestTo, precisionAtOne, precisionOfPairs } from '../../src/metrics/retrieval.ts';

/** Rows (n, 2) at these angles, in turns, and of any length. */
function at(...turns: number[]): Float32Array {
  return Float32Array.from(
    turns.flatMap((turn, i) => [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)].map((x) => x * (i + 1))),
  );
}

const d = 2;

describe('precision at 1', () => {
  const pictures = { rows: at(0, 0.25, 0.5, 0.75), d };
  const labels = [0, 1, 0, 1];

  it('is the share of queries whose nearest row is of their class', () => {
    // Nearest of each: 0 -> 0, 1 -> 1, 2 -> 3, 3 -> 3.
    const sounds = { rows: at(0.02, 0.25, 0.95, 0.7), d };
    expect(precisionAtOne(pictures, sounds, labels)).toEqual({ precision: 0.75, chance: 0.5, queries: 4, gallery: 4 });
    // Of combinations all are different: only the partner is right.
    expect(precisionAtOne(pictures, sounds, [0, 1, 2, 3])).toMatchObject({ precision: 0.75, chance: 0.25 });
    // The partner is not what is asked for: any row of the class is right.
    expect(precisionAtOne(pictures, { rows: at(0.5, 0.75, 0, 0.25), d }, labels).precision).toBe(1);
  });

  it('does not look at lengths', () => {
    const sounds = { rows: at(0.02, 0.25, 0.95, 0.7).map((value, i) => value * (i < 2 ? 1e-3 : 1e3)), d };
    expect(precisionAtOne(pictures, sounds, labels).precision).toBe(0.75);
  });

  it('has a direction: what is asked and what is found are two things', () => {
    const sounds = { rows: at(0, 0.2, 0.02, 0.7), d };
    const both = new Map([
      ['picture', pictures],
      ['sound', sounds],
    ]);
    const found = precisionOfPairs(both, labels);
    expect(found.map(({ from, to, precision }) => [from, to, precision.precision])).toEqual([
      ['picture', 'sound', precisionAtOne(pictures, sounds, labels).precision],
      ['sound', 'picture', precisionAtOne(sounds, pictures, labels).precision],
    ]);
    expect(found.map(({ precision }) => precision.precision)).toEqual([0.75, 1]);
    both.set('text', pictures);
    expect(precisionOfPairs(both, labels).map(({ from, to }) => `${from}>${to}`)).toHaveLength(6);
  });

  it('leaves out who lacks the modality, as query and as answer', () => {
    const sounds = { rows: at(0.02, 0.25, 0.95, 0.7), d };
    const some = { ...sounds, present: [0, 1, 1, 1] };
    // Without row 0 the first picture gets row 2, of its class all the same.
    expect(precisionAtOne(pictures, some, labels)).toMatchObject({ precision: 0.75, queries: 4, gallery: 3 });
    expect(precisionAtOne(pictures, some, labels).chance).toBeCloseTo((1 / 3 + 2 / 3) / 2, 12);
    expect(precisionAtOne({ ...pictures, present: [1, 1, 0, 0] }, sounds, labels)).toMatchObject({ precision: 1, queries: 2 });
    expect(precisionAtOne({ ...pictures, present: [0, 0, 0, 0] }, sounds, labels)).toMatchObject({
      precision: Number.NaN,
      chance: Number.NaN,
      queries: 0,
    });
  });

  it('counts a query of zeros or with a NaN as wrong, and finds no row that holds one', () => {
    const broken = { rows: Float32Array.of(0, 0, 1, 0, Number.NaN, 1), d };
    expect(precisionAtOne(broken, { rows: at(0, 0, 0), d }, [1, 1, 1])).toMatchObject({ precision: 1 / 3, queries: 3 });
    expect(precisionAtOne({ rows: at(0.25), d }, { rows: Float32Array.of(Number.NaN, 1, 1, 0), d }, [1, 1]).precision).toBe(1);
    expect(nearestTo(at(0.25), { rows: Float32Array.of(Number.NaN, 1, 1, 0), d }, 5)).toHaveLength(1);
  });

  it('is about chance for embeddings of noise', () => {
    const random = new Random(1, 'noise');
    const noise = () => ({ rows: Float32Array.from({ length: 500 * 8 }, () => random.normal()), d: 8 });
    const labels = Uint16Array.from({ length: 500 }, (_, i) => i % 10);
    const { precision, chance } = precisionAtOne(noise(), noise(), labels);
    expect(chance).toBeCloseTo(0.1, 12);
    expect(Math.abs(precision - 0.1)).toBeLessThan(0.05);
  });

  it('refuses galleries of another width', () => {
    expect(() => precisionAtOne({ rows: at(0), d }, { rows: new Float32Array(3), d: 3 }, [0])).toThrow('queries of 2');
  });
});

describe('nearest rows', () => {
  const gallery = { rows: at(0.3, 0.1, 0.1, 0.6), d };

  it('come largest cosine first, of equal ones the first', () => {
    const long = at(0.1).map((value) => 9 * value);
    const found = nearestTo(long, gallery, 3);
    expect(nearestTo(long, gallery, 1)).toEqual(found.slice(0, 1));
    expect(found.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(found[0].cosine).toBeCloseTo(1, 6);
    expect(found[2].cosine).toBeCloseTo(Math.cos(2 * Math.PI * 0.2), 6);
    expect(nearestTo(at(0.1), { ...gallery, present: [1, 0, 0, 1] }, 3).map(({ index }) => index)).toEqual([0, 3]);
  });

  it('of two queries are those of their mean', () => {
    const [a, b] = [at(0), at(0.25)];
    expect([...addQueries([a, b])]).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)]);
    expect(addQueries([a, a])).toEqual(a);
    expect(nearestTo(addQueries([a, b]), { rows: at(0, 0.25, 0.125), d }, 1)[0].index).toBe(2);
    expect(() => addQueries([a, new Float32Array(3)])).toThrow('one width');
  });
});
