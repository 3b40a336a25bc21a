import { expect, it } from 'vitest';
import { FIRST_HEAD, meanDistance, queryMap } from '../../../src/ui/store/attention.ts';

const depth = 2;
const heads = 3;
const patches = 4;
const report = {
  step: 1,
  sample: 0,
  depth,
  heads,
  patches,
  maps: Float32Array.from({ length: depth * heads * patches * patches }, (_, i) => i),
};

it('finds the row of one query of one head', () => {
  const map = queryMap({ ...FIRST_HEAD, layer: 1, head: 2, query: 3, report });
  const start = ((1 * heads + 2) * patches + 3) * patches;
  expect([...(map ?? [])]).toEqual([start, start + 1, start + 2, start + 3]);
});

it('has no map for another picture, nor for heads and queries that the run does not have', () => {
  expect(queryMap({ ...FIRST_HEAD, sample: 1, report })).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, layer: 2, report })).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, head: 3, report })).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, query: 4, report })).toBeNull();
  expect(queryMap(FIRST_HEAD)).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, sense: 'sound', report })).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, sense: 'sound', report: { ...report, sense: 'text' } })).toBeNull();
  expect(queryMap({ ...FIRST_HEAD, sense: 'text', report: { ...report, sense: 'text' } })).not.toBeNull();
});

it('measures how far a query looks', () => {
  expect(meanDistance(Float32Array.of(1, 0, 0, 0), 0, [2, 2])).toBe(0);
  expect(meanDistance(Float32Array.of(0, 0, 0, 1), 0, [2, 2])).toBeCloseTo(Math.SQRT2);
  expect(meanDistance(Float32Array.of(0, 0.5, 0.5, 0), 0, [2, 2])).toBeCloseTo(1);
});

it('measures it along a line, and across bands', () => {
  const map = new Float32Array(16);
  map[15] = 1;
  expect(meanDistance(map, 3, [16])).toBe(12);
  const bands = new Float32Array(40);
  bands[39] = 1;
  expect(meanDistance(bands, 4, [5, 8])).toBe(5);
});
