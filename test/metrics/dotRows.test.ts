import { describe, expect, it } from 'vitest';
import { dotRows } from '../../src/metrics/dotRows.ts';

describe('dotRows', () => {
  it.each([0, 1, 3, 4, 5, 8, 11])('multiplies %i rows, from where it is told, and writes no others', (count) => {
    const d = 3;
    const vector = Float32Array.from({ length: 7 }, (_, i) => i - 2);
    const rows = Float64Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
    const out = new Float64Array(12).fill(-1);
    dotRows(vector, 2, rows, 5, d, out, count);
    const expected = Array.from({ length: 12 }, (_, row) =>
      row < count ? [0, 1, 2].reduce((sum, i) => sum + (vector[2 + i] ?? 0) * (rows[5 + row * d + i] ?? 0), 0) : -1,
    );
    expect([...out]).toEqual(expected);
  });
});
